package lp

import (
	"context"
	"math"
	"slices"
)

// presolve removes what can be decided without solving and returns the smaller
// program with the way back. The second result is false where p was found to
// have no optimum, or ctx was done; what is wrong with p is then for a simplex
// method on p itself to prove, since its proof must be one for p.
//
// The reductions are those of Brearley, Mitra & Williams, Analysis of
// mathematical programming problems prior to applying the simplex algorithm,
// Mathematical Programming 8 (1975), and Andersen & Andersen, Presolving in
// linear programming, Mathematical Programming 71 (1995), as far as an optimal
// basis of the smaller program can be turned into one of p without a pivot.
// Bounds implied by several columns are therefore used, but never imposed.
//
// It takes a few passes over the matrix, each linear in its entries but for
// the sorting of parallel lines.
func presolve(ctx context.Context, p *Problem) (*Problem, *postsolver, bool) {
	w := newPresolver(p)
	w.ctx = ctx
	for range maxPasses {
		before := w.removed
		for _, pass := range []func(){w.reduceRows, w.reduceColumns, w.mergeParallelRows, w.mergeParallelColumns} {
			if pass(); w.hopeless {
				return nil, nil, false
			}
		}
		if w.removed == before || float64(w.removed-before) < leastGain*float64(w.left()) {
			break
		}
	}
	q, post := w.finish()
	return q, post, !w.hopeless
}

const (
	// maxPasses and leastGain end presolve: when it has been over the program
	// often enough, or a pass has removed less than this share of it.
	maxPasses = 20
	leastGain = 0.001
	// presolveTol is the violation at which presolve calls a row or bound
	// contradictory. Smaller ones are rounding.
	presolveTol = 1e-9
	// leastPivot is the size, against the largest entry of its row, of an entry
	// that may be divided by to eliminate a column.
	leastPivot = 0.01
)

// An element is an entry in the list of its row or column.
type element struct {
	index int32 // of the column or row
	value float64
}

// A presolver is a program under reduction. Rows and columns keep the numbers
// they have in the given program; those removed are dead, and their entries in
// the lists of others are dropped when those are next looked at.
type presolver struct {
	rows, cols         [][]element
	rowAlive, colAlive []bool
	cost, cl, cu       []float64
	rl, ru             []float64
	offset             float64
	given              *Problem
	undo               []undoStep
	removed            int
	hopeless           bool // no optimum, or no time
	ctx                context.Context
}

// stopped reports whether to give up, at line i of a pass.
func (w *presolver) stopped(i int32) bool {
	if i&255 == 0 && w.ctx.Err() != nil {
		w.hopeless = true
	}
	return w.hopeless
}

func newPresolver(p *Problem) *presolver {
	w := &presolver{
		given: p, offset: p.Offset, cost: slices.Clone(p.Cost),
		rows: make([][]element, p.Rows()), cols: make([][]element, p.Cols()),
		rowAlive: make([]bool, p.Rows()), colAlive: make([]bool, p.Cols()),
		cl: boundsOf(p.ColLower), cu: boundsOf(p.ColUpper),
		rl: boundsOf(p.RowLower), ru: boundsOf(p.RowUpper),
	}
	w.fill(w.cols, w.colAlive, columns(p))
	w.fill(w.rows, w.rowAlive, transpose(p))
	return w
}

func boundsOf(given []float64) []float64 {
	bounds := make([]float64, len(given))
	for i, v := range given {
		bounds[i] = orInfinite(v)
	}
	return bounds
}

// fill cuts the lines of a matrix into lists without zeros.
func (w *presolver) fill(lists [][]element, alive []bool, a matrix) {
	all := make([]element, 0, len(a.index))
	for j := range lists {
		begin := len(all)
		for k := a.start[j]; k < a.start[j+1]; k++ {
			if a.value[k] != 0 {
				all = append(all, element{a.index[k], a.value[k]})
			}
		}
		lists[j], alive[j] = all[begin:len(all):len(all)], true
	}
}

// row returns the living entries of row i.
func (w *presolver) row(i int32) []element {
	w.rows[i] = slices.DeleteFunc(w.rows[i], func(e element) bool { return !w.colAlive[e.index] })
	return w.rows[i]
}

// col returns the living entries of column j.
func (w *presolver) col(j int32) []element {
	w.cols[j] = slices.DeleteFunc(w.cols[j], func(e element) bool { return !w.rowAlive[e.index] })
	return w.cols[j]
}

func (w *presolver) removeRow(i int32) {
	w.rowAlive[i] = false
	w.removed++
}

func (w *presolver) removeCol(j int32) {
	w.colAlive[j] = false
	w.removed++
}

// left returns the number of rows and columns alive.
func (w *presolver) left() int { return len(w.rows) + len(w.cols) - w.removed }

func (w *presolver) push(step undoStep) { w.undo = append(w.undo, step) }

// moveSides subtracts amount from the sides of row i.
func (w *presolver) moveSides(i int32, amount float64) {
	w.rl[i] -= amount
	w.ru[i] -= amount
}

// contradicts reports whether a lower bound is above an upper one by more than
// rounding, and notes that nothing can be done then.
func (w *presolver) contradicts(lower, upper float64) bool {
	size := 1 + math.Min(math.Abs(lower), math.Abs(upper))
	if lower > upper+presolveTol*size {
		w.hopeless = true
	}
	return w.hopeless
}

// finish makes the program of what is alive. Where ctx is done before, it is
// not complete, and w is hopeless.
func (w *presolver) finish() (*Problem, *postsolver) {
	q := &Problem{Name: w.given.Name, Offset: w.offset, Start: []int{0}}
	post := &postsolver{given: w.given, steps: w.undo}
	at := make([]int32, len(w.rows))
	for i := range int32(len(w.rows)) {
		if w.rowAlive[i] {
			at[i] = int32(q.AddRow(w.rl[i], w.ru[i]))
			post.rows = append(post.rows, i)
		}
	}
	var index []int32
	var value []float64
	for j := range int32(len(w.cols)) {
		if w.stopped(j) {
			break
		}
		if !w.colAlive[j] {
			continue
		}
		index, value = index[:0], value[:0]
		for _, e := range w.col(j) {
			index, value = append(index, at[e.index]), append(value, e.value)
		}
		q.AddCol(w.cost[j], w.cl[j], w.cu[j], index, value)
		post.cols = append(post.cols, j)
	}
	return q, post
}
