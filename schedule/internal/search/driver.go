package search

import (
	"math"
	"sync"

	"github.com/taktplan/takt/schedule/internal/core"
)

// A driver runs the workers of one search.
type driver struct {
	m       *core.Model
	o       Options
	pace    *pacer
	workers []worker

	mu    sync.Mutex // guards what workers report
	best  core.Cost  // reported to Progress
	bound int64
	pool  *core.Schedule // carries schedules between workers
	held  core.Cost      // of pool
}

// A worker runs its engines in turn.
type worker struct {
	lineup *lineup
	known  core.Cost // best of its engines, or of what they were offered
}

func newDriver(m *core.Model, o Options) *driver {
	limit := o.MaxSteps
	if limit <= 0 {
		limit = math.MaxInt64
	}
	d := &driver{m: m, o: o, best: core.NoCost, held: core.NoCost, pool: core.NewSchedule(m.Ops()), workers: make([]worker, max(1, o.Workers))}
	d.pace = newPacer(len(d.workers), limit, d.exchange)
	return d
}

// run returns when all workers have made the same number of steps.
func (d *driver) run() {
	start := core.NoCost
	if d.o.Start != nil && feasible(d.m, d.o.Start) {
		start = d.m.Evaluate(d.o.Start)
	}
	var all sync.WaitGroup
	for w := range d.workers {
		all.Go(func() {
			d.workers[w].lineup = newLineup(d.m, d.o.Seed, w, len(d.workers))
			d.workers[w].known = core.NoCost
			if start != core.NoCost {
				d.workers[w].offer(d.o.Start, start)
			}
			for {
				step, ok := d.pace.enter(w)
				if !ok {
					return
				}
				d.workers[w].lineup.step(step)
				d.report(w, step)
				d.pace.leave(w)
			}
		})
	}
	all.Wait()
}

// feasible reports whether s breaks no constraint, apart from what it leaves
// out.
func feasible(m *core.Model, s *core.Schedule) bool {
	for _, v := range m.Check(s) {
		if v.Kind != core.Missing {
			return false
		}
	}
	return true
}

// report tells of what worker w found in a step.
func (d *driver) report(w int, step int64) {
	c := d.workers[w].lineup.best(nil)
	if c == core.NoCost {
		return
	}
	d.pace.allow()
	if !c.Less(d.workers[w].known) {
		return
	}
	d.workers[w].known = c
	d.mu.Lock()
	defer d.mu.Unlock()
	if c.Less(d.best) {
		d.best = c
		if d.o.Progress != nil {
			d.o.Progress(Progress{Steps: step + 1, Cost: c, Bound: d.bound})
		}
	}
}

// exchange gives the best schedule to all workers and ends the search if it is
// proven. The workers stand still; ties go to the lowest worker.
func (d *driver) exchange(step int64) {
	c := d.collect()
	for w := range d.workers {
		if c.Less(d.workers[w].known) {
			d.workers[w].offer(d.pool, c)
		}
	}
	if c.Missing == 0 && c.Value <= d.bound || d.exhausted() {
		d.pace.limit = step
	}
}

func (d *driver) exhausted() bool {
	for w := range d.workers {
		if !d.workers[w].lineup.done() {
			return false
		}
	}
	return true
}

// collect copies the best schedule of all workers to the pool, if that holds
// none as good, and gathers bounds.
func (d *driver) collect() core.Cost {
	from := -1
	d.mu.Lock()
	defer d.mu.Unlock()
	for w := range d.workers {
		if c := d.workers[w].lineup.best(nil); c.Less(d.held) {
			d.held, from = c, w
		}
		d.bound = max(d.bound, d.workers[w].lineup.bound())
	}
	if from >= 0 {
		d.workers[from].lineup.best(d.pool)
	}
	return d.held
}

func (w *worker) offer(s *core.Schedule, c core.Cost) {
	w.known = c
	w.lineup.offer(s, c)
}

func (d *driver) result(cut bool) Result {
	r := Result{Cost: d.collect(), Bound: d.bound, Schedule: d.pool, Steps: d.pace.done[0]}
	r.Optimal = r.Missing == 0 && r.Value <= r.Bound
	switch {
	case r.Optimal:
		r.Stop = Proven
	case r.Steps == d.o.MaxSteps:
		r.Stop = StepLimit
	case cut:
		r.Stop = Cut
	default:
		r.Stop = Exhausted
	}
	if d.o.Progress != nil {
		d.o.Progress(Progress{Steps: r.Steps, Cost: r.Cost, Bound: r.Bound})
	}
	return r
}
