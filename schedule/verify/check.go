package verify

import (
	"time"

	"github.com/taktplan/takt/schedule"
)

// Check lists everything about plan that p does not allow, ordered by time,
// then code. A nil result means that the plan is allowed.
//
// A problem that is not valid yields one [InvalidProblem] for each mistake in
// it, and the plan is not looked at. A nil problem or plan counts as an empty
// one. Neither is modified or retained.
//
// It takes O(n log n) time for a plan of n elements, and memory in proportion.
func Check(p *schedule.Problem, plan *schedule.Plan) []Violation {
	if p == nil {
		p = &schedule.Problem{}
	}
	if plan == nil {
		plan = &schedule.Plan{}
	}
	if found := invalid(p); found != nil {
		return found
	}
	j := newJudge(p, plan)
	j.references()
	j.resolve()
	j.orders()
	j.operations()
	j.sequence()
	j.durations()
	j.capacities()
	j.buckets()
	j.purchases()
	j.subcontracts()
	j.transfers()
	j.stock()
	j.deliveries()
	j.promises()
	j.pegs()
	j.metrics()
	sortViolations(j.found)
	return j.found
}

func invalid(p *schedule.Problem) []Violation {
	err := p.Validate()
	if err == nil {
		return nil
	}
	list, ok := err.(*schedule.InvalidError)
	if !ok {
		return []Violation{{Code: InvalidProblem, Ref: err.Error()}}
	}
	var found []Violation
	for _, issue := range list.Issues {
		found = append(found, Violation{Code: InvalidProblem, Ref: issue.String()})
	}
	return found
}

// A judge is the state of one call of Check.
type judge struct {
	given *schedule.Problem
	p     *schedule.Problem // without phantoms
	plan  *schedule.Plan
	x     *schedule.Index
	clock
	t     schedule.Times
	hours hours
	found []Violation

	// profile is the projected stock, and negative the points where it is
	// below zero at some time.
	profile  []schedule.StockPoint
	negative map[point]bool

	lots     []lot
	lotOf    map[schedule.OrderID]int
	tasks    []task
	position map[*schedule.Step]int
	networks map[*schedule.Routing]*network
	arena    []int // that the resources of tasks are cut from
	unknown  bool  // the plan has unknown references
}

func newJudge(given *schedule.Problem, plan *schedule.Plan) *judge {
	t, p := given.Times(), schedule.Explode(given)
	j := &judge{
		given: given, p: p, plan: plan, x: schedule.NewIndex(p), t: t, clock: clock{t.From, int64(t.Tick)},
		negative: map[point]bool{}, position: map[*schedule.Step]int{}, networks: map[*schedule.Routing]*network{},
	}
	j.hours = newHours(j)
	j.profile = schedule.StockProfile(p, plan)
	for i := range p.Routings {
		r := &p.Routings[i]
		for k := range r.Steps {
			j.position[&r.Steps[k]] = k
		}
		j.networks[r] = newNetwork(r, func(id schedule.StepID) int { return j.position[j.x.Step(r.ID, id)] })
	}
	return j
}

func (j *judge) report(v Violation) { j.found = append(j.found, v) }

// A clock turns instants into ticks since the start of the horizon.
type clock struct {
	from time.Time
	tick int64 // nanoseconds
}

// at returns an instant in ticks, rounded down.
func (c clock) at(t time.Time) int64 {
	d := int64(t.Sub(c.from)) // saturates
	if d < 0 {
		return -((-(d + 1))/c.tick + 1)
	}
	return d / c.tick
}

// ticks returns a duration in ticks, rounded up.
func (c clock) ticks(d time.Duration) int64 {
	if d <= 0 {
		return -(-int64(d) / c.tick)
	}
	return (int64(d)-1)/c.tick + 1
}

// time returns the instant of a tick.
func (c clock) time(at int64) time.Time { return c.from.Add(time.Duration(at * c.tick)) }

// duration returns the nanoseconds in some ticks.
func (c clock) duration(ticks int64) int64 { return ticks * c.tick }
