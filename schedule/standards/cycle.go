package standards

import (
	"math"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/norms"
)

// A shopFloor says how long things take on the machines of a problem.
type shopFloor struct {
	p    *schedule.Problem
	x    *schedule.Index
	days *dayCount
	tick time.Duration
	// families are those that each changeover table is asked for.
	families map[capacity.ChangeoverID][]capacity.Family
}

func newShopFloor(p *schedule.Problem, x *schedule.Index, days *dayCount) *shopFloor {
	f := &shopFloor{p: p, x: x, days: days, tick: p.Times().Tick, families: map[capacity.ChangeoverID][]capacity.Family{}}
	seen := map[capacity.ChangeoverID]map[capacity.Family]bool{}
	for i := range p.Routings {
		for k := range p.Routings[i].Steps {
			step := &p.Routings[i].Steps[k]
			for m := range step.Modes {
				r := f.machine(&step.Modes[m])
				if r < 0 || step.Family == "" {
					continue
				}
				table := p.Resources[r].Changeovers
				if seen[table] == nil {
					seen[table] = map[capacity.Family]bool{}
				}
				if !seen[table][step.Family] {
					seen[table][step.Family] = true
					f.families[table] = append(f.families[table], step.Family)
				}
			}
		}
	}
	return f
}

// mode returns the mode of a step that is tried first, or nil if it has none.
func mode(s *schedule.Step) *schedule.Mode {
	var best *schedule.Mode
	for i := range s.Modes {
		if m := &s.Modes[i]; best == nil || m.Priority < best.Priority {
			best = m
		}
	}
	return best
}

// machine returns the position of the machine of a mode, or of the first member
// of the pool that stands for it; -1 if there is none.
func (f *shopFloor) machine(m *schedule.Mode) int {
	if m == nil || len(m.Uses) == 0 {
		return -1
	}
	at := f.x.Resources.Position(m.Uses[0].Resource)
	if at >= 0 && f.p.Resources[at].Units == 0 {
		if members := capacity.Members(f.p.Resources, f.p.Resources[at].ID); len(members) > 0 {
			return members[0]
		}
	}
	return at
}

// changeover returns the mean time to turn a machine to a family from any other
// that it may come from.
func (f *shopFloor) changeover(machine int, to capacity.Family) time.Duration {
	if machine < 0 || to == "" {
		return 0
	}
	table := f.x.Changeovers.Find(f.p.Resources[machine].Changeovers)
	if table == nil {
		return 0
	}
	total, n := time.Duration(0), time.Duration(0)
	for _, from := range f.families[table.ID] {
		if c := table.Lookup(from, to); from != to && !c.Forbidden {
			total, n = total+c.Time, n+1
		}
	}
	if n == 0 {
		return 0
	}
	return total / n
}

// operation returns setup and piece time of a step, for lot sizes, in working
// time. The piece is a base unit.
func (f *shopFloor) operation(s *schedule.Step, scale int64) norms.Operation {
	m := mode(s)
	if m == nil {
		return norms.Operation{}
	}
	machine := f.machine(m)
	piece := (int64(m.PerUnit) + scale - 1) / scale
	if s.Batch > 0 {
		piece += (int64(m.PerBatch) + int64(s.Batch) - 1) / int64(s.Batch)
	}
	o := norms.Operation{Setup: m.Setup + f.changeover(machine, s.Family), Piece: time.Duration(piece)}
	if machine >= 0 {
		e := f.p.Resources[machine].Efficiency
		o.Setup, o.Piece = schedule.AtEfficiency(o.Setup, e, 1), schedule.AtEfficiency(o.Piece, e, 1)
	}
	return o
}

// spent returns setup and run of a step for an amount that enters it, in
// working days. A step that a partner does is all run.
func (f *shopFloor) spent(s *schedule.Step, q wip.Qty, scale int64) (setup, run time.Duration) {
	if s.Subcontract != nil {
		return 0, f.days.elapsed(s.Subcontract.LeadTime)
	}
	m := mode(s)
	if m == nil {
		return 0, 0
	}
	setup, run = m.Work(s, q, scale, f.tick)
	machine := f.machine(m)
	setup += f.changeover(machine, s.Family)
	if machine >= 0 {
		e := f.p.Resources[machine].Efficiency
		setup, run = schedule.AtEfficiency(setup, e, f.tick), schedule.AtEfficiency(run, e, f.tick)
	}
	return f.days.work(machine, setup), f.days.work(machine, run)
}

// inputs returns what has to enter each step of a routing so that a lot leaves
// it.
func inputs(r *schedule.Routing, lot wip.Qty) []wip.Qty {
	in := make([]wip.Qty, len(r.Steps))
	g := newSteps(r)
	var input func(k int) wip.Qty
	input = func(k int) wip.Qty {
		if in[k] == 0 {
			taken := wip.Qty(0)
			for _, l := range g.out[k] {
				taken = max(taken, input(l.to))
			}
			if taken == 0 {
				taken = lot
			}
			in[k] = r.Steps[k].Input(taken)
		}
		return in[k]
	}
	for k := range in {
		input(k)
	}
	return in
}

// steps is the precedence of a routing by position.
type steps struct{ in, out [][]link }

type link struct {
	from, to int
	wait     time.Duration
}

func newSteps(r *schedule.Routing) steps {
	position := make(map[schedule.StepID]int, len(r.Steps))
	for k := range r.Steps {
		position[r.Steps[k].ID] = k
	}
	g := steps{make([][]link, len(r.Steps)), make([][]link, len(r.Steps))}
	for l := range r.Precedence() {
		a := link{position[l.From], position[l.To], l.MinWait}
		g.in[a.to] = append(g.in[a.to], a)
		g.out[a.from] = append(g.out[a.from], a)
	}
	return g
}

// cycle returns the production cycle of a lot by elements, in working days.
// Each element is what the longest way through the routing grows by when it
// counts too.
func (f *shopFloor) cycle(r *schedule.Routing, lot wip.Qty, scale int64) norms.Cycle {
	w := walk{f: f, r: r, g: newSteps(r), in: inputs(r, lot), scale: scale}
	run := w.longest()
	w.setups = true
	setup := w.longest()
	w.queues = true
	queue := w.longest()
	w.waits = true
	return norms.Cycle{Technological: run, Setup: setup - run, Waiting: queue - setup, Natural: w.longest() - queue}
}

// A walk measures the longest way through a routing.
type walk struct {
	f                     *shopFloor
	r                     *schedule.Routing
	g                     steps
	in                    []wip.Qty
	scale                 int64
	setups, queues, waits bool // whether they count

	times []stepTime
}

type stepTime struct {
	known      bool
	start, end time.Duration
	setup      time.Duration
}

func (w *walk) longest() time.Duration {
	w.times = make([]stepTime, len(w.r.Steps))
	last := time.Duration(0)
	for k := range w.r.Steps {
		last = max(last, w.step(k).end)
	}
	return last
}

// step returns when a step begins and ends if nothing but the steps before it
// holds it up. With a transfer lot it begins when the first has arrived, and
// ends no earlier than it needs for the last one.
func (w *walk) step(k int) *stepTime {
	t := &w.times[k]
	if t.known {
		return t
	}
	t.known = true
	setup, run := w.spent(k, w.in[k])
	t.setup = setup
	notBefore := time.Duration(0)
	for _, l := range w.g.in[k] {
		before, gap := w.step(l.from), w.gap(l)
		ready := before.end
		if transfer := w.r.Steps[l.from].Transfer; transfer > 0 && transfer < w.in[l.from] {
			_, first := w.spent(l.from, transfer)
			_, last := w.spent(k, min(transfer, w.in[k]))
			ready = min(ready, capped(before.start, before.setup, first))
			notBefore = max(notBefore, capped(before.end, gap, last))
		}
		t.start = max(t.start, capped(ready, gap))
	}
	t.end = max(notBefore, capped(t.start, setup, run))
	return t
}

func (w *walk) spent(k int, q wip.Qty) (setup, run time.Duration) {
	setup, run = w.f.spent(&w.r.Steps[k], q, w.scale)
	if !w.setups {
		setup = 0
	}
	return setup, run
}

// gap returns the wait of a link, in working days.
func (w *walk) gap(l link) time.Duration {
	total := time.Duration(0)
	if w.queues {
		total = capped(w.r.Steps[l.from].Move, w.r.Steps[l.to].Queue)
	}
	if w.waits {
		total = capped(total, l.wait)
	}
	return w.f.days.elapsed(total)
}

// capped adds what is not negative, up to the longest duration.
func capped(values ...time.Duration) time.Duration {
	total := time.Duration(0)
	for _, v := range values {
		if v > math.MaxInt64-total {
			return math.MaxInt64
		}
		total += v
	}
	return total
}

func plus(a, b wip.Qty) wip.Qty {
	if q, ok := a.Add(b); ok {
		return q
	}
	return math.MaxInt64
}

func times(a wip.Qty, n, div int64) wip.Qty {
	if q, ok := a.MulDivUp(n, div); ok {
		return q
	}
	return math.MaxInt64
}
