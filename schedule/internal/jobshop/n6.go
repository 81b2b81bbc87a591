package jobshop

// n6 proposes to move each operation of a block right before its first or
// right behind its last (Balas and Vazacopoulos 1998, in the form of Zhang,
// Li, Guan and Rao, "A tabu search algorithm with a new neighborhood structure
// for the job shop scheduling problem", Computers & Operations Research 34,
// 2007).
func n6(g *graph, block []int32, first, last bool, moves []insertion) []insertion {
	n := len(block)
	if n < 2 {
		return moves
	}
	head, foot := block[0], block[n-1]
	for i := range n - 1 {
		moves = g.propose(moves, insertion{op: block[i], at: foot, after: true})
	}
	for i := 1; i < n; i++ {
		if n == 2 {
			break // the same swap
		}
		moves = g.propose(moves, insertion{op: block[i], at: head})
	}
	return moves
}

// propose appends the move if it is certainly feasible.
func (g *graph) propose(moves []insertion, m insertion) []insertion {
	if g.feasible(m) {
		moves = append(moves, m)
	}
	return moves
}
