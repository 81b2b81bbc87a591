package release

import (
	"time"

	"github.com/taktplan/takt/schedule"
)

// A LeadTime is how long an order of a routing takes from its release until its
// output is in stock.
type LeadTime struct {
	Routing schedule.RoutingID
	Time    time.Duration
}

// ownLead returns the lead time that the caller says a routing has, in days, or
// 0.
func (n *network) ownLead(r *schedule.Routing) float64 {
	for _, l := range n.o.LeadTimes {
		if l.Routing == r.ID {
			return days(l.Time)
		}
	}
	return days(r.LeadTime)
}

// lotting computes the times of a routing at its usual lot, by the longest path
// through its steps. A step takes its working time, stretched by the share of
// time in which its machine works. A [schedule.Routing.LeadTime] replaces the
// whole; the steps keep their proportions.
func (n *network) lotting(r *schedule.Routing) *lotting {
	item := n.x.Items.Find(r.Item)
	lot := n.usualLot(r.For(item), n.volume[n.x.Items.Position(r.Item)].lot)
	l := &lotting{
		routing: r, item: item, lot: lot, size: n.units(lot, r.Item), inputs: inputsOf(r, lot),
		start: make([]float64, len(r.Steps)), end: make([]float64, len(r.Steps)),
	}
	order, after := stepOrder(r)
	for _, s := range order {
		st := &r.Steps[s]
		l.start[s] += days(st.Queue)
		l.end[s] = max(l.end[s], l.start[s]+n.stepTime(l, s))
		l.lead = max(l.lead, l.end[s]+days(st.Move))
		ready := l.end[s]
		if st.Transfer > 0 && st.Transfer < l.inputs[s] {
			ready = l.start[s] + float64((l.end[s]-l.start[s])*float64(st.Transfer)/float64(l.inputs[s]))
		}
		for _, a := range after[s] {
			l.start[a.to] = max(l.start[a.to], ready+days(st.Move)+days(a.link.MinWait))
			l.end[a.to] = max(l.end[a.to], l.end[s])
		}
	}
	if own := n.ownLead(r); own > 0 && l.lead > 0 {
		l.stretch(own / l.lead)
	} else if own > 0 {
		l.lead = own
	}
	l.lead += days(n.o.SafetyLead)
	return l
}

// stretch multiplies all times.
func (l *lotting) stretch(by float64) {
	l.lead *= by
	for s := range l.start {
		l.start[s] *= by
		l.end[s] *= by
	}
}

// stepTime returns how long a step takes by the clock: in its first mode, or at
// its partner.
func (n *network) stepTime(l *lotting, s int) float64 {
	st := &l.routing.Steps[s]
	if c := st.Subcontract; c != nil {
		return days(c.LeadTime) / n.partnerShare(c.Partner)
	}
	if len(st.Modes) == 0 {
		return 0
	}
	m := &st.Modes[0]
	setup, run := m.Work(st, l.inputs[s], l.item.Scale(), n.t.Tick)
	if len(m.Uses) == 0 {
		return days(setup + run)
	}
	g, _ := n.group(m.Uses[0])
	return days(setup+run) / n.workingShare(g)
}

// workingShare returns the share of all time, over the horizon, in which a unit
// of a group works, overtime left out; at least leastWorking.
func (n *network) workingShare(g int) float64 {
	work, units := 0.0, 0
	for _, i := range n.members[g] {
		units += n.p.Resources[i].Units
	}
	for _, h := range n.groups[g].regular {
		work += h
	}
	span := n.grid[n.periods()] * 24
	return min(1, max(leastWorking, work/(span*float64(max(1, units)))))
}

// leastWorking is assumed of what hardly works at all: one shift in two weeks.
const leastWorking = 8.0 / (14 * 24)

// partnerShare returns the share of all time in which a partner works.
func (n *network) partnerShare(id schedule.PartnerID) float64 {
	q := n.x.Partners.Find(id)
	if q == nil || q.Calendar == "" {
		return 1
	}
	line := n.calendars[n.x.Calendars.Position(q.Calendar)]
	return min(1, max(leastWorking, days(line.Between(n.t.Now, n.t.To))/n.grid[n.periods()]))
}

// levels calls visit for each stretch in which units of a resource work.
func (n *network) levels(i int, visit func(from, to, units float64, overtime bool)) {
	for _, b := range n.p.Resources[i].Buckets {
		from, to := n.at(b.From), n.at(b.To)
		if to > 0 {
			visit(max(0, from), to, b.Work.Hours()/(24*(to-from)), false)
		}
	}
	if len(n.p.Resources[i].Buckets) > 0 {
		return
	}
	for _, l := range n.p.Resources[i].Levels(n.timelines[i]) {
		from, to := n.at(l.From), n.at(l.To)
		if to > 0 {
			visit(max(0, from), to, float64(l.Units)*float64(l.Rate)/1000, l.Overtime)
		}
	}
}
