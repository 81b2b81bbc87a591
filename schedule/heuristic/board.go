package heuristic

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Board is a plan that hangs where everybody works by it. It is indexed once;
// then it is changed in places, and answers what could be changed, in time that
// depends on the change and not on the plan.
//
// What was done since the board was hung, or since [Board.Keep], is taken back
// by [Board.Undo]. A Board belongs to one goroutine.
type Board struct {
	s       *state
	ripple  *ripple
	problem *schedule.Problem
	plan    *schedule.Plan // as it was hung
	kept    kept
	broken  bool
}

// kept is how the board was at the last Keep, besides what the trail undoes.
type kept struct {
	problem *schedule.Problem
	lines   int
	dropped int
	shipped []shipped // of each line
	closed  []closing
	parts   [][]part // of each line, once they are asked for
}

// shipped is what is delivered of a line, and when the last of it is.
type shipped struct {
	qty wip.Qty
	at  int64
}

// A Freedom says what may be done with operations that cannot stay where they
// are. The zero Freedom shifts them right: they go to the first place from
// there on, in their mode, and what is behind them on a machine makes way and
// keeps its order.
type Freedom struct {
	// Gaps has them placed into free time of their machines instead, so that
	// others stay where they are.
	Gaps bool
	// Reroute lets them change the mode or the member of a pool.
	Reroute bool
	// Overtime lets them work in overtime.
	Overtime bool
	// Supply lets what waits for material have a new supply at once. Without
	// it, that is only where waiting does not help.
	Supply bool
	// Keep is the end of the frozen zone: what starts before it makes way for
	// nobody, and moves only if it cannot stay. Zero: nothing is frozen.
	Keep time.Time
}

// NewBoard hangs a plan for p, as p is now. What the plan has in a place that is
// still possible stays there, to the tick; what has not is moved as f says: what should have
// begun and has not, what lacks its machine, its material or the step before it.
// Orders of p that the plan does not have, and lines that it does not know, are
// planned around the others.
//
// The plan may come from anywhere: what it has that does not fit p is left out.
// The error is a [*schedule.InvalidError] if p is not valid, or that of ctx.
// Neither p nor plan is changed; both must stay as they are while the board is
// in use. It takes O(n log n) time for n operations.
func NewBoard(ctx context.Context, p *schedule.Problem, plan *schedule.Plan, f Freedom) (*Board, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	m, err := compile(schedule.Explode(p), Options{})
	if err != nil {
		return nil, err
	}
	b := &Board{s: newState(m), problem: p, plan: plan}
	b.ripple = &ripple{state: b.s, heirs: map[int32]int32{}}
	b.hang(f)
	b.kept.dropped = len(b.s.dropped)
	b.remember()
	return b, nil
}

// Mended reports whether everything that had to move found a place or was left
// out in an orderly way. Without it the plan may break a rule, such as the area
// of a location, and has to be made anew by [Plan].
func (b *Board) Mended() bool { return !b.broken }

// Problem returns what the plan on the board is for: the problem given, with
// the outages and lines that came since.
func (b *Board) Problem() *schedule.Problem { return b.problem }

// Avoid has new orders, purchases and transfers take no name that is in use
// elsewhere, as [Options.Taken] does. The names of the plan that was hung and of
// the problem are avoided anyway.
func (b *Board) Avoid(taken func(name string) bool) { b.s.inUse = taken }

// Keep makes final what was done.
func (b *Board) Keep() { b.remember() }

// remember takes the board as it is for what undo goes back to.
func (b *Board) remember() {
	s := b.s
	s.trail = s.trail[:0]
	b.kept = kept{problem: b.problem, lines: len(s.lines), dropped: len(s.dropped), shipped: make([]shipped, len(s.lines))}
	for i := range s.ships {
		if h := &s.ships[i]; !h.off {
			at := &b.kept.shipped[h.line]
			at.qty, at.at = at.qty+h.qty, max(at.at, h.at)
		}
	}
	for i := range s.orders {
		if s.orders[i].off {
			continue
		}
		if s.orders[i].past == nobody {
			s.orders[i].past = int32(len(s.past))
			s.past = append(s.past, past{steps: make([]stay, len(s.routings[s.orders[i].routing].steps))})
		}
		o := &s.orders[i]
		lot := &s.past[o.past]
		lot.qty, lot.end, lot.release, lot.taken = o.qty, o.end, o.release, true
		for k := range lot.steps {
			p := &s.ops[o.first+int32(k)]
			lot.steps[k] = stay{p.start, p.end, p.mode}
		}
	}
}

// Undo takes back what was done since the last Keep.
func (b *Board) Undo() {
	s := b.s
	s.undo(0)
	b.ripple.forget(b.kept.dropped)
	for n := len(b.kept.closed) - 1; n >= 0; n-- {
		b.kept.closed[n].reopen(s)
	}
	b.kept.closed = nil
	b.problem, b.broken = b.kept.problem, false
	b.dropLines(b.kept.lines)
}

// Outage takes units of a resource out of service and moves what was to be done
// there as f says. A resource that is counted by buckets has to be planned anew:
// see [Board.Mended]. The error says that the resource is not known or the outage
// is not valid.
func (b *Board) Outage(id schedule.ResourceID, out capacity.Outage, f Freedom) error {
	r := b.s.x.Resources.Position(id)
	if r < 0 {
		return fmt.Errorf("heuristic: unknown resource %q", id)
	}
	if !out.From.Before(out.To) || out.Units < 0 {
		return fmt.Errorf("heuristic: the outage of %q from %v to %v is not valid", id, out.From, out.To)
	}
	p := *b.problem
	p.Resources = slices.Clone(p.Resources)
	p.Resources[r].Maintenance = append(slices.Clone(p.Resources[r].Maintenance), out)
	b.problem = &p
	b.ripple.start(f)
	b.broken = b.broken || b.s.resources[r].counted()
	b.kept.closed = append(b.kept.closed, b.s.close(int32(r), out))
	b.ripple.clearOutage(int32(r), b.s.at(out.From), b.s.after(out.To))
	b.ripple.run()
	b.ripple.meet()
	b.broken = b.broken || b.ripple.failed || b.s.crowded()
	return nil
}

// Plan writes out what hangs on the board. Orders, purchases and transfers have
// the names that they had in the plan that was hung, and so have the reasons of
// lines that are as late as they were.
//
// It takes time in proportion to the whole plan. The error is that of
// [schedule.Evaluate].
func (b *Board) Plan() (*schedule.Plan, error) {
	s := *b.s
	plan := s.extract()
	b.keepReasons(plan)
	var err error
	plan.Metrics, err = schedule.Evaluate(b.problem, plan)
	return plan, err
}

// keepReasons gives what is as late or as impossible as it was in the plan that
// was hung the reason that it had there, if that speaks of nothing that is gone.
func (b *Board) keepReasons(plan *schedule.Plan) {
	orders := make(map[schedule.OrderID]bool, len(plan.Orders))
	for i := range plan.Orders {
		orders[plan.Orders[i].ID] = true
	}
	holds := func(why []schedule.Cause) bool {
		return len(why) > 0 && !slices.ContainsFunc(why, func(c schedule.Cause) bool { return c.Order != "" && !orders[c.Order] })
	}
	promises := make(map[schedule.LineID]*schedule.Promise, len(b.plan.Promises))
	for i := range b.plan.Promises {
		promises[b.plan.Promises[i].Line] = &b.plan.Promises[i]
	}
	for i := range plan.Promises {
		q := &plan.Promises[i]
		if was := promises[q.Line]; q.Late() && was != nil && was.Last.Equal(q.Last) && was.Short == q.Short && holds(was.Why) {
			q.Why = was.Why
		}
	}
	unplanned := map[schedule.OrderID][]schedule.Cause{}
	for i := range b.plan.Unplanned {
		unplanned[b.plan.Unplanned[i].Order] = b.plan.Unplanned[i].Why
	}
	for i := range plan.Unplanned {
		if q := &plan.Unplanned[i]; q.Order != "" && holds(unplanned[q.Order]) {
			q.Why = unplanned[q.Order]
		}
	}
}

// Changes lists what moved since the last Keep, in the sense of
// [schedule.Changes], by time. It takes time in proportion to what was done.
func (b *Board) Changes() []schedule.Change {
	s := b.s
	var list []schedule.Change
	for _, i := range b.touched() {
		o := &s.orders[i]
		id := o.id
		if o.existing >= 0 {
			id = s.p.Orders[o.existing].ID
		}
		lot := &s.past[o.past]
		add := func(step schedule.StepID, before, after int64) {
			c := schedule.Change{Order: id, Step: step, Before: s.time(before)}
			if after != never {
				c.After = s.time(after)
			}
			list = append(list, c)
		}
		if o.off {
			add("", lot.release, never)
		} else if o.release != lot.release {
			add("", lot.release, o.release)
		}
		for k := range lot.steps {
			p, was := &s.ops[o.first+int32(k)], &lot.steps[k]
			if was.mode == nobody || was.mode == history {
				continue
			}
			if o.off {
				add(s.stepOf(p).ID, was.from, never)
			} else if p.start != was.from || p.end != was.to || p.mode != was.mode {
				add(s.stepOf(p).ID, was.from, p.start)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b schedule.Change) int {
		return cmp.Or(a.Before.Compare(b.Before), cmp.Compare(a.Order, b.Order), cmp.Compare(a.Step, b.Step))
	})
	return list
}

// touched lists the orders of the plan in force that something was done to,
// each in its last form.
func (b *Board) touched() []int32 {
	s := b.s
	last := map[int32]int32{}
	note := func(i int32) {
		if p := s.orders[i].past; p != nobody {
			if at, known := last[p]; !known || i > at {
				last[p] = i
			}
		}
	}
	for _, e := range s.trail {
		switch e.kind {
		case createdOrder, takenOrder, takenDraft:
			note(e.index)
		case shrunkOp, placedOp:
			note(s.ops[e.index].order)
		}
	}
	list := make([]int32, 0, len(last))
	for _, i := range last {
		list = append(list, i)
	}
	slices.Sort(list)
	return list
}

// A LineChange is a contract line that is delivered otherwise than before.
type LineChange struct {
	// Position is where the line is among those of the problem.
	Position int
	// Before and After are when the last of it is delivered; zero if nothing is.
	Before, After time.Time
	// Lost is how much less of it is delivered; negative if it is more.
	Lost wip.Qty
	// Cost is how much more its lateness and shortage cost, by the objective.
	Cost int64
}

// Lines lists the lines that changed since the last Keep, in the order of the
// problem. It takes time in proportion to the deliveries.
func (b *Board) Lines() []LineChange {
	s := b.s
	now := make([]shipped, len(s.lines))
	for i := range s.ships {
		if h := &s.ships[i]; !h.off {
			now[h.line].qty, now[h.line].at = now[h.line].qty+h.qty, max(now[h.line].at, h.at)
		}
	}
	var list []LineChange
	for l := range b.kept.shipped {
		was, is := b.kept.shipped[l], now[l]
		if was == is {
			continue
		}
		c := LineChange{Position: s.lines[l].index, Lost: was.qty - is.qty}
		if was.qty > 0 {
			c.Before = s.time(was.at)
		}
		if is.qty > 0 {
			c.After = s.time(is.at)
		}
		c.Cost = s.priceOf(int32(l), is) - s.priceOf(int32(l), was)
		list = append(list, c)
	}
	return list
}

// priceOf estimates the penalty of a line of which so much is delivered, as if
// all of that were when the last is.
func (s *state) priceOf(l int32, d shipped) int64 {
	ln := &s.lines[l]
	cost := perUnitDay(ln.late, int64(d.qty), ln.scale, max(0, d.at-ln.due))
	short := int64(ln.Qty - d.qty)
	cost += mulDiv(ln.short, short, ln.scale) + perUnitDay(ln.late, short, ln.scale, max(0, s.horizon-ln.due))
	if short > 0 || d.at > ln.due {
		cost += s.objective.LateLine
	}
	return cost
}
