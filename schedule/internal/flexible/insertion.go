package flexible

import "github.com/taktplan/takt/schedule/internal/disjunctive"

// insertions considers critical operation v in every other mode: where it
// stands if the mode is of the same machine, otherwise on the mode's machine
// (Mastrolilli & Gambardella 2000). There, let L be the operations that end
// after v could start and R those from whose start more is to come than after
// v's end. L is a suffix of the sequence and R a prefix. Behind R\L and before
// L\R every place is free of cycles, and one of these places is the best on
// the machine.
//
// The paper takes L and R in the graph without v. Here they come from the
// graph with v: ends and rests are then never smaller, every path that could
// close a cycle is in both graphs, and so the places remain free of cycles.
// What is lost is sharpness of the value for operations that follow v on its
// present machine, which are seldom near.
func (s *search) insertions(v int32) {
	g := s.g
	modes := g.Shop.ModesOf(v)
	if len(modes) == 1 {
		return
	}
	here := g.Machine(v)
	start, rest := g.NetworkStart(v), g.NetworkRest(v)
	gap := s.closedGap(v)
	for i, mode := range modes {
		k := g.Shop.ModeStart[v] + int32(i)
		switch {
		case mode.Machine != here:
			s.insertInto(v, k, mode, start, rest, gap)
		case k != g.Mode[v]:
			nd := &g.Node[v]
			through := max(start, g.Node[nd.MP].End) + mode.Time + max(rest, g.Node[nd.MS].Rest)
			s.tabu.Offer(disjunctive.Move{Op: v, Mode: k, At: g.Rank[v]}, through)
		}
	}
}

// insertInto offers the best places for v in the sequence of one mode, unless
// a better move has been offered than any of them could be.
func (s *search) insertInto(v, k int32, mode disjunctive.Mode, start, rest, gap int64) {
	g := s.g
	undelayed := max(gap, start+mode.Time+rest)
	if s.tabu.Beaten(undelayed) {
		return
	}
	seq := g.Seq[mode.Machine]
	late := s.firstLate(seq, v, start)
	early := s.endOfEarly(seq, v, rest)
	if early < late { // between them v delays nothing
		s.tabu.Offer(disjunctive.Move{Op: v, Mode: k, At: int32(early)}, undelayed)
		return
	}
	for at := late; at <= early; at++ {
		head, tail := start, rest
		if at > 0 {
			head = max(head, g.Node[seq[at-1]].End)
		}
		if at < len(seq) {
			tail = max(tail, g.Node[seq[at]].Rest)
		}
		s.tabu.Offer(disjunctive.Move{Op: v, Mode: k, At: int32(at)}, max(gap, head+mode.Time+tail))
	}
}

// firstLate returns where L begins: the first operation that ends after
// start. An operation that ends with it counts if it stands behind v in the
// topological order, so that what follows from v is in L and what leads to v
// is not, even with operations that take no time.
func (s *search) firstLate(seq []int32, v int32, start int64) int {
	g := s.g
	lo, hi := 0, len(seq)
	for lo < hi {
		mid := (lo + hi) / 2
		x := seq[mid]
		end := g.Node[x].End
		if end > start || end == start && g.Pos[x] > g.Pos[v] {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}

// endOfEarly returns where R ends: behind the last operation with more to
// come than rest. Equality is decided as in firstLate.
func (s *search) endOfEarly(seq []int32, v int32, rest int64) int {
	g := s.g
	lo, hi := 0, len(seq)
	for lo < hi {
		mid := (lo + hi) / 2
		x := seq[mid]
		r := g.Node[x].Rest
		if r > rest || r == rest && g.Pos[x] < g.Pos[v] {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// closedGap returns the longest path through v's machine neighbours once v
// has left, by present ends and rests: an insertion elsewhere that promises
// less than that is not worth more.
func (s *search) closedGap(v int32) int64 {
	g := s.g
	before, after := g.Node[v].MP, g.Node[v].MS
	none := int32(g.Shop.Ops)
	end, rest := g.Node[before].End, g.Node[after].Rest
	gap := end + rest
	if after != none {
		gap = max(gap, g.NetworkStart(after)+rest)
	}
	if before != none {
		gap = max(gap, end+g.NetworkRest(before))
	}
	return gap
}
