package jobshop

// n7 proposes, besides the moves of n6, to move the first or the last
// operation of a block to the inside (Zhang, Li, Guan and Rao 2007).
func n7(g *graph, block []int32, first, last bool, moves []insertion) []insertion {
	moves = n6(g, block, first, last, moves)
	n := len(block)
	for i := 2; i < n-1; i++ {
		moves = g.propose(moves, insertion{op: block[0], at: block[i], after: true})
	}
	for i := 1; i < n-2; i++ {
		moves = g.propose(moves, insertion{op: block[n-1], at: block[i]})
	}
	return moves
}
