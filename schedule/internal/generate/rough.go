package generate

import "github.com/taktplan/takt/schedule/internal/core"

// Rough says what [Roughen] adds to a plain job shop.
type Rough struct {
	Shifts     bool // each machine works two thirds of the time, in shifts
	Families   int  // changeovers between this many families, if above 1
	Operators  bool // each operation needs an operator and a tool as well
	Alternates bool // a third of the operations has a second machine, a fifth slower
	Seed       uint64
}

// Shift is the working time of a machine at a stretch in a roughened shop, and
// pause the time between two.
const (
	shift = 600
	pause = 300
)

// Roughen returns the model with constraints of real plants added: what was a
// job shop of one-machine operations gets shift calendars that differ by
// machine, family changeovers with the triangle inequality, and modes of three
// resources (machine, one of a pool of operators, tool). It takes models of
// shape [core.JobShop] whose operations are shorter than half a shift, so that
// every operation fits into one.
func Roughen(m *core.Model, rough Rough) (*core.Model, error) {
	r := roughener{source: newSource(rough.Seed), old: m, rough: rough}
	r.machines()
	for j := range m.Jobs {
		job := r.b.AddJob(m.Jobs[j])
		last := int32(-1)
		for _, o := range m.JobOp[m.JobStart[j]:m.JobStart[j+1]] {
			last = r.operation(job, o, last)
		}
	}
	r.b.SetObjective(m.Objective)
	return r.b.Build()
}

type roughener struct {
	source
	old   *core.Model
	rough Rough
	b     core.Builder
	pools int32 // first pool of operators
	tools int32 // first tool
}

const pools = 2

func (r *roughener) machines() {
	n := int32(len(r.old.Resources))
	table := int32(-1)
	if r.rough.Families > 1 {
		table = r.b.AddSetup(r.changeovers(int64(r.rough.Families)))
	}
	for i := range n {
		machine := core.Machine
		machine.Setup = table
		if r.rough.Shifts {
			machine.Calendar = r.b.AddCalendar(r.shifts(int64(i)))
		}
		r.b.AddResource(machine)
	}
	r.pools, r.tools = n, n+pools
	if !r.rough.Operators {
		return
	}
	for range pools {
		pool := core.Machine
		pool.Capacity = max(1, n*2/(3*pools))
		r.b.AddResource(pool)
	}
	for range n {
		r.b.AddResource(core.Machine)
	}
}

// changeovers are distances between random points of a square, rounded up, so
// that no detour is shorter.
func (r *roughener) changeovers(families int64) core.SetupTable {
	t := core.SetupTable{Families: int32(families), Time: make([]int64, families*families)}
	x, y := make([]int64, families), make([]int64, families)
	for f := range families {
		x[f], y[f] = r.below(40), r.below(40)
	}
	for f := range families {
		for g := range families {
			t.Time[f*families+g] = abs(x[f]-x[g]) + abs(y[f]-y[g])
		}
	}
	return t
}

func abs(x int64) int64 { return max(x, -x) }

// shifts is the calendar of machine i, long enough for all work one after
// another.
func (r *roughener) shifts(i int64) core.Calendar {
	total := int64(0)
	for _, t := range r.old.ModeTime {
		total += 3 * t
	}
	var c core.Calendar
	for t := i*97%(shift+pause) - shift; t < total; t += shift + pause {
		if t+shift > 0 {
			c.From, c.To = append(c.From, max(0, t)), append(c.To, t+shift)
		}
	}
	return c
}

// operation copies one with its additions and returns its number.
func (r *roughener) operation(job, old, last int32) int32 {
	o := r.b.AddOp(job, 0)
	mode := r.old.ModeStart[old]
	machine, work := r.old.Machine(mode), r.old.ModeTime[mode]
	var needs []core.Need
	if n := int64(len(r.old.Resources)); r.rough.Operators {
		needs = []core.Need{{Resource: r.pools + int32(r.below(pools)), Units: 1}, {Resource: r.tools + int32(r.below(n)), Units: 1}}
	}
	r.b.AddMode(work, append([]core.Need{{Resource: machine, Units: 1}}, needs...)...)
	if r.rough.Alternates && r.one(3) {
		n := int32(len(r.old.Resources))
		other := (machine + 1 + int32(r.below(int64(n-1)))) % n
		r.b.AddMode(work+work/5, append([]core.Need{{Resource: other, Units: 1}}, needs...)...)
	}
	if r.rough.Families > 1 {
		r.b.SetFamily(o, int32(r.below(int64(r.rough.Families))))
	}
	if last >= 0 {
		r.b.Follow(last, o)
	}
	return o
}
