package simulate

import (
	"context"
	"time"

	"github.com/taktplan/takt/schedule"
)

// A Plant is a simulated one. It executes a plan from the problem's present on,
// as far as [Plant.Run] lets it; in between its state can be looked at and its
// plan replaced. It is not safe for concurrent use.
type Plant struct {
	m   *model
	o   Options
	now int64
	end int64 // of the horizon

	agenda agenda
	events int64

	orders []order
	byID   map[schedule.OrderID]int32
	tasks  []task
	grants []grant   // of tasks
	spare  [][]int32 // by routing, tasks of rush orders that have ended
	claims []claim

	resources []resource
	points    []point
	lines     []line
	groups    map[string][]int32 // lines that ship together
	supplies  []supply
	transfers []transfer
	units     []unit
	rushes    []int // how many orders of each arrival process came

	dirtyResources, dirtyPoints []int32

	floor Floor
	record
	keys  int     // of events that were told
	asked Waiting // of the rule
}

// A resource is what is known of one while simulating.
type resource struct {
	used, out, down int64
	family          int32
	wakeAt          int64
	dirty           bool
	// sequence is what the plan does on it, in that order, and next the first
	// of it that has not begun.
	sequence []int32
	next     int
	loads    []int32  // claims of transfers that wait for vehicles
	queue    []queued // that chose the resource by rule, the first to go first
	running  []run    // in the order in which they began
	arrived  int64    // operations that ever came to the queue, and their work
	asked    int64
	// What came of it.
	setup, work, overtime, stood int64
	downSince                    int64
	load                         Load
}

// A run is a task at work on a resource. Stopped says that the resource's
// breakdown stopped it.
type run struct {
	task    int32
	stopped bool
}

// A grant is what a task occupies, or will by the plan.
type grant struct {
	resource int32
	units    int64
}

// New returns a plant at the problem's present, about to execute plan.
//
// The error is a [*schedule.InvalidError] if the problem is not valid, an
// [*OptionError] if the options are not, or a [*PlanError] if the plan names
// what the problem does not have. A plan that is not allowed in any other way
// is executed as far as it can be. The problem must not change while the plant
// is in use.
func New(p *schedule.Problem, plan *schedule.Plan, o Options) (*Plant, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	m, err := newModel(p)
	if err != nil {
		return nil, err
	}
	if err := o.validate(m.x); err != nil {
		return nil, err
	}
	s := &Plant{m: m, o: o, now: m.at(m.times.Now), end: m.at(m.times.To), byID: map[schedule.OrderID]int32{}, groups: map[string][]int32{}}
	s.floor.plant = s
	s.spare = make([][]int32, len(m.routings))
	s.begun = s.now
	s.openResources()
	s.openStock()
	s.openLines()
	s.expectReceipts()
	s.startRushes()
	if o.Release != nil {
		s.agenda.push(s.now, checks, 0, 0)
	}
	if err := s.Follow(plan); err != nil {
		return nil, err
	}
	return s, nil
}

// Run executes a plan to the end of the horizon and returns what came of it.
// The errors are those of [New], and that of ctx if it ends before.
func Run(ctx context.Context, p *schedule.Problem, plan *schedule.Plan, o Options) (*Result, error) {
	s, err := New(p, plan, o)
	if err != nil {
		return nil, err
	}
	if err := s.Run(ctx, p.To); err != nil {
		return nil, err
	}
	return s.Result(), nil
}

// Now returns the present of the plant.
func (s *Plant) Now() time.Time { return s.m.time(s.now) }

// lookAtContext is how many instants are simulated between looks at a context.
const lookAtContext = 1 << 12

// Run lets the plant work until an instant, at which nothing has happened yet,
// or through the end of the horizon if that comes first. What is at work then
// is reported as far as it has come. An instant before [Plant.Now] changes
// nothing.
//
// If ctx ends before, Run returns its error; the plant stands where it was
// stopped, and may be run on.
func (s *Plant) Run(ctx context.Context, until time.Time) error {
	stop := s.m.at(until)
	if stop >= s.end {
		stop = s.end + 1 // what ends with the horizon still ends
	}
	s.settle()
	for n := 0; s.agenda.next() < stop; n++ {
		if n%lookAtContext == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		at := s.agenda.next()
		s.advance(at)
		for s.agenda.next() == at {
			s.events++
			s.happen(s.agenda.pop())
		}
		s.settle()
	}
	s.advance(max(s.now, min(stop, s.end)))
	s.reportProgress()
	return nil
}

// happen dispatches an event.
func (s *Plant) happen(e event) {
	switch e.kind {
	case arrives:
		s.enterPool(e.index)
	case linked:
		s.oneLess(e.index)
	case lotMoves:
		if s.tasks[e.index].stamp == e.stamp {
			s.moveLot(e.index)
		}
	case ends:
		if s.tasks[e.index].stamp == e.stamp {
			s.workEnds(e.index)
		}
	case tries:
		s.consider(e.index)
	case wakes:
		s.touch(e.index)
	case outage:
		s.resources[e.index].out += int64(int32(e.stamp))
		s.touch(e.index)
	case fails:
		s.fail(e.index)
	case repaired:
		s.repair(e.index)
	case supplied:
		s.supplyArrives(e.index)
	case mayTake:
		s.tryClaim(e.index)
	case checks:
		s.check(e.index)
	case returns:
		s.vehicleReturns(e.index)
	case opens:
		s.touchPoint(e.index)
	case rushes:
		s.rush(e.index)
	case cancelled:
		s.cancel(e.index)
	}
}

// settle lets everything begin that can at this instant, after all that
// happened at it.
func (s *Plant) settle() {
	for len(s.dirtyPoints)+len(s.dirtyResources) > 0 {
		for i := 0; i < len(s.dirtyPoints); i++ {
			s.points[s.dirtyPoints[i]].dirty = false
			s.serve(s.dirtyPoints[i])
		}
		s.dirtyPoints = s.dirtyPoints[:0]
		for i := 0; i < len(s.dirtyResources); i++ {
			s.resources[s.dirtyResources[i]].dirty = false
			s.dispatch(s.dirtyResources[i])
		}
		s.dirtyResources = s.dirtyResources[:0]
	}
}

// touch has a resource look for work when the instant settles.
func (s *Plant) touch(r int32) {
	if k := &s.resources[r]; !k.dirty {
		k.dirty = true
		s.dirtyResources = append(s.dirtyResources, r)
	}
}

// openResources puts down what happens to resources by itself.
func (s *Plant) openResources() {
	s.resources = make([]resource, len(s.m.resources))
	for r := range s.m.resources {
		c, k := &s.m.resources[r], &s.resources[r]
		k.family, k.wakeAt = c.setUp, -1
		for _, o := range c.outages {
			s.agenda.push(max(s.now, o.from), outage, int32(r), uint32(o.units))
			s.agenda.push(max(s.now, o.to), outage, int32(r), uint32(-o.units))
		}
	}
	for i := range s.o.Breakdowns {
		b := &s.o.Breakdowns[i]
		for r := range s.m.resources {
			c := &s.m.resources[r]
			if c.ID == b.Resource || b.Resource == "" && isMachine(c.Resource) {
				s.openUnits(b, int32(r), int(c.units))
			}
		}
	}
}

// free returns the units of a resource that could take work.
func (s *Plant) free(r int32) int64 {
	k := &s.resources[r]
	return s.m.resources[r].units - k.used - k.out - k.down
}
