package main

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/simulate"
)

// wafer is a re-entrant line of SMT2020 size from the fab in a folder: hundreds
// of steps a lot through a hundred groups of tools.
func wafer(dir string) (scenario, error) {
	line, err := readWafer(dir)
	if err != nil {
		return scenario{}, err
	}
	return scenario{
		name: "wafer", title: "Wafer line of SMT2020 size", reference: "immediate release",
		unit:       "1 for a lot in the line, 2 for one finished before its date and 16 for a late one, a day",
		strategies: append(waferRules(line), waferPlanners(line)...),
	}, nil
}

// waferRules are immediate release at the dates of the order file, and what
// keeps lots back after these.
func waferRules(l *waferLine) []strategy {
	list := []strategy{
		{"immediate release", byRule, []setting{waferRelease(l, "", 0, simulate.Immediate{})}},
		{"MRP, fixed lead time", byRule, nil}, {"due-date release", byRule, nil}, {"CONWIP", byRule, nil}, {"drum-buffer-rope", byRule, nil},
	}
	add := func(i int, s setting) { list[i].settings = append(list[i].settings, s) }
	for _, x := range []float64{1.6, 1.7, 1.8, 1.9} {
		add(1, waferRelease(l, fmt.Sprintf("%g times the raw time", x), x, simulate.Immediate{}))
	}
	for _, minutes := range []time.Duration{50, 55, 60, 65} {
		add(2, waferRelease(l, fmt.Sprintf("%d min a step", minutes), 0, simulate.DueDate{Allowance: minutes * time.Minute}))
	}
	for _, n := range []int{1400, 1500, 1600, 1700} {
		add(3, waferRelease(l, fmt.Sprint(n), 0, simulate.Conwip{Limit: n}))
	}
	drum, perLot := l.drum()
	for _, n := range []int{1100, 1200, 1300, 1400} {
		buffer := time.Duration(n) * perLot
		add(4, waferRelease(l, fmt.Sprintf("%s, %.0f h", drum, buffer.Hours()), 0, simulate.DrumBufferRope{Drum: drum, Buffer: buffer}))
	}
	return list
}

// drum returns the group of most load for the time in which it is ready, and
// the work there that a mean lot in the line has still to go through.
func (l *waferLine) drum() (schedule.ResourceID, time.Duration) {
	most := l.busiest(1)[0]
	drum := schedule.ResourceID(l.fab.Tools[most.group].Name)
	work := time.Duration(0)
	for i := range l.fab.Lots {
		x := &l.fab.Lots[i]
		for _, s := range l.routings[x.Part].Steps[x.Step:] {
			if m := &s.Modes[0]; len(m.Uses) > 0 && m.Uses[0].Resource == drum {
				work += m.Setup + m.Fixed
			}
		}
	}
	return drum, work / time.Duration(max(1, len(l.fab.Lots)))
}

// waferRelease lets a policy work on lots that come to its pool at their start
// by the order file, or later: so many raw times before they are due, if that
// is not 0.
func waferRelease(l *waferLine, label string, raw float64, policy simulate.Release) setting {
	return setting{label, func(ctx context.Context, seed uint64) (outcome, error) {
		w := newWaferWorld(l, seed)
		plan := &schedule.Plan{}
		var promised map[schedule.OrderID]time.Time
		if raw > 0 {
			promised = map[schedule.OrderID]time.Time{}
		}
		for i := range w.jobs {
			j := &w.jobs[i]
			at := j.arrives
			if raw > 0 && w.done[i] == 0 {
				at = max(at, j.due-time.Duration(raw*float64(l.raw[j.product])))
				promised[schedule.OrderID(jobID(i))] = w.at(j.due)
			}
			plan.Orders = append(plan.Orders, w.order(i, at))
		}
		o := w.options()
		o.Release = policy
		r, err := simulate.Run(ctx, w.problem(), plan, o)
		if err != nil {
			return outcome{}, err
		}
		out := w.outcome(r, promised)
		out.planning, out.changed = math.NaN(), math.NaN()
		return out, nil
	}}
}
