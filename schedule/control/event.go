package control

import (
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
)

// An Event is something that could happen, or be done. Apply changes a problem
// of its own, made by [Scenario.Apply]: slices and what they hold are shared
// with the problem given and have to be replaced, not changed. The error says
// what the problem does not have.
type Event interface {
	Apply(p *schedule.Problem) error
}

// A Breakdown takes units of a resource out of service for some time. 0 units
// means all.
type Breakdown struct {
	Resource    schedule.ResourceID
	From, Until time.Time
	Units       int
}

func (e Breakdown) Apply(p *schedule.Problem) error {
	return change(&p.Resources, "resource", e.Resource, resourceID, func(r *capacity.Resource) {
		out := capacity.Outage{From: e.From, To: e.Until, Units: e.Units, Note: "breakdown"}
		r.Maintenance = append(slices.Clip(r.Maintenance), out)
	})
}

// A Cancellation closes a contract line.
type Cancellation struct{ Line schedule.LineID }

func (e Cancellation) Apply(p *schedule.Problem) error {
	return change(&p.Lines, "line", e.Line, lineID, func(l *schedule.ContractLine) { l.Status = schedule.ClosedLine })
}

// A RushOrder adds a contract line.
type RushOrder struct{ Line schedule.ContractLine }

func (e RushOrder) Apply(p *schedule.Problem) error {
	p.Lines = append(slices.Clip(p.Lines), e.Line)
	return nil
}

// A LateSupplier delivers so much later: all that is on its way from it, and
// what is ordered in future.
type LateSupplier struct {
	Partner schedule.PartnerID
	By      time.Duration
}

func (e LateSupplier) Apply(p *schedule.Problem) error {
	if !slices.ContainsFunc(p.Partners, func(q schedule.Partner) bool { return q.ID == e.Partner }) {
		return unknown("partner", e.Partner)
	}
	now := p.Times().Now
	p.Receipts, p.Supplies = slices.Clone(p.Receipts), slices.Clone(p.Supplies)
	for i := range p.Receipts {
		if r := &p.Receipts[i]; r.Partner == e.Partner {
			if r.At.Before(now) {
				r.At = now
			}
			r.At = r.At.Add(e.By)
		}
	}
	for i := range p.Supplies {
		if s := &p.Supplies[i]; s.Partner == e.Partner {
			s.LeadTime += e.By
		}
	}
	return nil
}

// An ExtraShift has all that works by a calendar work these shifts too, on the
// dates from First to Last, or on First alone if Last is zero.
type ExtraShift struct {
	Calendar    schedule.CalendarID
	First, Last calendar.Date
	Shifts      []calendar.Shift
}

func (e ExtraShift) Apply(p *schedule.Problem) error {
	return change(&p.Calendars, "calendar", e.Calendar, func(c *calendar.Calendar) calendar.ID { return c.ID }, func(c *calendar.Calendar) {
		extra := calendar.Exception{First: e.First, Last: e.Last, Shifts: e.Shifts, Extra: true}
		c.Exceptions = append(slices.Clip(c.Exceptions), extra)
	})
}

// A NewMachine adds a resource. Like, if not empty, names one that it can stand
// in for: every mode that uses that one can be done with the new one as well.
type NewMachine struct {
	Resource capacity.Resource
	Like     schedule.ResourceID
}

func (e NewMachine) Apply(p *schedule.Problem) error {
	if e.Like != "" && !slices.ContainsFunc(p.Resources, func(r capacity.Resource) bool { return r.ID == e.Like }) {
		return unknown("resource", e.Like)
	}
	p.Resources = append(slices.Clip(p.Resources), e.Resource)
	if e.Like == "" {
		return nil
	}
	eachStep(p, func(s *schedule.Step) {
		for _, m := range s.Modes {
			if u := slices.IndexFunc(m.Uses, func(u schedule.Use) bool { return u.Resource == e.Like }); u >= 0 {
				m.Uses = slices.Clone(m.Uses)
				m.Uses[u].Resource = e.Resource.ID
				s.Modes = append(s.Modes, m)
			}
		}
	})
	return nil
}

// A ShorterSetup takes setups and changeovers on a resource down to so many
// thousandths of what they were.
type ShorterSetup struct {
	Resource schedule.ResourceID
	To       int
}

func (e ShorterSetup) Apply(p *schedule.Problem) error {
	at := slices.IndexFunc(p.Resources, func(r capacity.Resource) bool { return r.ID == e.Resource })
	if at < 0 {
		return unknown("resource", e.Resource)
	}
	shorter := func(d time.Duration) time.Duration { return d / 1000 * time.Duration(e.To) }
	eachStep(p, func(s *schedule.Step) {
		for i := range s.Modes {
			if m := &s.Modes[i]; len(m.Uses) > 0 && m.Uses[0].Resource == e.Resource {
				m.Setup = shorter(m.Setup)
			}
		}
	})
	return e.changeovers(p, at, shorter)
}

// changeovers gives the resource a shorter table of its own.
func (e ShorterSetup) changeovers(p *schedule.Problem, at int, shorter func(time.Duration) time.Duration) error {
	r := p.Resources[at]
	k := slices.IndexFunc(p.Changeovers, func(t capacity.ChangeoverTable) bool { return t.ID == r.Changeovers })
	if r.Changeovers == "" || k < 0 {
		return nil
	}
	table := p.Changeovers[k]
	table.ID = capacity.ChangeoverID(fmt.Sprintf("%s, shorter for %s", table.ID, r.ID))
	table.Default.Time = shorter(table.Default.Time)
	table.Entries = slices.Clone(table.Entries)
	for i := range table.Entries {
		table.Entries[i].Time = shorter(table.Entries[i].Time)
	}
	p.Changeovers = append(slices.Clip(p.Changeovers), table)
	p.Resources = slices.Clone(p.Resources)
	p.Resources[at].Changeovers = table.ID
	return nil
}

// A LotSize gives an item another lot rule. Sources with a rule of their own
// keep it.
type LotSize struct {
	Item schedule.ItemID
	Lot  schedule.Lot
}

func (e LotSize) Apply(p *schedule.Problem) error {
	return change(&p.Items, "item", e.Item, func(x *schedule.Item) schedule.ItemID { return x.ID }, func(x *schedule.Item) { x.Lot = e.Lot })
}

// change replaces a list by one in which the thing with an ID is changed.
func change[K ~string, T any](list *[]T, kind string, id K, of func(*T) K, do func(*T)) error {
	for i := range *list {
		if of(&(*list)[i]) == id {
			*list = slices.Clone(*list)
			do(&(*list)[i])
			return nil
		}
	}
	return unknown(kind, id)
}

func unknown[K ~string](kind string, id K) error {
	return fmt.Errorf("control: unknown %s %q", kind, id)
}

func resourceID(r *capacity.Resource) schedule.ResourceID { return r.ID }
func lineID(l *schedule.ContractLine) schedule.LineID     { return l.ID }

// eachStep calls do for each step, which it may change with its list of modes:
// they are copies.
func eachStep(p *schedule.Problem, do func(*schedule.Step)) {
	p.Routings = slices.Clone(p.Routings)
	for r := range p.Routings {
		p.Routings[r].Steps = slices.Clone(p.Routings[r].Steps)
		for k := range p.Routings[r].Steps {
			s := &p.Routings[r].Steps[k]
			s.Modes = slices.Clone(s.Modes)
			do(s)
		}
	}
}
