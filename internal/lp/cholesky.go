package lp

import (
	"context"
	"slices"
)

// A cholesky is the factor L of a sparse symmetric positive definite matrix,
// P M Pᵀ = L Lᵀ, in supernodes: runs of columns with the same rows below,
// stored as one dense panel each.
//
// The symbolic part (elimination tree, supernodes) follows Liu, The role of
// elimination trees in sparse factorization, SIAM J. Matrix Anal. Appl. 11
// (1990), with relaxed supernodes as in Ashcraft & Grimes (1989). The numeric
// part is the left-looking supernodal method of Ng & Peyton, Block sparse
// Cholesky algorithms on advanced uniprocessor computers, SIAM J. Sci. Comput.
// 14 (1993).
type cholesky struct {
	order    []int32 // order[k] is the row and column of M that is eliminated k-th
	position []int32 // its inverse
	first    []int32 // supernode s has the columns first[s] ≤ k < first[s+1]
	node     []int32 // the supernode of each column
	rowStart []int   // rows of supernode s: rows[rowStart[s]:rowStart[s+1]],
	rows     []int32 // ascending, its own columns first
	panel    []int   // where the panel of supernode s begins in values, row by row
	values   []float64
	flops    float64 // of one factorisation

	relative []int32 // scratch: row of the current panel, per row
	update   []float64
}

// analyse orders and analyses a symmetric matrix whose off-diagonal pattern is
// given, both ways round. It returns nil if ctx is done or a factorisation
// would take more operations than the budget.
func analyse(ctx context.Context, pattern matrix, budget float64) *cholesky {
	order := minimumDegree(ctx, pattern, budget)
	n := len(pattern.start) - 1
	if len(order) < n {
		return nil
	}
	parent := eliminationTree(pattern, order)
	order, parent = postorder(order, parent)
	c := &cholesky{order: order, position: inverse(order), relative: make([]int32, n)}
	counts := c.columnCounts(pattern, parent)
	for _, count := range counts {
		c.flops += float64(count) * float64(count)
	}
	c.findSupernodes(parent, counts)
	if c.flops > budget || ctx.Err() != nil {
		return nil
	}
	c.findRows(pattern, parent)
	return c
}

// inverse returns the inverse of a permutation.
func inverse(order []int32) []int32 {
	position := make([]int32, len(order))
	for k, i := range order {
		position[i] = int32(k)
	}
	return position
}

// eliminationTree returns the parent of each column in the given order, -1 for
// roots.
func eliminationTree(pattern matrix, order []int32) []int32 {
	position := inverse(order)
	parent := make([]int32, len(order))
	ancestor := make([]int32, len(order))
	for k, i := range order {
		parent[k], ancestor[k] = -1, -1
		for _, other := range pattern.index[pattern.start[i]:pattern.start[i+1]] {
			for j := position[other]; j < int32(k); {
				up := ancestor[j]
				ancestor[j] = int32(k)
				if up == -1 {
					parent[j] = int32(k)
				}
				if up == -1 || up == int32(k) {
					break
				}
				j = up
			}
		}
	}
	return parent
}

// postorder renumbers the columns so that every subtree is a run that ends
// with its root.
func postorder(order, parent []int32) (newOrder, newParent []int32) {
	n := len(order)
	child, sibling := make([]int32, n), make([]int32, n)
	for k := range child {
		child[k] = -1
	}
	var stack []int32
	for k := n - 1; k >= 0; k-- {
		if up := parent[k]; up >= 0 {
			sibling[k], child[up] = child[up], int32(k)
		}
	}
	sequence := make([]int32, 0, n)
	for root := range int32(n) {
		if parent[root] >= 0 {
			continue
		}
		for stack = append(stack, root); len(stack) > 0; {
			k := stack[len(stack)-1]
			if c := child[k]; c >= 0 {
				child[k] = sibling[c]
				stack = append(stack, c)
				continue
			}
			sequence = append(sequence, k)
			stack = stack[:len(stack)-1]
		}
	}
	at := inverse(sequence)
	newOrder, newParent = make([]int32, n), make([]int32, n)
	for k, old := range sequence {
		newOrder[k], newParent[k] = order[old], -1
		if up := parent[old]; up >= 0 {
			newParent[k] = at[up]
		}
	}
	return newOrder, newParent
}

// columnCounts returns the number of entries of each column of L, diagonal
// included, by walking every row's subtree.
func (c *cholesky) columnCounts(pattern matrix, parent []int32) []int32 {
	counts, seen := make([]int32, len(parent)), make([]int32, len(parent))
	for k, i := range c.order {
		counts[k]++
		seen[k] = int32(k)
		for _, other := range pattern.index[pattern.start[i]:pattern.start[i+1]] {
			for j := c.position[other]; j < int32(k) && seen[j] != int32(k); j = parent[j] {
				counts[j]++
				seen[j] = int32(k)
			}
		}
	}
	return counts
}

// relaxed says whether a supernode of the given width may hold the given share
// of explicit zeros, which cost arithmetic but save indexing.
func relaxed(width int32, zeros, entries float64) bool {
	share := zeros / entries
	return width <= 4 || width <= 16 && share < 0.5 || width <= 48 && share < 0.1 || share < 0.05
}

// findSupernodes splits the columns into runs: a column joins the run of its
// last child where both have the same rows, and two runs join where few zeros
// come in.
func (c *cholesky) findSupernodes(parent, counts []int32) {
	n := int32(len(parent))
	type run struct {
		first int32
		size  float64 // rows of its first column
		zeros float64
	}
	var runs []run
	for k := range n {
		runs = append(runs, run{first: k, size: float64(counts[k])})
		for len(runs) > 1 {
			child, own := runs[len(runs)-2], runs[len(runs)-1]
			if parent[own.first-1] != own.first {
				break
			}
			w := float64(own.first - child.first)
			zeros := child.zeros + own.zeros + w*(own.size+w-child.size)
			width := k + 1 - child.first
			size := own.size + w
			entries := size*float64(width) - float64(width)*float64(width-1)/2
			if zeros > 0 && !relaxed(width, zeros, entries) {
				break
			}
			runs = append(runs[:len(runs)-2], run{child.first, size, zeros})
		}
	}
	c.node = make([]int32, n)
	for s, r := range runs {
		c.first = append(c.first, r.first)
		end := n
		if s+1 < len(runs) {
			end = runs[s+1].first
		}
		for k := r.first; k < end; k++ {
			c.node[k] = int32(s)
		}
	}
	c.first = append(c.first, n)
}

// findRows computes the rows of every supernode from its columns and its
// children.
func (c *cholesky) findRows(pattern matrix, parent []int32) {
	count := len(c.first) - 1
	children := make([][]int32, count)
	seen := make([]int32, len(parent))
	for i := range seen {
		seen[i] = -1
	}
	c.rowStart = []int{0}
	c.panel = []int{0}
	for s := range int32(count) {
		from, end := c.first[s], c.first[s+1]
		begin := len(c.rows)
		add := func(k int32) {
			if k >= end && seen[k] != s {
				seen[k] = s
				c.rows = append(c.rows, k)
			}
		}
		for k := from; k < end; k++ {
			c.rows = append(c.rows, k)
		}
		for k := from; k < end; k++ {
			i := c.order[k]
			for _, other := range pattern.index[pattern.start[i]:pattern.start[i+1]] {
				add(c.position[other])
			}
		}
		for _, child := range children[s] {
			for _, k := range c.rows[c.rowStart[child]:c.rowStart[child+1]] {
				add(k)
			}
		}
		children[s] = nil
		slices.Sort(c.rows[begin:])
		c.rowStart = append(c.rowStart, len(c.rows))
		c.panel = append(c.panel, c.panel[s]+(len(c.rows)-begin)*int(end-from))
		if len(c.rows)-begin > int(end-from) {
			up := c.node[c.rows[begin+int(end-from)]]
			children[up] = append(children[up], s)
		}
	}
}

// shape returns the rows, panel and width of supernode s.
func (c *cholesky) shape(s int32) (rows []int32, panel []float64, width int) {
	return c.rows[c.rowStart[s]:c.rowStart[s+1]], c.values[c.panel[s]:c.panel[s+1]], int(c.first[s+1] - c.first[s])
}

// A columnSource adds column k of the permuted matrix, on and below the
// diagonal, to a panel: the entry in row r to at[int(row[r])*width].
type columnSource interface {
	addColumn(k int32, row []int32, at []float64, width int)
}

// factor computes the factor of the matrix that source gives. Pivots not above
// tiny times the diagonal entry are taken as zero; it returns how many were,
// and false if ctx is done before the end.
func (c *cholesky) factor(ctx context.Context, source columnSource, tiny float64) (replaced int, ok bool) {
	if c.values == nil {
		c.values = make([]float64, c.panel[len(c.panel)-1])
	}
	clear(c.values)
	count := len(c.first) - 1
	pending := make([]int32, count) // supernodes that next update s, as a list
	next := make([]int32, count)
	done := make([]int, count) // rows of each that are used up
	for s := range pending {
		pending[s] = -1
	}
	least := make([]float64, len(c.order))
	work := 0
	for s := range int32(count) {
		rows, panel, w := c.shape(s)
		for i, r := range rows {
			c.relative[r] = int32(i)
		}
		for k := c.first[s]; k < c.first[s+1]; k++ {
			j := int(k - c.first[s])
			source.addColumn(k, c.relative, panel[j:], w)
			least[j] = tiny * panel[j*w+j]
		}
		for d := pending[s]; d >= 0; {
			following := next[d]
			work += c.apply(d, s, panel, w, done)
			c.schedule(d, done[d], pending, next)
			if work > 1<<21 {
				work = 0
				if ctx.Err() != nil {
					return replaced, false
				}
			}
			d = following
		}
		replaced += factorPanel(panel, w, least[:w])
		work += len(rows) * w * w
		done[s] = w
		c.schedule(s, w, pending, next)
	}
	return replaced, true
}

// schedule puts supernode d, of which the first rows are used up, on the list
// of the supernode that its next row belongs to.
func (c *cholesky) schedule(d int32, used int, pending, next []int32) {
	rows := c.rows[c.rowStart[d]:c.rowStart[d+1]]
	if used < len(rows) {
		s := c.node[rows[used]]
		next[d], pending[s] = pending[s], d
	}
}

// apply subtracts from the panel of s what the earlier supernode d contributes,
// and returns the work.
func (c *cholesky) apply(d, s int32, panel []float64, w int, done []int) int {
	rows, from, k := c.shape(d)
	begin := done[d]
	end := begin
	for end < len(rows) && rows[end] < c.first[s+1] {
		end++
	}
	m, n := len(rows)-begin, end-begin
	if cap(c.update) < m*n {
		c.update = make([]float64, m*n)
	}
	u := c.update[:m*n]
	clear(u)
	subtractProduct(u, n, from[begin*k:], k, from[begin*k:], k, m, n, k)
	for i := range m {
		target := panel[int(c.relative[rows[begin+i]])*w:]
		for j := range min(n, i+1) {
			target[rows[begin+j]-c.first[s]] += u[i*n+j]
		}
	}
	done[d] = end
	return m * n * k
}

// solve overwrites b with the solution of M x = b.
func (c *cholesky) solve(b []float64) {
	x := make([]float64, len(b))
	for k, i := range c.order {
		x[k] = b[i]
	}
	count := int32(len(c.first) - 1)
	for s := range count {
		rows, panel, w := c.shape(s)
		own := x[c.first[s]:c.first[s+1]]
		for j := range own {
			own[j] = (own[j] - dot(panel[j*w:j*w+j], own[:j])) / panel[j*w+j]
		}
		for i := w; i < len(rows); i++ {
			x[rows[i]] -= dot(panel[i*w:i*w+w], own)
		}
	}
	for s := count - 1; s >= 0; s-- {
		rows, panel, w := c.shape(s)
		own := x[c.first[s]:c.first[s+1]]
		for i := w; i < len(rows); i++ {
			axpy(-x[rows[i]], panel[i*w:i*w+w], own)
		}
		for j := len(own) - 1; j >= 0; j-- {
			own[j] /= panel[j*w+j]
			axpy(-own[j], panel[j*w:j*w+j], own[:j])
		}
	}
	for k, i := range c.order {
		b[i] = x[k]
	}
}
