package heuristic

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule"
)

// Offer plans one more line between what hangs on the board: from stock that
// nobody will need, free time of machines, and new orders and purchases at all
// levels. Nothing that is promised moves. A line with a zero Due is wanted as
// soon as can be.
//
// If displace, a line that would be late is also tried before, after and with
// those that stand in its way; that is kept if what they are late by costs less
// than the lateness of the line. Lines reports what it does to them.
//
// It returns what is delivered, sorted by time: nothing, or less than is asked
// for, if more cannot be had within the horizon. The error lists what is wrong
// with the line. The line stays on the board until [Board.Undo].
func (b *Board) Offer(line schedule.ContractLine, displace bool) ([]schedule.Delivery, error) {
	p := *b.problem
	if line.Due.IsZero() {
		line.Due = p.Times().Now
	}
	p.Lines = append(slices.Clip(p.Lines), line)
	if err := p.Validate(); err != nil {
		return nil, err
	}
	b.problem = &p
	l := b.addLine(&p.Lines[len(p.Lines)-1])
	b.s.planLine(l)
	if displace && b.s.penalty(l) > 0 {
		b.displace(l)
	}
	var list []schedule.Delivery
	for i := range b.s.ships {
		if h := &b.s.ships[i]; h.line == l && !h.off {
			list = append(list, schedule.Delivery{Line: line.ID, Qty: h.qty, At: b.s.time(h.at)})
		}
	}
	slices.SortStableFunc(list, func(a, b schedule.Delivery) int { return a.At.Compare(b.At) })
	return list, nil
}

// addLine enters a line, with the point that it is delivered from if that is
// new.
func (b *Board) addLine(given *schedule.ContractLine) int32 {
	s := b.s
	c := &compiler{model: s.model}
	pt := c.point(given.Item, given.Location)
	c.compilePointsFrom(len(s.stock))
	c.compilePlacesFrom(len(s.stock))
	for i := len(s.room); i < len(s.places); i++ {
		s.room, s.crowd = append(s.room, level{}), append(s.crowd, 0)
		s.room[i].init(s.places[i].area)
	}
	for i := len(s.stock); i < len(s.points); i++ {
		s.stock, s.open = append(s.stock, level{}), append(s.open, false)
		s.stock[i].init(0)
		s.demand = append(s.demand, nil)
	}
	l := int32(len(s.lines))
	s.lines = append(s.lines, c.compileLine(given, len(b.problem.Lines)-1))
	s.planned, s.why, s.parts = append(s.planned, true), append(s.why, excuse{}), append(s.parts, nil)
	at, _ := slices.BinarySearchFunc(s.demand[pt], l, s.compareDue)
	s.demand[pt] = slices.Insert(s.demand[pt], at, l)
	return l
}

func (s *state) compareDue(i, j int32) int {
	return cmp.Or(cmp.Compare(s.lines[i].due, s.lines[j].due), cmp.Compare(i, j))
}

// dropLines takes the lines from number n on off the board.
func (b *Board) dropLines(n int) {
	s := b.s
	isNew := func(l int32) bool { return int(l) >= n }
	for _, ln := range s.lines[n:] {
		s.demand[ln.point] = slices.DeleteFunc(s.demand[ln.point], isNew)
	}
	s.lines, s.planned, s.why, s.parts = s.lines[:n], s.planned[:n], s.why[:n], s.parts[:n]
	if b.kept.parts != nil {
		copy(s.parts, b.kept.parts)
	}
}

// displace looks for a better place for a line at the expense of others, by the
// proposals of repair.
func (b *Board) displace(l int32) {
	s := b.s
	b.part()
	r := s.newRepair(0)
	r.lasting = true
	u := r.unitOf[l]
	for _, p := range r.proposals(u, 0) {
		if r.unitPenalty(u) == 0 {
			break
		}
		r.try(u, p, func() bool { return true })
	}
	s.spared = nil
}

// part finds out what was placed for each line, if that is not known: its
// deliveries, then its orders from the end item down, then what is bought and
// moved.
func (b *Board) part() {
	if b.kept.parts != nil {
		return
	}
	s := b.s
	own := s.parts[b.kept.lines:]
	parts := make([][]part, b.kept.lines)
	add := func(l int32, p part) {
		if l >= 0 && int(l) < len(parts) {
			parts[l] = append(parts[l], p)
		}
	}
	for i := range s.ships {
		if h := &s.ships[i]; !h.off {
			add(h.line, part{placedShip, int32(i)})
		}
	}
	orders := slices.DeleteFunc(numbers(len(s.orders)), func(i int32) bool { return s.orders[i].off || s.orders[i].existing >= 0 })
	slices.SortFunc(orders, func(i, j int32) int {
		return cmp.Or(cmp.Compare(s.orders[j].end, s.orders[i].end), cmp.Compare(i, j))
	})
	for _, i := range orders {
		add(s.orders[i].owner, part{createdOrder, i})
	}
	for i := range s.buys {
		if !s.buys[i].off {
			add(s.buys[i].owner, part{placedBuy, int32(i)})
		}
	}
	for i := range s.trips {
		if !s.trips[i].off {
			add(s.trips[i].owner, part{placedTrip, int32(i)})
		}
	}
	b.kept.parts = parts
	s.parts = append(slices.Clone(parts), own...)
}
