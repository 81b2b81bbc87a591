package heuristic

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"github.com/taktplan/takt/wip"
)

// A repair improves a plan by planning lines again. A line that is late is
// taken out, with lines that may stand in its way, and all are planned anew as
// a proposal says. A try that does not lower the estimated cost of the lines
// it touches is undone, and so is one that makes a more important line later.
type repair struct {
	*state
	pcg  *rand.PCG
	cost []int64 // of each line
	// lasting keeps the trail, so that what was tried can be undone later.
	lasting bool
}

// A proposal is a way to plan some lines again: one after the other, some of
// them as early as possible. With more, the first makes that much more of its
// item, for the others.
type proposal struct {
	turns []turn
	more  wip.Qty
}

// A turn plans a line.
type turn struct {
	line    int32
	hurried bool
}

// patience is how many rounds may pass without improvement. Rounds differ by
// their random tries.
const patience = 6

// improve runs rounds of repair over the lines that are late, the worst first,
// until they do not help any more or step returns false. It calls step before
// each try.
func (s *state) improve(seed uint64, step func() bool) {
	r := &repair{state: s, pcg: rand.NewPCG(seed, 0), cost: make([]int64, len(s.lines))}
	for l := range r.cost {
		r.cost[l] = s.costOf(int32(l))
	}
	for idle := 0; idle < patience; idle++ {
		for _, l := range r.worst() {
			for _, p := range r.proposals(l, idle > 0) {
				if r.penalty(l) == 0 {
					break
				}
				if !step() {
					return
				}
				if r.try(l, p) {
					idle = -1
				}
			}
		}
	}
}

// worst lists the lines that are late or short, the most expensive first.
func (r *repair) worst() []int32 {
	var late []int32
	for l := range r.lines {
		if r.lines[l].Together == "" && r.penalty(int32(l)) > 0 {
			late = append(late, int32(l))
		}
	}
	slices.SortFunc(late, func(i, j int32) int {
		return cmp.Or(cmp.Compare(r.penalty(j), r.penalty(i)), cmp.Compare(i, j))
	})
	return late
}

// try plans lines again for the sake of l. It reports whether the plan is
// better; if not, all is as it was.
func (r *repair) try(l int32, p proposal) bool {
	mark := r.mark()
	lines := make([]int32, len(p.turns))
	before, old, why := make([]int64, len(lines)), make([][]part, len(lines)), make([]excuse, len(lines))
	for n, t := range p.turns {
		lines[n], before[n], old[n], why[n] = t.line, r.penalty(t.line), r.parts[t.line], r.why[t.line]
	}
	feasible := r.takeLines(lines)
	if feasible {
		r.replan(p)
	}
	if feasible && !r.crowded() && r.better(l, lines, before, r.changed(mark)) {
		for _, k := range lines {
			r.cost[k] = r.costOf(k)
		}
		if !r.lasting {
			r.trail = r.trail[:0]
		}
		return true
	}
	r.undo(mark)
	for n, k := range lines {
		r.parts[k], r.why[k] = old[n], why[n]
	}
	return false
}

// replan plans the lines of a proposal.
func (r *repair) replan(p proposal) {
	for n, t := range p.turns {
		if n == 0 && p.more > 0 {
			r.boost(r.lines[t.line].point, p.more)
		}
		r.hurried = t.hurried
		r.planLine(t.line)
		r.boost(nobody, 0)
	}
	r.hurried = false
}

// better reports whether the lines cost less than before by more than a price,
// and none that is more important than l is worse.
func (r *repair) better(l int32, lines []int32, penalties []int64, price int64) bool {
	gain := -price
	for n, k := range lines {
		gain += r.cost[k] - r.costOf(k)
		if k != l && r.outranks(k, l) && r.penalty(k) > penalties[n] {
			return false
		}
	}
	return gain > 0
}

// outranks reports whether line i is more important than j.
func (r *repair) outranks(i, j int32) bool {
	a, b := &r.lines[i], &r.lines[j]
	return cmp.Or(cmp.Compare(a.Status, b.Status), cmp.Compare(a.Priority, b.Priority)) < 0
}
