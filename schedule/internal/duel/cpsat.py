"""Solves a model written by duel with OR-Tools CP-SAT: the textbook model.

One interval per operation and mode, no-overlap per machine with breaks as fixed
intervals, cumulative per pool, a circuit per machine with changeovers, whose
times are part of the operation that follows. Prints one JSON line.
"""

import argparse
import json
import time

from ortools.sat.python import cp_model


def build(m):
    model = cp_model.CpModel()
    n = len(m["OpJob"])
    longest = max([0] + [t for s in m["Setups"] or [] for t in s["Time"]])
    horizon = 3 * sum(m["ModeTime"]) + n * longest
    on = [[] for _ in m["Resources"]]  # (operation, presence, interval, units)
    start, end = [], []
    present = {}
    for o in range(n):
        modes = range(m["ModeStart"][o], m["ModeStart"][o + 1])
        s = model.new_int_var(0, horizon, f"s{o}")
        e = model.new_int_var(0, horizon, f"e{o}")
        start.append(s)
        end.append(e)
        for k in modes:
            p = model.new_bool_var(f"p{k}") if len(modes) > 1 else True
            present[o, k] = p
            setup = model.new_int_var(0, longest, f"c{k}") if longest else 0
            if p is True:
                interval = model.new_interval_var(s, m["ModeTime"][k] + setup, e, f"i{k}")
            else:
                interval = model.new_optional_interval_var(s, m["ModeTime"][k] + setup, e, p, f"i{k}")
            for i in range(m["NeedStart"][k], m["NeedStart"][k + 1]):
                units = m["NeedUnits"][i] if m["NeedUnits"] else 1
                on[m["NeedResource"][i]].append((o, k, p, interval, units, setup))
        if len(modes) > 1:
            model.add_exactly_one(present[o, k] for k in modes)
    for a in m["Arcs"]:
        model.add(start[a["To"]] >= end[a["From"]] + a["Min"])
    for r, res in enumerate(m["Resources"]):
        resource(model, m, r, res, on[r], start, end, horizon)
    makespan = model.new_int_var(0, horizon, "makespan")
    for e in end:
        model.add(makespan >= e)
    model.minimize(makespan)
    return model


def resource(model, m, r, res, users, start, end, horizon):
    breaks = []
    if res["Calendar"] >= 0:
        c, t = m["Calendars"][res["Calendar"]], 0
        for f, u in zip(c["From"], c["To"]):
            if f > t:
                breaks.append(model.new_fixed_size_interval_var(t, f - t, "break"))
            t = u
    if res["Capacity"] > 1:
        model.add_cumulative([u[3] for u in users], [u[4] for u in users], res["Capacity"])
        return
    model.add_no_overlap([u[3] for u in users] + breaks)
    if res["Setup"] >= 0:
        circuit(model, m, res, users, start, end)


def circuit(model, m, res, users, start, end):
    """Changeovers: the arc chosen into an operation says how long its is."""
    table = m["Setups"][res["Setup"]]
    families = table["Families"]
    arcs = []
    into = {k: [] for _, k, *_ in users}
    for i, (o, k, p, _, _, _) in enumerate(users):
        first, last = model.new_bool_var(""), model.new_bool_var("")
        arcs += [(0, i + 1, first), (i + 1, 0, last)]
        if p is not True:
            arcs.append((i + 1, i + 1, p.negated()))
        for j, (q, h, _, _, _, _) in enumerate(users):
            if o == q:
                continue
            lit = model.new_bool_var("")
            arcs.append((i + 1, j + 1, lit))
            model.add(start[q] >= end[o]).only_enforce_if(lit)
            t = table["Time"][m["OpFamily"][o] * families + m["OpFamily"][q]]
            into[h].append((t, lit))
    arcs.append((0, 0, model.new_bool_var("")))
    model.add_circuit(arcs)
    for o, k, p, _, _, setup in users:
        model.add(setup == sum(t * lit for t, lit in into[k]))


class Trace(cp_model.CpSolverSolutionCallback):
    def __init__(self):
        super().__init__()
        self.t0, self.points = time.time(), []

    def on_solution_callback(self):
        self.points.append([round(time.time() - self.t0, 2), int(self.objective_value)])


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--time", type=float, default=10)
    args.add_argument("--workers", type=int, default=2)
    args.add_argument("file")
    args = args.parse_args()
    with open(args.file) as f:
        model = build(json.load(f))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = args.time
    solver.parameters.num_workers = args.workers
    trace = Trace()
    status = solver.solve(model, trace)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    print(json.dumps({
        "value": int(solver.objective_value) if found else None,
        "bound": int(solver.best_objective_bound),
        "status": solver.status_name(status),
        "trace": trace.points,
    }))


main()
