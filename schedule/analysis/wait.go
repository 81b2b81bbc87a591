package analysis

import (
	"slices"
	"sort"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A WaitFor says what the time of an order went into.
type WaitFor int

const (
	Processing WaitFor = iota // work on the pieces
	Setup                     // changeover and setup, as long as planned
	Moving                    // moves and waits that have to be, as long as planned
	AtPartner                 // given out
	ForMaterial
	ForResource // which was busy with other work
	ForRepair   // of a workplace that stood still
	ForShift    // nobody worked
	Unexplained // nothing known stood in the way
	waitKinds   // their number
)

var waitNames = [waitKinds]string{"processing", "setup", "moving", "partner", "material", "resource busy", "standstill", "no shift", "unexplained"}

func (w WaitFor) String() string {
	if w < 0 || w >= waitKinds {
		return "unknown"
	}
	return waitNames[w]
}

// A Stretch is a part of the time of an order.
type Stretch struct {
	From, To time.Time
	For      WaitFor
	Order    schedule.OrderID
	Step     schedule.StepID     // that was waited for, or worked on
	Resource schedule.ResourceID // of the step
	Item     wip.Point           // of ForMaterial: what was short
	Short    wip.Qty             // and how much of it, when the stretch began
	Cause    string              // of ForRepair: as reported
}

// Length returns how long the stretch is.
func (s *Stretch) Length() time.Duration { return s.To.Sub(s.From) }

// waiting cuts [from, to), in which a step waited to start, by what it waited
// for. At an instant at which several things stood in the way, material comes
// before standstill, that before other work, and that before the shift.
func (h *History) waiting(s *Step, from, to time.Time) []Stretch {
	var found []Stretch
	cuts := h.cuts(s, from, to)
	for i := range len(cuts) - 1 {
		x := Stretch{From: cuts[i], To: cuts[i+1], Order: s.Planned.Order, Step: s.Planned.Step, Resource: s.Resource}
		x.For = h.obstacle(s, &x)
		found = appendStretch(found, x)
	}
	return found
}

// obstacle says what stood in the way of a step at the start of a stretch.
func (h *History) obstacle(s *Step, x *Stretch) WaitFor {
	if point, short, ok := h.missing(s, x.From); ok {
		x.Item, x.Short = point, short
		return ForMaterial
	}
	if s.resource < 0 {
		return Unexplained
	}
	for _, stop := range h.stops[s.resource] {
		if !stop.From.After(x.From) && x.From.Before(stop.To) {
			x.Cause = stop.Cause
			return ForRepair
		}
	}
	busy := 0
	for _, other := range h.during(s.resource, x.From, x.To) {
		if other != s && !other.Start.After(x.From) && x.From.Before(other.End) {
			busy++
		}
	}
	switch {
	case busy >= max(1, h.p.Resources[s.resource].Units):
		return ForResource
	case !h.lines[s.resource].Working(x.From):
		return ForShift
	default:
		return Unexplained
	}
}

// cuts returns from, to and every instant in between at which an obstacle may
// begin or end, ascending.
func (h *History) cuts(s *Step, from, to time.Time) []time.Time {
	list := []time.Time{from, to}
	add := func(at time.Time) {
		if at.After(from) && at.Before(to) {
			list = append(list, at)
		}
	}
	if s.step != nil && s.routing != nil {
		for i := range s.step.Needs {
			list = append(list, h.line(h.needPoint(s, i)).changes(from, to)...)
		}
	}
	if s.resource >= 0 {
		for _, stop := range h.stops[s.resource] {
			add(stop.From)
			add(stop.To)
		}
		for _, other := range h.during(s.resource, from, to) {
			if other != s {
				add(other.Start)
				add(other.End)
			}
		}
		shifts := h.shifts[s.resource]
		first := sort.Search(len(shifts), func(i int) bool { return shifts[i].After(from) })
		for _, at := range shifts[first:] {
			if !at.Before(to) {
				break
			}
			add(at)
		}
	}
	slices.SortFunc(list, time.Time.Compare)
	return slices.CompactFunc(list, time.Time.Equal)
}

// appendStretch adds a stretch, to the last one if that is of the same kind.
func appendStretch(list []Stretch, x Stretch) []Stretch {
	if n := len(list); n > 0 {
		last := &list[n-1]
		if last.For == x.For && last.Step == x.Step && last.Item == x.Item && last.Cause == x.Cause && last.To.Equal(x.From) {
			last.To = x.To
			return list
		}
	}
	if x.From.Before(x.To) {
		list = append(list, x)
	}
	return list
}
