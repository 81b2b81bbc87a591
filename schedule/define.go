package schedule

import (
	"math"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/wip"
)

// This file holds the definitions of amounts and times that planners,
// verifier and callers share. There is no other copy of them.

// Next returns the size of the first lot for a net requirement of q > 0: at
// least Minimum, a multiple of Multiple, at most Maximum. What is left of q is
// for further lots. With FixedLot it is Size. A Maximum that allows no lot
// (below the minimum, once that is raised to a multiple) is not respected;
// Validate reports it.
func (l Lot) Next(q wip.Qty) wip.Qty {
	if l.Rule == FixedLot && l.Size > 0 {
		return l.Size
	}
	q = roundUp(max(q, l.Minimum), l.Multiple)
	if l.Maximum > 0 && q > l.Maximum {
		top := l.Maximum
		if l.Multiple > 1 {
			top -= top % l.Multiple
		}
		if top > 0 && top >= l.Minimum {
			q = top
		}
	}
	return q
}

// Allows reports whether a lot of q keeps to l.
func (l Lot) Allows(q wip.Qty) bool {
	if q <= 0 {
		return false
	}
	if l.Rule == FixedLot && l.Size > 0 {
		return q == l.Size
	}
	return q >= l.Minimum && (l.Maximum == 0 || q <= l.Maximum) && (l.Multiple <= 1 || q%l.Multiple == 0)
}

// zero reports whether l says nothing.
func (l Lot) zero() bool { return l == Lot{} }

// For returns the lot rule that holds for an item obtained from s when none of
// its dated ones does.
func (s Source) For(item *Item) Lot {
	if s.Lot.zero() {
		return item.Lot
	}
	return s.Lot
}

// LotAt returns the lot rule that holds for an item obtained from s by what
// starts at an instant: the first of s.Lots that is effective then, or else
// that of [Source.For].
func (s *Source) LotAt(item *Item, at time.Time) Lot {
	for i := range s.Lots {
		if s.Lots[i].Effective.Contains(at) {
			return s.Lots[i].Lot
		}
	}
	return s.For(item)
}

func roundUp(q, m wip.Qty) wip.Qty {
	if m <= 1 {
		return q
	}
	if r := q % m; r != 0 {
		q += m - r
	}
	return q
}

// Amount returns how much of the component a lot consumes of which q base
// units enter the step, where a whole unit of the routing's item is scale base
// units: ⌈Per·q/scale · 1000/(1000−Loss)⌉ plus ⌈Fixed · 1000/(1000−Loss)⌉. It
// saturates at the largest Qty.
func (n Need) Amount(q wip.Qty, scale int64) wip.Qty {
	keep := int64(1000 - n.Loss)
	return add(timesUp(times(n.Per, 1000), int64(q), keep*scale*n.whole()), timesUp(n.Fixed, 1000, keep))
}

// AmountOf is Amount with an alternate in place of the need's own item.
func (n Need) AmountOf(a Alternate, q wip.Qty, scale int64) wip.Qty {
	if a.Per != 0 {
		n.Per = a.Per
	}
	if a.Fixed != 0 {
		n.Fixed = a.Fixed
	}
	return n.Amount(q, scale)
}

// whole returns the number of whole units that Per is for.
func (n Need) whole() int64 { return max(1, n.base) }

// Amount returns how much of the product an order of q base units makes:
// ⌊Per·q/scale⌋ + Fixed.
func (c Product) Amount(q wip.Qty, scale int64) wip.Qty {
	n, ok := c.Per.MulDiv(int64(q), scale)
	if !ok {
		n = math.MaxInt64
	}
	return add(n, c.Fixed)
}

// Input returns how much has to enter the step so that q good units leave it.
func (s *Step) Input(q wip.Qty) wip.Qty {
	if s.Yield == 0 || s.Yield == 1000 {
		return q
	}
	return timesUp(q, 1000, int64(s.Yield))
}

// Work returns the time on the machine for a lot of which q base units enter
// the step, at an efficiency of 1000 thousandths and without changeover: setup
// = Setup, run = Fixed + PerUnit·q/scale + PerBatch·⌈q/Batch⌉, each rounded up
// to whole ticks. It is the only definition of processing time in this module.
// A run that would pass 100 years takes 100 years.
func (m *Mode) Work(s *Step, q wip.Qty, scale int64, tick time.Duration) (setup, run time.Duration) {
	batches := wip.Qty(1)
	if s.Batch > 0 {
		batches = timesUp(q, 1, int64(s.Batch))
	}
	total := add(wip.Qty(m.Fixed), add(
		timesUp(wip.Qty(m.PerUnit), int64(q), scale),
		times(wip.Qty(m.PerBatch), int64(batches))))
	return ceilTick(m.Setup, tick), ceilTick(min(maxWork, time.Duration(total)), tick)
}

const maxWork = 100 * 366 * 24 * time.Hour

func ceilTick(d, tick time.Duration) time.Duration {
	if r := d % tick; r != 0 {
		d += tick - r
	}
	return d
}

// AtEfficiency returns the working time that d takes at an efficiency in
// thousandths (0 means 1000), rounded up to whole ticks.
func AtEfficiency(d time.Duration, efficiency int, tick time.Duration) time.Duration {
	if efficiency == 0 || efficiency == 1000 {
		return d
	}
	return ceilTick(min(maxWork, time.Duration(timesUp(wip.Qty(d), 1000, int64(efficiency)))), tick)
}

// Scale returns the base units in a whole unit of the item.
func (x *Item) Scale() int64 {
	scale := int64(1)
	for range x.Unit.Decimals {
		scale *= 10
	}
	return scale
}

// add, times and timesUp saturate at the largest Qty; their arguments are not
// negative.
func add(a, b wip.Qty) wip.Qty {
	if sum, ok := a.Add(b); ok {
		return sum
	}
	return math.MaxInt64
}

func times(a wip.Qty, n int64) wip.Qty { return timesUp(a, n, 1) }

func timesUp(a wip.Qty, n, div int64) wip.Qty {
	if q, ok := a.MulDivUp(n, div); ok {
		return q
	}
	return math.MaxInt64
}

// Resource returns what serves a use of the mode m of an operation: the one
// that the operation names, else the one that the mode does.
func (o *Operation) Resource(m *Mode, use int) ResourceID {
	if use < len(o.Resources) {
		return o.Resources[use]
	}
	return m.Uses[use].Resource
}

// Machine returns what serves the first use of the mode m of an operation, or
// the empty ID if the mode has no uses.
func (o *Operation) Machine(m *Mode) ResourceID {
	if len(m.Uses) == 0 {
		return ""
	}
	return o.Resource(m, 0)
}

// Count returns the number of units.
func (u Use) Count() int { return max(1, u.Units) }

// Count returns the number of units.
func (h Hold) Count() int { return max(1, h.Units) }

// Take returns what a lot of q base units takes of the bucket of a resource that
// holds its start: Fixed + PerUnit·q/scale, or if both are 0, all units for the
// working time of the mode, without changeover, that is given as work.
func (u Use) Take(q wip.Qty, scale int64, work time.Duration) capacity.Work {
	if u.Fixed == 0 && u.PerUnit == 0 {
		return capacity.Of(u.Count(), work)
	}
	total := add(wip.Qty(u.Fixed), timesUp(wip.Qty(u.PerUnit), int64(q), scale))
	return capacity.Of(1, min(maxWork, time.Duration(total)))
}

// ToDo returns how much of q base units that enter the step is still to be
// done: what has not come out of it as good or scrap. s may be nil.
func (s *StepState) ToDo(q wip.Qty) wip.Qty {
	if s == nil {
		return q
	}
	return max(0, q-s.Progress.Good-s.Progress.Scrap)
}

// A Processing is a lot at a step, in one of its modes on one machine: all that
// its working time depends on.
type Processing struct {
	Step       *Step
	Mode       *Mode
	Qty        wip.Qty // that enters the step
	Scale      int64   // base units in a whole unit of the routing's item
	Efficiency int     // of the machine, in thousandths; 0 means 1000
	Tick       time.Duration
}

// Time returns the working time of the whole lot, without changeover: that of
// [Mode.Work], the run at the machine's efficiency.
func (p *Processing) Time() (setup, run time.Duration) {
	setup, run = p.Mode.Work(p.Step, p.Qty, p.Scale, p.Tick)
	return setup, AtEfficiency(run, p.Efficiency, p.Tick)
}

// Left returns what is left of the working time of a lot of which s, which may
// be nil, says how far it has come. It is the only definition of that:
//
//   - What has come out of the step, good or scrap, takes no more time. If that is
//     all, there is none left, fixed time included.
//   - Of a started step, the setup is over when something has come out, and before
//     that but for [StepState.Setup] less what has been spent.
//   - What was spent on what is in hand is taken off the run: Progress.Spent less
//     that setup and less the standard time of what has come out. As long as
//     nothing has, the whole lot is in hand; from then on it is no more than the
//     fixed time and a transfer lot, a batch, or one whole unit, so that work that
//     is slower than its standard does not seem to be nearly done.
//   - As long as anything is to come out of a step that takes time, a tick is
//     left.
func (p *Processing) Left(s *StepState) (setup, run time.Duration) {
	todo := s.ToDo(p.Qty)
	if s == nil || !s.Started && todo == p.Qty {
		return p.Time()
	}
	spent := time.Duration(0)
	if setup = p.Mode.Setup; s.Started {
		setup, spent = 0, max(0, s.Progress.Spent-s.Setup)
		if todo == p.Qty {
			setup = max(0, s.Setup-s.Progress.Spent)
		}
	}
	setup = ceilTick(setup, p.Tick)
	if todo == 0 {
		return setup, 0
	}
	rest, inHand := p.run(todo), todo
	if todo < p.Qty {
		inHand = min(todo, max(wip.Qty(p.Scale), p.Step.Batch, p.Step.Transfer))
	}
	over := min(max(0, spent-(p.run(p.Qty)-rest)), p.run(inHand))
	return setup, max(ceilTick(rest-over, p.Tick), min(rest, p.Tick))
}

// run returns the run time of a part of the lot, with what is spent once.
func (p *Processing) run(q wip.Qty) time.Duration {
	part := *p
	part.Qty = q
	_, run := part.Time()
	return run
}
