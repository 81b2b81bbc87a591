package analysis

import (
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// penalise adds to claims their share in what late contract lines cost by the
// end of the period: the penalty of a line goes to the claims about orders that
// serve it, in proportion to the hours lost. What no claim is about stays with
// those who promised.
func (h *History) penalise(claims []Claim) {
	lines := h.served()
	about := map[schedule.LineID][]int{} // claims
	for i := range claims {
		for _, line := range lines.of(claims[i].Order) {
			about[line] = append(about[line], i)
		}
	}
	for i := range h.p.Lines {
		l := &h.p.Lines[i]
		h.share(claims, about[l.ID], h.penalty(l))
	}
}

// share splits a penalty among some claims, exactly.
func (h *History) share(claims []Claim, list []int, penalty int64) {
	total := time.Duration(0)
	for _, i := range list {
		total += claims[i].lost
	}
	for _, i := range list {
		part, _ := wip.Qty(penalty).MulDiv(int64(claims[i].lost), int64(total))
		penalty -= int64(part)
		total -= claims[i].lost
		claims[i].Penalty += int64(part)
		claims[i].Cost += int64(part)
	}
}

// penalty returns what a line costs by being late up to the end of the period.
func (h *History) penalty(l *schedule.ContractLine) int64 {
	if l.Late == 0 || !l.Due.Before(h.To) {
		return 0
	}
	left, sum := l.Qty, int64(0)
	late := func(q wip.Qty, at time.Time) {
		if at.After(l.Due) && q > 0 {
			scale := int64(1)
			if item := h.x.Items.Find(l.Item); item != nil {
				scale = item.Scale()
			}
			aDay, _ := q.MulDiv(l.Late, scale)
			cost, _ := aDay.MulDiv(int64(at.Sub(l.Due)/time.Second), int64(24*time.Hour/time.Second))
			sum += int64(cost)
		}
	}
	for i := range h.shipped {
		if e := &h.shipped[i]; e.Line == l.ID {
			late(min(left, e.Qty), e.At)
			left -= min(left, e.Qty)
		}
	}
	late(left, h.To)
	return sum
}

// A service says which orders and lines take from an order.
type service struct {
	orders map[schedule.OrderID][]schedule.OrderID
	lines  map[schedule.OrderID][]schedule.LineID
}

// served reads off the plan what serves what.
func (h *History) served() service {
	s := service{map[schedule.OrderID][]schedule.OrderID{}, map[schedule.OrderID][]schedule.LineID{}}
	for i := range h.plan.Pegs {
		g := &h.plan.Pegs[i]
		from := schedule.OrderID(g.Supply.ID)
		switch {
		case g.Supply.Kind != schedule.FromOrder:
		case g.Demand.Kind == schedule.ForStep:
			s.orders[from] = append(s.orders[from], schedule.OrderID(g.Demand.ID))
		case g.Demand.Kind == schedule.ForLine:
			s.lines[from] = append(s.lines[from], schedule.LineID(g.Demand.ID))
		}
	}
	return s
}

// of returns the lines that an order serves, through all levels.
func (s service) of(order schedule.OrderID) []schedule.LineID {
	var lines []schedule.LineID
	seen, next := map[schedule.OrderID]bool{order: true}, []schedule.OrderID{order}
	for len(next) > 0 {
		o := next[0]
		next = next[1:]
		for _, l := range s.lines[o] {
			if !slices.Contains(lines, l) {
				lines = append(lines, l)
			}
		}
		for _, q := range s.orders[o] {
			if !seen[q] {
				seen[q] = true
				next = append(next, q)
			}
		}
	}
	return lines
}
