package analysis

import (
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
)

// A Use says how a resource was used in the period.
type Use struct {
	Resource schedule.ResourceID
	Shop     schedule.ShopID
	Fund     capacity.Work // regular working time of all units
	Planned  capacity.Work // occupied by the plan, in working time
	// Actual is the working time reported; that of a step that reaches beyond
	// the period counts in proportion.
	Actual capacity.Work
	Stood  capacity.Work // standstill in working time, of all units
	// Extensive is actual over fund, Intensive the planned working time of
	// what was turned out over the actual one, Integral both together. For
	// floor, Extensive is the load of the area.
	Extensive, Intensive, Integral float64
	// Evenness and Peak are over the days on which the resource works: see
	// [capacity.Evenness] and [capacity.PeakFactor].
	Evenness, Peak float64
	// Queue is how long steps waited for it while it was busy.
	Queue time.Duration
}

// Use returns the use of every resource that has units of its own, in the order
// of the problem.
func (h *History) Use() []Use {
	queue := map[schedule.ResourceID]time.Duration{}
	for _, s := range h.waits() {
		if s.For == ForResource {
			queue[s.Resource] += s.Length()
		}
	}
	planned := make([]capacity.Work, len(h.p.Resources))
	for _, s := range h.steps {
		if at := h.plannedOn(s); at >= 0 {
			planned[at] += h.occupied(at, s.Planned.Start, s.Planned.End, s.units(0))
		}
	}
	var list []Use
	for i := range h.p.Resources {
		r := &h.p.Resources[i]
		if r.Units == 0 {
			continue
		}
		u := Use{Resource: r.ID, Shop: r.Shop, Planned: planned[i], Queue: queue[r.ID]}
		for _, l := range r.Levels(h.lines[i]) {
			if from, to := later(l.From, h.From), earlier(l.To, h.To); from.Before(to) && !l.Overtime {
				u.Fund += capacity.Of(l.Units, to.Sub(from))
			}
		}
		for _, s := range h.stops[i] {
			u.Stood += h.occupied(i, s.From, s.To, r.Units)
		}
		norm := capacity.Work(0)
		for _, s := range h.on[i] {
			part := h.part(s)
			u.Actual += part
			norm += h.normWork(s)
		}
		days := h.daily(i)
		u.Evenness, u.Peak = capacity.Evenness(days), capacity.PeakFactor(days)
		u.Extensive = capacity.ExtensiveUse(u.Actual.Hours(), u.Fund.Hours())
		u.Intensive = capacity.IntensiveUse(norm.Hours(), u.Actual.Hours())
		u.Integral = capacity.IntegralUse(u.Extensive, u.Intensive)
		list = append(list, u)
	}
	return list
}

// plannedOn returns the position of the resource that a step was planned on.
func (h *History) plannedOn(s *Step) int {
	if s.step == nil || s.Planned.Mode >= len(s.step.Modes) {
		return -1
	}
	return h.x.Resources.Position(s.Planned.Machine(&s.step.Modes[s.Planned.Mode]))
}

// units returns how many units of its machine a step takes, or least if that
// is unknown.
func (s *Step) units(least int) int {
	if s.step == nil || s.Planned.Mode >= len(s.step.Modes) || len(s.step.Modes[s.Planned.Mode].Uses) == 0 {
		return max(1, least)
	}
	return max(s.step.Modes[s.Planned.Mode].Uses[0].Count(), least)
}

// occupied returns the working time of some units within the period.
func (h *History) occupied(resource int, from, to time.Time, units int) capacity.Work {
	return capacity.Of(units, h.lines[resource].Between(later(from, h.From), earlier(to, h.To)))
}

// part returns the reported work of a step that lies within the period.
func (h *History) part(s *Step) capacity.Work {
	work := capacity.Of(s.units(0), s.Spent)
	all := h.lines[s.resource].Between(s.Start, s.End)
	within := h.lines[s.resource].Between(later(s.Start, h.From), earlier(s.End, h.To))
	if all <= 0 || within >= all {
		return work
	}
	return capacity.Work(float64(work) * (float64(within) / float64(all)))
}

// normWork returns the planned working time of what a step turned out, for as
// much of it as its work lies within the period.
func (h *History) normWork(s *Step) capacity.Work {
	if s.step == nil || s.Planned.Mode >= len(s.step.Modes) || s.Spent <= 0 {
		return 0
	}
	m := &s.step.Modes[s.Planned.Mode]
	_, run := m.Work(s.step, s.Good+s.Scrap, h.x.Items.Find(s.routing.Item).Scale(), h.p.Times().Tick)
	run = schedule.AtEfficiency(run, h.p.Resources[s.resource].Efficiency, h.p.Times().Tick)
	norm := capacity.Of(s.units(0), run+s.Planned.Setup)
	all := capacity.Of(s.units(0), s.Spent)
	return capacity.Work(float64(norm) * (float64(h.part(s)) / float64(all)))
}

// daily returns the hours that a resource was occupied on each day of 24 hours
// from the start of the period on which it works or worked.
func (h *History) daily(resource int) []float64 {
	var days []float64
	for from := h.From; from.Before(h.To); from = from.Add(24 * time.Hour) {
		to := earlier(from.Add(24*time.Hour), h.To)
		busy := 0.0
		for _, s := range h.during(resource, from, to) {
			busy += h.lines[resource].Between(later(s.Start, from), earlier(s.End, to)).Hours()
		}
		if busy > 0 || h.lines[resource].Between(from, to) > 0 {
			days = append(days, busy)
		}
	}
	return days
}

// UseReport returns uses, a line each.
func UseReport(list []Use) Report {
	t := &table.Table{Title: "Use of resources", Columns: []table.Column{
		table.Text("resource"), table.Text("shop"), table.Number("fund h"), table.Number("planned h"), table.Number("actual h"),
		table.Number("stood h"), table.Number("extensive"), table.Number("intensive"), table.Number("integral"),
		table.Number("evenness"), table.Number("peak"), table.Number("queue h"),
	}}
	for i := range list {
		u := &list[i]
		t.Add(string(u.Resource), string(u.Shop), u.Fund.Hours(), u.Planned.Hours(), u.Actual.Hours(), u.Stood.Hours(),
			u.Extensive, u.Intensive, u.Integral, u.Evenness, u.Peak, u.Queue)
	}
	return Report{t}
}
