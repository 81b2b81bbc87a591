package heuristic

// dropLines takes the lines from number n on off the board.
func (b *Board) dropLines(n int) {}
