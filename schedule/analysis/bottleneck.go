package analysis

import (
	"cmp"
	"slices"
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
)

// waits returns every stretch in which a step that could have started otherwise
// waited, within the period: from the end of what came before it in its order.
func (h *History) waits() []Stretch {
	var list []Stretch
	for i := range h.Orders {
		o := &h.Orders[i]
		if o.Released.IsZero() {
			continue
		}
		for k := range o.Steps {
			s := &o.Steps[k]
			if s.Outside {
				continue
			}
			ready, ok := h.ready(o, s)
			end := h.To
			if !s.Start.IsZero() {
				end = s.Start
			}
			if from, to := later(ready, h.From), earlier(end, h.To); ok && from.Before(to) {
				list = append(list, h.waiting(s, from, to)...)
			}
		}
	}
	return list
}

// ready returns when all steps before s had ended and moved on, and whether
// they have.
func (h *History) ready(o *Order, s *Step) (time.Time, bool) {
	ready := o.Released
	if s.routing == nil {
		return ready, true
	}
	for l := range s.routing.Precedence() {
		if l.To != s.Planned.Step {
			continue
		}
		f := o.step(l.From)
		if f == nil {
			continue
		}
		if f.Start.IsZero() || !f.Finished {
			return ready, false
		}
		ready = later(ready, f.End.Add(gap(f, s)))
	}
	return ready, true
}

// A Bottleneck is what held a part of the period up most.
type Bottleneck struct {
	From, To time.Time
	// Resource is the one that steps waited for longest while it was busy or
	// stood still; empty if none waited.
	Resource schedule.ResourceID
	Waited   time.Duration
	// Load is its occupation over its working time; 0 without any.
	Load float64
}

// Bottlenecks returns the history of the bottleneck in parts of the period of a
// given length, the last one cut off at its end. Ties go to the first resource.
// Parts of less than an hour are made an hour.
func (h *History) Bottlenecks(length time.Duration) []Bottleneck {
	length = max(length, time.Hour)
	waits := slices.DeleteFunc(h.waits(), func(s Stretch) bool { return s.For != ForResource && s.For != ForRepair })
	var list []Bottleneck
	for from := h.From; from.Before(h.To); from = from.Add(length) {
		b := Bottleneck{From: from, To: earlier(from.Add(length), h.To)}
		waited := make([]time.Duration, len(h.p.Resources))
		for i := range waits {
			at := h.x.Resources.Position(waits[i].Resource)
			waited[at] += max(0, earlier(waits[i].To, b.To).Sub(later(waits[i].From, b.From)))
		}
		for at, d := range waited {
			if d > b.Waited {
				b.Resource, b.Waited = h.p.Resources[at].ID, d
			}
		}
		if at := h.x.Resources.Position(b.Resource); at >= 0 {
			b.Load = h.load(at, b.From, b.To)
		}
		list = append(list, b)
	}
	return list
}

// load returns the occupation of a resource over its working time.
func (h *History) load(resource int, from, to time.Time) float64 {
	fund := h.lines[resource].Between(from, to) * time.Duration(max(1, h.p.Resources[resource].Units))
	if fund <= 0 {
		return 0
	}
	busy := time.Duration(0)
	for _, s := range h.during(resource, from, to) {
		busy += h.lines[resource].Between(later(s.Start, from), earlier(s.End, to)) * time.Duration(s.units(0))
	}
	return float64(busy) / float64(fund)
}

// BottleneckReport returns the history of the bottleneck, a line a part.
func BottleneckReport(list []Bottleneck) Report {
	t := &table.Table{Title: "Bottlenecks", Columns: []table.Column{
		table.Text("from"), table.Text("to"), table.Text("resource"), table.Number("waited h"), table.Number("load"),
	}}
	for i := range list {
		b := &list[i]
		t.Add(b.From, b.To, string(b.Resource), b.Waited, b.Load)
	}
	return Report{t}
}

// A Queue is what was waited for at one place in all.
type Queue struct {
	For      WaitFor
	Resource schedule.ResourceID // of busy resources, standstills and missing shifts
	Item     schedule.ItemID     // of material
	Cause    string              // of standstills
	Waited   time.Duration
	Steps    int
}

// Queues returns what the steps of the period waited for, the longest first;
// ties in the order in which they first occurred.
func (h *History) Queues() []Queue {
	type key struct {
		what     WaitFor
		resource schedule.ResourceID
		item     schedule.ItemID
		cause    string
	}
	at := map[key]int{}
	counted := map[key]map[stepKey]bool{}
	var list []Queue
	for _, s := range h.waits() {
		k := key{what: s.For, cause: s.Cause}
		if s.For == ForMaterial {
			k.item = s.Item.Item
		} else {
			k.resource = s.Resource
		}
		i, ok := at[k]
		if !ok {
			i = len(list)
			at[k] = i
			counted[k] = map[stepKey]bool{}
			list = append(list, Queue{For: k.what, Resource: k.resource, Item: k.item, Cause: k.cause})
		}
		list[i].Waited += s.Length()
		counted[k][stepKey{s.Order, s.Step}] = true
		list[i].Steps = len(counted[k])
	}
	slices.SortStableFunc(list, func(a, b Queue) int { return cmp.Compare(b.Waited, a.Waited) })
	return list
}

// what names the place of a queue.
func (q *Queue) what() string {
	switch {
	case q.Item != "":
		return string(q.Item)
	case q.Cause != "":
		return string(q.Resource) + ": " + q.Cause
	default:
		return string(q.Resource)
	}
}

// QueueReport returns queues, a line each.
func QueueReport(list []Queue) Report {
	t := &table.Table{Title: "Waited for", Columns: []table.Column{
		table.Text("reason"), table.Text("what"), table.Number("hours"), table.Number("steps"),
	}}
	for i := range list {
		q := &list[i]
		t.Add(q.For, q.what(), q.Waited, q.Steps)
	}
	return Report{t}
}
