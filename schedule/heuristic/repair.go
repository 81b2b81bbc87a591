package heuristic

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"github.com/taktplan/takt/wip"
)

// A repair improves a plan by planning units, lines or groups that ship
// together, again. One that is late is taken out, with others that may stand in
// its way, and all are planned anew as a proposal says. A try that does not
// help is undone: how lines are served counts by rank, as in construction, and
// within a rank by what lateness and shortage cost; then all other costs count.
// So nothing that is more important is served worse for the sake of others.
type repair struct {
	*state
	pcg      *rand.PCG
	units    []unit
	unitOf   []int32 // of each line
	cost     []int64 // of each unit
	web      web
	advances []int32 // approved orders that may be moved
	// lasting keeps the trail, so that what was tried can be undone later, and
	// nothing that costs more as a whole.
	lasting bool
}

// A proposal is a way to plan some units again: one after the other. With more,
// the first makes that much more of an item at a point, for the others.
type proposal struct {
	turns []turn
	point int32
	more  wip.Qty
	// chain goes on for whoever lost its place, with those in its way.
	chain bool
}

// A turn plans a unit, or an approved order anew.
type turn struct {
	unit    int32 // or nobody
	order   int32 // of Problem.Orders, if there is no unit
	hurried bool  // its supplies are as early as possible
	pieces  int64 // into how many lots, at least, what is late is split; 0: none
}

// patience is how many rounds may pass without improvement. In the first of them
// costlier tries are made; the others differ by their random ones.
const patience = 6

func (s *state) newRepair(seed uint64) *repair {
	r := &repair{state: s, pcg: rand.NewPCG(seed, 0), units: s.rank(), unitOf: make([]int32, len(s.lines)), web: newWeb(s.model)}
	r.cost = make([]int64, len(r.units))
	for u := range r.units {
		for _, l := range r.units[u].lines {
			r.unitOf[l] = int32(u)
		}
		r.cost[u] = r.unitCost(int32(u))
	}
	r.advances = s.movable()
	s.spared = make([][]part, len(s.lines))
	return r
}

// improve runs rounds of repair over the units that are late, the worst first,
// until they do not help any more or step returns false. It calls step before
// each try.
func (s *state) improve(seed uint64, step func() bool) {
	r := s.newRepair(seed)
	for idle := 0; idle < patience; idle++ {
		for _, u := range r.worst() {
			for _, p := range r.proposals(u, idle) {
				if r.unitPenalty(u) == 0 {
					break
				}
				if !step() {
					return
				}
				if r.try(u, p, step) {
					idle = -1
				}
			}
		}
	}
}

// worst lists the units that are late or short, the most expensive first.
func (r *repair) worst() []int32 {
	var late []int32
	penalty := make([]int64, len(r.units))
	for u := range r.units {
		if penalty[u] = r.unitPenalty(int32(u)); penalty[u] > 0 {
			late = append(late, int32(u))
		}
	}
	slices.SortFunc(late, func(i, j int32) int {
		return cmp.Or(cmp.Compare(penalty[j], penalty[i]), cmp.Compare(i, j))
	})
	return late
}

// unitCost is costOf for all lines of a unit.
func (r *repair) unitCost(u int32) (sum int64) {
	for _, l := range r.units[u].lines {
		sum += r.costOf(l)
	}
	return sum
}

// unitPenalty is penalty for all lines of a unit.
func (r *repair) unitPenalty(u int32) (sum int64) {
	for _, l := range r.units[u].lines {
		sum += r.penalty(l)
	}
	return sum
}

// try carries out a proposal for the sake of u. It reports whether the plan is
// better; if not, all is as it was.
func (r *repair) try(u int32, p proposal, step func() bool) bool {
	a := r.newAttempt()
	if a.takeAll(p.turns) && a.replan(p) && (a.accepted() || p.chain && a.eject(u, step)) {
		a.commit()
		return true
	}
	a.restore()
	return false
}

// outranks reports whether unit i is more important than j.
func (r *repair) outranks(i, j int32) bool {
	a, b := &r.lines[r.units[i].lines[0]], &r.lines[r.units[j].lines[0]]
	return cmp.Or(cmp.Compare(a.Status, b.Status), cmp.Compare(a.Priority, b.Priority)) < 0
}

// below returns a number in [0, n).
func (r *repair) below(n int) int { return below(r.pcg, n) }
