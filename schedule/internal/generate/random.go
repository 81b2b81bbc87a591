// Package generate makes scheduling models: small random ones with every kind
// of constraint, for tests, and large ones for measurements. The same seed
// makes the same model on every machine.
package generate

import (
	"math/bits"
	"math/rand/v2"

	"github.com/taktplan/takt/schedule/internal/core"
)

// A Spec says how large a random model is and what may occur in it. The zero
// value of a kind leaves it out.
type Spec struct {
	Jobs, OpsPerJob, Machines, Modes int
	MaxWork                          int64
	Horizon                          int64 // end of calendars; 0 has none
	Pausable, Rates                  bool
	Families                         int // with changeovers
	Pools                            int // cumulative resources, needed beside machines
	Networks                         bool
	Waits                            bool // minimum and maximum waits of all kinds
	NoWait, Blocking                 bool
	Releases, Frozen                 bool
	Makespan, Tardiness, Others      bool // what the objective holds
}

// A source draws bounded integers.
type source struct{ *rand.PCG }

// newSource returns a source for a seed.
func newSource(seed uint64) source { return source{rand.NewPCG(seed, 0x9e3779b97f4a7c15)} }

// below is a number in [0, n).
func (s source) below(n int64) int64 {
	hi, _ := bits.Mul64(s.Uint64(), uint64(n))
	return int64(hi)
}

// one reports true once in n times.
func (s source) one(n int64) bool { return s.below(n) == 0 }

// Random returns a random model, or an error if what was frozen clashes.
func Random(spec Spec, seed uint64) (*core.Model, error) {
	r := random{spec: spec, source: newSource(seed)}
	r.resources()
	for range spec.Jobs {
		r.job()
	}
	if spec.Makespan {
		r.b.SetObjective(core.Objective{Makespan: 1 + r.below(3)})
	}
	if spec.Others && spec.Families > 0 {
		r.b.SetObjective(core.Objective{Makespan: r.below(2), Setup: r.below(3), SetupCost: r.below(3)})
	}
	return r.b.Build()
}

type random struct {
	source
	spec Spec
	b    core.Builder
	ops  int32
}

func (r *random) resources() {
	setup := int32(-1)
	if n := int32(r.spec.Families); n > 0 {
		t := core.SetupTable{Families: n, Time: make([]int64, n*n), Cost: make([]int64, n*n)}
		for i := range t.Time {
			if int32(i)/n != int32(i)%n {
				t.Time[i], t.Cost[i] = r.below(r.spec.MaxWork), r.below(5)
			}
		}
		setup = r.b.AddSetup(t)
	}
	for range r.spec.Machines {
		m := core.Machine
		m.Calendar = r.calendar()
		if setup >= 0 && !r.one(4) {
			m.Setup, m.Initial = setup, int32(r.below(int64(r.spec.Families)+1))-1
		}
		r.b.AddResource(m)
	}
	for range r.spec.Pools {
		r.b.AddResource(core.Resource{Capacity: 2 + int32(r.below(2)), Calendar: r.calendar(), Setup: -1, Initial: -1})
	}
}

// calendar adds one with windows of random lengths, or says always.
func (r *random) calendar() int32 {
	if r.spec.Horizon == 0 || r.one(3) {
		return -1
	}
	var c core.Calendar
	for t := r.below(3); t < r.spec.Horizon; {
		to := t + 1 + r.below(4*r.spec.MaxWork)
		c.From, c.To = append(c.From, t), append(c.To, to)
		if r.spec.Rates {
			c.Rate = append(c.Rate, 300+int32(r.below(1200)))
		}
		t = to + r.below(r.spec.MaxWork+1)
	}
	return r.b.AddCalendar(c)
}

func (r *random) job() {
	j := core.Job{Due: core.Never, Deadline: core.Never}
	work := r.spec.MaxWork * int64(r.spec.OpsPerJob)
	if r.spec.Releases {
		j.Release = r.below(work)
	}
	if r.spec.Tardiness {
		j.Due, j.Tardiness = j.Release+work/3+r.below(work), 1+r.below(4)
	}
	if r.spec.Others {
		j.Due = j.Release + r.below(2*work)
		j.Earliness, j.Late, j.Flow = r.below(2), r.below(20), r.below(2)
	}
	job := r.b.AddJob(j)
	first := r.ops
	for i := range r.spec.OpsPerJob {
		r.operation(job)
		if i > 0 {
			r.arcs(first)
		}
	}
}

func (r *random) operation(job int32) {
	var flags core.OpFlag
	if r.spec.Pausable && r.one(2) {
		flags |= core.Pausable
	}
	if r.spec.Blocking && r.one(2) {
		flags |= core.Blocking
	}
	o := r.b.AddOp(job, flags)
	r.ops++
	for range 1 + r.below(int64(max(1, r.spec.Modes))) {
		needs := []core.Need{{Resource: int32(r.below(int64(r.spec.Machines))), Units: 1}}
		if r.spec.Pools > 0 && !r.one(3) {
			pool := int32(r.spec.Machines) + int32(r.below(int64(r.spec.Pools)))
			needs = append(needs, core.Need{Resource: pool, Units: 1 + int32(r.below(2))})
		}
		r.b.AddMode(r.below(r.spec.MaxWork+1), needs...)
	}
	if r.spec.Families > 0 && !r.one(5) {
		r.b.SetFamily(o, int32(r.below(int64(r.spec.Families))))
	}
	if r.spec.Releases && r.one(5) {
		r.b.SetRelease(o, r.below(4*r.spec.MaxWork))
	}
	if r.spec.Frozen && o == 0 {
		r.b.Fix(o, -1, 0)
	}
}

// arcs ties the newest operation to the one before, or to an earlier one of
// its job.
func (r *random) arcs(first int32) {
	to := r.ops - 1
	from := to - 1
	if r.spec.Networks && r.one(2) {
		from = first + int32(r.below(int64(to-first)))
	}
	a := core.Arc{From: from, To: to, Max: core.Never}
	if r.spec.Waits {
		a.Kind = core.ArcKind(r.below(3))
		a.Min = r.below(r.spec.MaxWork) - 1
		if r.one(3) {
			a.Max = a.Min + r.below(2*r.spec.MaxWork)
		}
	}
	if r.spec.NoWait && r.one(2) {
		a = core.Arc{From: from, To: to}
	}
	r.b.AddArc(a)
}
