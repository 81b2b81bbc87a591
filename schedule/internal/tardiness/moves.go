package tardiness

import "github.com/taktplan/takt/schedule/internal/disjunctive"

// candidates are the moves to be valued in a step, each once though it may lie
// on the paths to many jobs.
type candidates struct {
	list []disjunctive.Move
	seen []disjunctive.Move // the move last put at a hash
	step []int64            // and in which step
	now  int64
}

func newCandidates() candidates {
	const places = 1 << 12
	return candidates{
		list: make([]disjunctive.Move, 0, maxMoves),
		seen: make([]disjunctive.Move, places),
		step: make([]int64, places),
	}
}

// maxMoves bounds the moves gathered in a step.
const maxMoves = 4096

// work bounds what is looked at in a step, so that a step on a large shop takes
// no more than about a millisecond.
const work = 300_000

// draw returns the moves to be valued at some effort each: all, or if that were
// too much work some drawn at random.
func (c *candidates) draw(effort int, rnd *disjunctive.Random) []disjunctive.Move {
	most := max(4, work/max(1, effort))
	if len(c.list) <= most {
		return c.list
	}
	disjunctive.Shuffle(rnd, c.list)
	return c.list[:most]
}

func (c *candidates) reset() {
	c.list = c.list[:0]
	c.now++
}

// add puts a move on the list unless it is there or the list is full.
func (c *candidates) add(m disjunctive.Move) {
	h := (uint64(uint32(m.Mode))<<32 | uint64(uint32(m.At))) * 0x9E3779B97F4A7C15 >> 52
	if c.step[h] == c.now && c.seen[h] == m || len(c.list) == cap(c.list) {
		return
	}
	c.step[h], c.seen[h] = c.now, m
	c.list = append(c.list, m)
}

// blockMoves adds the moves of N7 in a critical block.
func (s *search) blockMoves(ops []int32) {
	disjunctive.EachN7(len(ops), func(from, to int) {
		v := ops[from]
		s.moves.add(disjunctive.Move{Op: v, Mode: s.g.Mode[v], At: s.g.Rank[ops[to]]})
	})
}

// insertions adds, for every other mode of v, its present place if the mode is
// of the same machine, otherwise the places before and behind the first
// operation of the mode's machine that ends after v could start.
func (s *search) insertions(v int32) {
	g := s.g
	modes := g.Shop.ModesOf(v)
	if len(modes) == 1 {
		return
	}
	start := g.NetworkStart(v)
	for i, mode := range modes {
		k := g.Shop.ModeStart[v] + int32(i)
		switch seq := g.Seq[mode.Machine]; {
		case mode.Machine != g.Machine(v):
			at := int32(g.FirstEndingAfter(seq, start))
			s.moves.add(disjunctive.Move{Op: v, Mode: k, At: at})
			if int(at) < len(seq) {
				s.moves.add(disjunctive.Move{Op: v, Mode: k, At: at + 1})
			}
		case k != g.Mode[v]:
			s.moves.add(disjunctive.Move{Op: v, Mode: k, At: g.Rank[v]})
		}
	}
}
