package standards

import (
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// Apply returns a problem like p with the standards of t in force. p is not
// modified, and shared in part; t must be of p.
//
// A launch period becomes a lot rule of the row's source: one lot for all that
// is needed within the period, within the bounds of the rule it replaces. A
// cycle becomes the lead time of the routing, which planning without capacity
// goes by, and a reserve the safety time of the item, the longest of its
// points. Norms replace those of their points that have no dates, and keep
// their prices. Working days become elapsed time by the days of the programme.
func Apply(p *schedule.Problem, t *Table) *schedule.Problem {
	out := *p
	out.Items = slices.Clone(p.Items)
	out.Routings = slices.Clone(p.Routings)
	out.Supplies = slices.Clone(p.Supplies)
	norms := newNormBook(p.Norms)
	x := schedule.NewIndex(&out)
	routing := map[schedule.RoutingID]*schedule.Routing{}
	for i := range out.Routings {
		routing[out.Routings[i].ID] = &out.Routings[i]
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		item := x.Items.Find(r.Point.Item)
		item.SafetyTime = max(item.SafetyTime, t.elapsed(r.Reserve))
		if made := routing[r.Routing]; made != nil {
			made.LeadTime = max(1, t.elapsed(r.Cycle.Total()))
		}
		if s := sourceOf(x, routing[r.Routing], r); s != nil && r.Launch.Period > 0 {
			s.Lot = t.rule(s.For(item), r)
		}
		if r.Norm.Point.Item != "" {
			norms.enforce(r.Norm)
		}
	}
	out.Norms = norms.list
	return &out
}

func sourceOf(x *schedule.Index, made *schedule.Routing, r *Row) *schedule.Source {
	switch {
	case made != nil:
		return &made.Source
	case r.Supply != "":
		return &x.Supplies.Find(r.Supply).Source
	default:
		return nil // a lane may bring many items, with one rule for all
	}
}

// rule returns the lot rule of a row in place of another one.
func (t *Table) rule(old schedule.Lot, r *Row) schedule.Lot {
	return schedule.Lot{
		Rule: schedule.PeriodCover, Period: t.elapsed(r.Launch.Period),
		Minimum: old.Minimum, Multiple: old.Multiple, Maximum: old.Maximum,
	}
}

// elapsed returns working days as elapsed time.
func (t *Table) elapsed(d time.Duration) time.Duration {
	return scale(d, time.Duration(t.Days), time.Duration(t.Workdays))
}

// A normBook finds the norms that hold whatever the date.
type normBook struct {
	list []wip.Norm
	at   map[wip.Point]int
}

func newNormBook(list []wip.Norm) *normBook {
	b := &normBook{slices.Clone(list), map[wip.Point]int{}}
	for i, n := range list {
		if n.From.IsZero() && n.To.IsZero() {
			b.at[n.Point] = i
		}
	}
	return b
}

// find returns the norm of a point, or nil.
func (b *normBook) find(point wip.Point) *wip.Norm {
	if at, ok := b.at[point]; ok {
		return &b.list[at]
	}
	return nil
}

func (b *normBook) enforce(n wip.Norm) {
	if old := b.find(n.Point); old != nil {
		n.ShortPrice, n.ExcessPrice = old.ShortPrice, old.ExcessPrice
		*old = n
		return
	}
	b.at[n.Point] = len(b.list)
	b.list = append(b.list, n)
}
