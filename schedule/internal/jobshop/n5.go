package jobshop

// n5 proposes to swap the first two and the last two operations of a block;
// only the last two of the first block of the path and only the first two of
// the last (Nowicki and Smutnicki, "A fast taboo search algorithm for the job
// shop problem", Management Science 42, 1996).
func n5(g *graph, block []int32, first, last bool, moves []insertion) []insertion {
	n := len(block)
	if n < 2 {
		return moves
	}
	if !first {
		moves = g.propose(moves, insertion{op: block[0], at: block[1], after: true})
	}
	if !last && (first || n > 2) {
		moves = g.propose(moves, insertion{op: block[n-2], at: block[n-1], after: true})
	}
	return moves
}
