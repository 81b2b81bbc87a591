package simulate

import (
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Release decides when orders of the pool are given to the shop.
type Release interface {
	// Decide is called when something has happened that it could want to act
	// upon: see [Floor.Trigger]. It may release any orders of the pool.
	Decide(*Floor)
	// Period is how often it is called besides, from the problem's present
	// on; 0 means never.
	Period() time.Duration
}

// A Trigger is why a release policy is asked.
type Trigger uint8

const (
	Periodic  Trigger = iota // a period is over, or a date that it asked for
	Arrival                  // an order has entered the pool
	StepDone                 // a step has ended
	OrderDone                // an order has left the shop
)

// A Floor is what a release policy sees: the pool and the loads, by planned
// work, and none of what is random. It is valid during a call of Decide only.
type Floor struct {
	Trigger Trigger

	plant      *Plant
	pool       []*Candidate
	candidates []*Candidate // by order
	deciding   bool
	released   bool // any, in this decision
}

// A Candidate is an order in the pool. It must not be changed.
type Candidate struct {
	Order    schedule.OrderID
	Item     schedule.ItemID
	Qty      wip.Qty
	Arrived  time.Time
	Due      time.Time // zero if there is none
	Planned  time.Time // start of its first step by the plan; zero if it has none
	Priority int
	Work     time.Duration // of all steps
	// Visits are its steps in topological order.
	Visits []Visit

	index    int32
	released bool
}

// A Visit is a step of an order at a machine, by the plan or else the first
// that could do it.
type Visit struct {
	Resource int // index into [schedule.Problem.Resources], or -1 without
	Work     time.Duration
	task     int32
}

// A Load is planned work that was released and is not done.
type Load struct {
	// Direct is what waits at the machine or is at work on it, in Queue
	// operations; Aggregate adds what is on its way there. Corrected is the
	// aggregate with each operation's work divided by its position in the
	// routing (Oosterman, Land and Gaalman 2000).
	Direct, Aggregate, Corrected time.Duration
	Queue                        int
}

// Now returns the present.
func (f *Floor) Now() time.Time { return f.plant.Now() }

// Pool returns the orders in the pool, in the order in which they came, and
// those that Decide has just released. It must not be changed.
func (f *Floor) Pool() []*Candidate { return f.pool }

// Load returns that of a resource, by its index in the problem.
func (f *Floor) Load(resource int) Load { return f.plant.resources[resource].load }

// Resource returns the index of a resource, or -1.
func (f *Floor) Resource(id schedule.ResourceID) int { return f.plant.m.x.Resources.Position(id) }

// Resources returns the number of resources.
func (f *Floor) Resources() int { return len(f.plant.resources) }

// InShop returns how many orders are released and not finished, and what
// planned work they have left.
func (f *Floor) InShop() (orders int, work time.Duration) {
	return f.plant.inShop, time.Duration(f.plant.workInShop)
}

// Released reports whether a candidate has been released.
func (c *Candidate) Released() bool { return c.released }

// Release gives an order to the shop. Releasing it again changes nothing.
func (f *Floor) Release(c *Candidate) {
	if !c.released {
		c.released, f.released = true, true
		f.plant.release(c.index)
	}
}

// first returns the candidate that comes first by an order and is fit, or nil.
func (f *Floor) first(compare func(a, b *Candidate) int, fit func(*Candidate) bool) *Candidate {
	var found *Candidate
	for _, c := range f.pool {
		if !c.released && (found == nil || compare(c, found) < 0) && fit(c) {
			found = c
		}
	}
	return found
}

// Wake has the policy asked again at an instant.
func (f *Floor) Wake(at time.Time) {
	f.plant.agenda.push(max(f.plant.now+1, f.plant.m.at(at)), checks, 1, 0)
}

// check asks the policy at a date.
func (s *Plant) check(once int32) {
	s.decide(Periodic)
	if period := s.o.Release.Period(); once == 0 && period > 0 {
		s.agenda.push(s.now+int64(period), checks, 0, 0)
	}
}

// decide asks the policy. What happens while it decides does not ask it again.
func (s *Plant) decide(why Trigger) {
	f := &s.floor
	if f.deciding || len(f.pool) == 0 {
		return
	}
	f.deciding, f.Trigger = true, why
	s.o.Release.Decide(f)
	f.deciding = false
	if f.released {
		f.released = false
		f.pool = slices.DeleteFunc(f.pool, func(c *Candidate) bool { return c.released })
	}
}

// enter shows an order that has come to the pool.
func (f *Floor) enter(n int32) {
	f.pool = append(f.pool, f.candidate(n))
}

// leave takes an order out of the pool that will not be released.
func (f *Floor) leave(n int32) {
	f.pool = slices.DeleteFunc(f.pool, func(c *Candidate) bool { return c.index == n })
}

// candidate returns what is shown of an order.
func (f *Floor) candidate(n int32) *Candidate {
	for int(n) >= len(f.candidates) {
		f.candidates = append(f.candidates, nil)
	}
	if f.candidates[n] != nil {
		return f.candidates[n]
	}
	s := f.plant
	o := &s.orders[n]
	c := &Candidate{
		Order: o.id, Item: o.routing.Item, Qty: wip.Qty(o.qty), Arrived: s.Now(), Priority: int(o.priority),
		Work: time.Duration(o.work), Visits: make([]Visit, len(o.routing.steps)), index: n,
	}
	if o.due != never {
		c.Due = s.m.time(o.due)
	}
	planned := never
	for k, turn := range o.routing.turn {
		t := &s.tasks[int(o.first)+k]
		planned = min(planned, t.planned)
		v := Visit{Resource: -1, Work: time.Duration(t.standard), task: o.first + int32(k)}
		switch {
		case t.granted > 0:
			v.Resource = int(s.grants[t.grant].resource)
		case len(t.step.modes) > 0 && len(t.step.modes[0].machines()) > 0:
			v.Resource = int(t.step.modes[0].machines()[0])
		}
		c.Visits[turn] = v
	}
	c.Planned = s.when(planned)
	f.candidates[n] = c
	return c
}

// load adds a released order to the loads.
func (f *Floor) load(n int32) {
	for i, v := range f.candidate(n).Visits {
		if v.Resource >= 0 {
			l := &f.plant.resources[v.Resource].load
			l.Aggregate += v.Work
			l.Corrected += v.Work / time.Duration(i+1)
		}
	}
}

// queue adds a task that is ready to the direct load of its machine.
func (f *Floor) queue(n int32) {
	if v, _ := f.visit(n); v.Resource >= 0 {
		l := &f.plant.resources[v.Resource].load
		l.Direct += v.Work
		l.Queue++
	}
}

// unload takes a task that is done off the loads.
func (f *Floor) unload(n int32) {
	v, turn := f.visit(n)
	if v.Resource < 0 {
		return
	}
	l := &f.plant.resources[v.Resource].load
	l.Aggregate -= v.Work
	l.Corrected -= v.Work / time.Duration(turn+1)
	if f.plant.tasks[n].was == nil {
		l.Direct -= v.Work
		l.Queue--
	}
}

func (f *Floor) visit(n int32) (v Visit, turn int32) {
	t := &f.plant.tasks[n]
	o := &f.plant.orders[t.order]
	turn = o.routing.turn[n-o.first]
	return f.candidate(t.order).Visits[turn], turn
}
