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

// maxMoves bounds the moves valued in a step.
const maxMoves = 4096

func (c *candidates) reset() {
	c.list = c.list[:0]
	c.now++
}

// add puts a move on the list unless it is there.
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

// insertions adds, for every other machine that can do v, the places before
// and behind the first operation there that ends after v could start.
func (s *search) insertions(v int32) {
	g := s.g
	modes := g.Shop.ModesOf(v)
	if len(modes) == 1 {
		return
	}
	here := g.Machine(v)
	start := g.NetworkStart(v)
	for i, mode := range modes {
		if mode.Machine == here {
			continue
		}
		seq := g.Seq[mode.Machine]
		at := g.FirstEndingAfter(seq, start)
		for _, place := range [2]int{at, at + 1} {
			if place <= len(seq) {
				s.moves.add(disjunctive.Move{Op: v, Mode: g.Shop.ModeStart[v] + int32(i), At: int32(place)})
			}
		}
	}
}
