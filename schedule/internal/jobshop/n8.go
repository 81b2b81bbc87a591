package jobshop

// n8 proposes, besides the moves of n7, to move an operation of a block out of
// it: past the operations that follow the block on the machine, or in front
// of those that precede it, as long as the operation's own way to the sink, or
// from the source, still stays below the makespan there (Xie, Li, Gao and Gui,
// "A new neighbourhood structure for job shop scheduling problems",
// International Journal of Production Research 61, 2023; the limit is ours).
func n8(g *graph, block []int32, first, last bool, moves []insertion) []insertion {
	moves = n7(g, block, first, last, moves)
	if len(block) < 2 {
		return moves
	}
	// Any operation of the block is on a longest path.
	makespan := g.nodes[block[0]].end + g.nodes[block[0]].tail()
	for i, u := range block {
		a := &g.nodes[u]
		if i < len(block)-1 {
			rest := g.nodes[a.jobSucc].rest
			for w := g.nodes[block[len(block)-1]].machSucc; w < g.source() && g.nodes[w].end+rest < makespan; w = g.nodes[w].machSucc {
				moves = g.propose(moves, insertion{op: u, at: w, after: true})
			}
		}
		if i > 0 {
			end := g.nodes[a.jobPred].end
			for w := g.nodes[block[0]].machPred; w < g.source() && end+g.nodes[w].rest < makespan; w = g.nodes[w].machPred {
				moves = g.propose(moves, insertion{op: u, at: w})
			}
		}
	}
	return moves
}
