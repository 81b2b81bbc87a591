package dispatch

import (
	"math/rand/v2"
	"sync/atomic"

	"github.com/taktplan/takt/schedule/internal/core"
)

// JobShop simulates job shops and flexible job shops (see [core.Shape]) under
// one rule after another, in the course of time and without delay: no machine
// stands idle while something waits for it. A pass over n operations takes
// n log n time; all state beside the schedules is per job and machine, so that a
// million operations are a matter of a second.
//
// After the portfolio of rules it goes on with the best of them, its keys varied
// at random, and is done after a number of passes. It implements [core.Engine].
type JobShop struct {
	m     *core.Model
	rng   *rand.PCG
	rules []Rule
	turn  int // the pass under way
	rule  Rule
	noise int64 // of the keys, in 256
	lead  Rule  // the one that made the best schedule

	facts Facts // MeanWork and MeanSetup only
	bound int64

	s    *core.Schedule
	best *core.Schedule
	cost core.Cost

	// The state of a pass.
	events    queue   // ends of operations: ids are machines, and ^jobs at release
	waiting   []queue // jobs at each machine
	busy      []int32 // job on each machine, -1 if idle
	queued    []int64 // work that waits at each machine
	until     []int64 // end of what each machine works on
	touched   []int32 // machines that may have to begin something now
	next      []int32 // of each job, position of its next operation in JobOp
	remaining []int64 // of each job, shortest work
	mode      []int32 // chosen for the next operation of each job
	arrived   []int64
	placed    int
	candidate Candidate // here because it is handed to a function value
}

// NewJobShop returns an engine for m, which must be of a shape other than
// general.
func NewJobShop(m *core.Model, seed uint64) *JobShop {
	if m.Shape() == core.General {
		panic("dispatch: not a job shop")
	}
	n, jobs, machines := m.Ops(), len(m.Jobs), len(m.Resources)
	e := &JobShop{
		m: m, rng: rand.NewPCG(seed, 0x6a73), rules: Portfolio(m),
		s: core.NewSchedule(n), best: core.NewSchedule(n), cost: core.NoCost,
		waiting: make([]queue, machines), busy: make([]int32, machines), queued: make([]int64, machines), until: make([]int64, machines),
		touched: make([]int32, 0, machines+1),
		next:    make([]int32, jobs), remaining: make([]int64, jobs), mode: make([]int32, jobs), arrived: make([]int64, jobs),
	}
	e.measure()
	e.lead = e.rules[0]
	e.begin(e.rules[0], 0)
	return e
}

// measure finds the mean work and the bound: no job ends before its work is
// done, and no machine before all that only it can do is.
func (e *JobShop) measure() {
	m := e.m
	load, last := make([]int64, len(m.Resources)), int64(0)
	total := int64(0)
	for j := range m.Jobs {
		work := int64(0)
		for _, o := range m.JobOp[m.JobStart[j]:m.JobStart[j+1]] {
			p := e.shortest(o)
			work += p
			if m.ModeStart[o+1]-m.ModeStart[o] == 1 {
				load[m.Machine(m.ModeStart[o])] += p
			}
		}
		total += work
		if m.JobStart[j] < m.JobStart[j+1] {
			end := m.Jobs[j].Release + work
			e.bound = core.Sum(e.bound, regularPrice(&m.Jobs[j], end))
			last = max(last, end)
		}
	}
	for _, l := range load {
		last = max(last, l)
	}
	e.bound = core.Sum(e.bound, core.Product(m.Objective.Makespan, last))
	e.facts = Facts{MeanWork: max(1, total/int64(max(1, m.Ops()))), MeanSetup: 1}
}

// regularPrice is the least a job can cost when it cannot end before done.
func regularPrice(j *core.Job, done int64) int64 {
	if j.Earliness != 0 && done < j.Due {
		return core.Product(j.Flow, done-j.Release)
	}
	return j.Price(done)
}

// shortest is the work of operation o in its shortest mode.
func (e *JobShop) shortest(o int32) int64 {
	work := core.Never
	for _, p := range e.m.ModeTime[e.m.ModeStart[o]:e.m.ModeStart[o+1]] {
		work = min(work, p)
	}
	return work
}

// begin starts a pass.
func (e *JobShop) begin(rule Rule, noise int64) {
	e.rule, e.noise, e.placed = rule, noise, 0
	e.events = e.events[:0]
	for r := range e.waiting {
		e.waiting[r], e.busy[r], e.queued[r], e.until[r] = e.waiting[r][:0], -1, 0, 0
	}
	m := e.m
	for j := range m.Jobs {
		e.next[j], e.remaining[j] = m.JobStart[j], 0
		for _, o := range m.JobOp[m.JobStart[j]:m.JobStart[j+1]] {
			e.remaining[j] += e.shortest(o)
		}
		if m.JobStart[j] < m.JobStart[j+1] {
			e.events.push(entry{m.Release(m.JobOp[m.JobStart[j]]), ^int32(j)})
		}
	}
}

// jobShopStep is how many operations a step starts.
const jobShopStep = 1000

// Pace implements [core.Engine].
func (e *JobShop) Pace() int64 { return 4 }

// Run implements [core.Engine].
func (e *JobShop) Run(stop *atomic.Bool, steps int64) int64 {
	for k := range steps {
		if e.Done() || k&3 == 0 && stop != nil && stop.Load() {
			return k
		}
		for goal := e.placed + jobShopStep; e.placed < goal; {
			if len(e.events) == 0 {
				e.finish()
				break
			}
			e.advance()
		}
	}
	return steps
}

// finish keeps the schedule of a pass if it is the best and begins the next.
func (e *JobShop) finish() {
	if c := e.m.Evaluate(e.s); c.Less(e.cost) {
		e.cost, e.lead = c, e.rule
		e.s, e.best = e.best, e.s
	}
	if e.turn++; e.turn < len(e.rules) {
		e.begin(e.rules[e.turn], 0)
		return
	}
	e.begin(e.lead, 4+below(e.rng, 60))
}

// advance lets everything happen that happens at the next instant.
func (e *JobShop) advance() {
	now := e.events[0].key
	e.touched = e.touched[:0]
	for len(e.events) > 0 && e.events[0].key == now {
		id := e.events.pop().id
		if id < 0 {
			e.arrive(^id, now)
			continue
		}
		e.touched = append(e.touched, id)
		job := e.busy[id]
		e.busy[id] = -1
		if e.next[job] < e.m.JobStart[job+1] {
			if t := e.m.Release(e.m.JobOp[e.next[job]]); t > now {
				e.events.push(entry{t, ^job})
			} else {
				e.arrive(job, now)
			}
		}
	}
	for _, r := range e.touched {
		if e.busy[r] < 0 && len(e.waiting[r]) > 0 {
			e.start(r, now)
		}
	}
}

// arrive puts a job into the queue of the machine of its next operation.
func (e *JobShop) arrive(job int32, now int64) {
	m := e.m
	o := m.JobOp[e.next[job]]
	mode := e.chooseMode(o, now)
	r := m.Machine(mode)
	e.mode[job], e.arrived[job] = mode, now
	e.queued[r] += m.ModeTime[mode]
	e.waiting[r].push(entry{e.key(job, now), job})
	if e.busy[r] < 0 {
		e.touched = append(e.touched, r)
	}
}

// chooseMode is the mode of o that ends first behind all that waits.
func (e *JobShop) chooseMode(o int32, now int64) int32 {
	m := e.m
	first, last := m.ModeStart[o], m.ModeStart[o+1]
	if last-first == 1 {
		return first
	}
	best, soonest := first, core.Never
	for k := first; k < last; k++ {
		r := m.Machine(k)
		if end := max(now, e.until[r]) + e.queued[r] + m.ModeTime[k]; end < soonest {
			best, soonest = k, end
		}
	}
	return best
}

// start lets machine r begin with the best of what waits.
func (e *JobShop) start(r int32, now int64) {
	m := e.m
	if e.rule.Dynamic {
		e.rescore(r, now)
	}
	job := e.waiting[r].pop().id
	o, mode := m.JobOp[e.next[job]], e.mode[job]
	work := m.ModeTime[mode]
	e.s.Mode[o], e.s.Start[o], e.s.End[o] = mode-m.ModeStart[o], now, now+work
	e.queued[r] -= work
	e.remaining[job] -= e.shortest(o)
	e.next[job]++
	e.busy[r], e.until[r] = job, now+work
	e.placed++
	e.events.push(entry{now + work, r})
}

func (e *JobShop) rescore(r int32, now int64) {
	q := e.waiting[r]
	best := 0
	for i := range q[:min(len(q), rescored)] {
		q[i].key = e.key(q[i].id, now)
		if q[i].before(q[best]) {
			best = i
		}
	}
	q[0], q[best] = q[best], q[0]
}

// key is what the rule says of a job at its machine.
func (e *JobShop) key(job int32, now int64) int64 {
	m := e.m
	j := &m.Jobs[job]
	work := max(1, m.ModeTime[e.mode[job]])
	c := &e.candidate
	*c = Candidate{
		Now: now, Arrived: e.arrived[job],
		Work: work, Remaining: max(work, e.remaining[job]), Priced: e.remaining[job],
		Due: due(j), Weight: weight(j),
		MeanWork: e.facts.MeanWork, MeanSetup: 1,
	}
	if k := e.next[job] + 1; e.rule.Dynamic && k < m.JobStart[job+1] {
		c.NextQueue = e.queued[m.Machine(m.ModeStart[m.JobOp[k]])]
	}
	key := e.rule.Key(c)
	if e.noise > 0 {
		key += key / 256 * below(e.rng, e.noise)
	}
	return key
}

// Best implements [core.Engine].
func (e *JobShop) Best(dst *core.Schedule) core.Cost {
	if dst != nil && e.cost != core.NoCost {
		dst.CopyFrom(e.best)
	}
	return e.cost
}

// Bound implements [core.Engine].
func (e *JobShop) Bound() int64 { return e.bound }

// Offer implements [core.Engine]: what others find is of no use here.
func (e *JobShop) Offer(*core.Schedule, core.Cost) {}

// passes is when it is done: by then other searches are far ahead, unless the
// shop is very large.
const passes = 100

// Done implements [core.Engine].
func (e *JobShop) Done() bool {
	return e.turn >= passes || e.cost.Missing == 0 && e.cost.Value <= e.bound
}
