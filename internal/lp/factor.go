package lp

import "math"

// A factor holds B = L·R⁻¹·U of a basis matrix B: L and U from the
// factorisation, the row etas R and the changed columns of U from
// Forrest–Tomlin updates (update.go). Everything is addressed by the matrix
// row in which a column was pivoted, so the result of a solve needs no
// permutation: entry r belongs to the variable that is basic in row r.
//
// The basis is taken apart in the way of Suhl and Suhl (1990): logical
// columns, then row and column singletons, which need no arithmetic, then the
// usually small kernel with Markowitz' rule (1957).
type factor struct {
	m int

	l, lt, u, ut triangle  // L and U by columns, and their transposes
	pivot        []float64 // diagonal of U

	uOrder  []int32 // pivot rows, first to last; -1 where an update moved one
	uPlace  []int32 // where a pivot row stands in uOrder
	lOrder  []int32 // those with entries in their column of L
	ltOrder []int32 // those with entries in their row of L, last to first

	etaRow   []int32 // row etas of the updates
	etaStart []int
	etaIndex []int32
	etaValue []float64

	// What an update needs of the solves before it: the entering column after
	// L and R, and the unit vector of the pivot row after Uᵀ.
	spike, rowEta packed

	markowitz float64 // threshold of pivoting, see kernel.go
	buildWork int64   // effort of the factorisation and of the solves since,
	solveWork int64   // both counted in entries touched

	stack, order []int32 // scratch of the depth-first search
	next         []int
	seen         []bool
	kernel       kernel
}

// A triangle is a triangular matrix by columns, addressed by pivot row. Column
// r stands at begin[r] to end[r]; in a transpose there is room up to limit[r].
type triangle struct {
	begin, end []int
	limit      []int
	index      []int32
	value      []float64
}

// A packed vector is a list of positions and values.
type packed struct {
	index []int32
	value []float64
}

func (p *packed) take(v *vector) {
	p.index, p.value = p.index[:0], p.value[:0]
	for _, i := range v.idx {
		if x := v.val[i]; x > tinyValue || x < -tinyValue {
			p.index = append(p.index, i)
			p.value = append(p.value, x)
		}
	}
}

func (t *triangle) init(m int) {
	t.begin = make([]int, m)
	t.end = make([]int, m)
}

func (t *triangle) reset() {
	clear(t.begin)
	clear(t.end)
	t.index, t.value = t.index[:0], t.value[:0]
}

func (t *triangle) push(i int32, x float64) {
	t.index = append(t.index, i)
	t.value = append(t.value, x)
}

// transposeTo fills t with the transpose of from, leaving gap unused places
// behind every column.
func (from *triangle) transposeTo(t *triangle, order []int32, gap int) {
	clear(t.end)
	for _, r := range order {
		for k := from.begin[r]; k < from.end[r]; k++ {
			t.end[from.index[k]]++
		}
	}
	t.limit = grown(t.limit, len(t.end))
	at := 0
	for r, n := range t.end {
		t.begin[r], t.end[r] = at, at
		at += n + gap
		t.limit[r] = at
	}
	t.index = grown(t.index, at)
	t.value = grown(t.value, at)
	for _, r := range order {
		for k := from.begin[r]; k < from.end[r]; k++ {
			i := from.index[k]
			t.index[t.end[i]], t.value[t.end[i]] = r, from.value[k]
			t.end[i]++
		}
	}
}

// grown returns s with length n; what it holds is arbitrary.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		s = make([]T, n, n+n/4)
	}
	return s[:n]
}

func newFactor(m int) *factor {
	f := &factor{
		m:         m,
		pivot:     make([]float64, m),
		uPlace:    make([]int32, m),
		stack:     make([]int32, m+1),
		order:     make([]int32, m),
		next:      make([]int, m+1),
		seen:      make([]bool, m),
		markowitz: 0.1,
	}
	for _, t := range []*triangle{&f.l, &f.lt, &f.u, &f.ut} {
		t.init(m)
	}
	f.kernel.init(m)
	return f
}

// A repair says what was changed to make a basis of a set of variables that
// was none: which were thrown out as dependent or too many, and in which rows
// logicals were put in.
type repair struct {
	out  []int32 // variables
	rows []int32
}

// build factors the basis of the given variables. In head, which has an
// element per row, it leaves which of them was pivoted where. What the
// variables lack to be a basis it repairs.
func (f *factor) build(a *constraints, variables, head []int32) repair {
	for _, t := range []*triangle{&f.l, &f.lt, &f.u, &f.ut} {
		t.reset()
	}
	f.uOrder, f.lOrder, f.ltOrder = f.uOrder[:0], f.lOrder[:0], f.ltOrder[:0]
	f.etaRow, f.etaIndex, f.etaValue = f.etaRow[:0], f.etaIndex[:0], f.etaValue[:0]
	f.etaStart = append(f.etaStart[:0], 0)
	f.buildWork, f.solveWork = int64(f.m), 0

	fix := f.kernel.factorise(f, a, variables, head)

	for k, r := range f.uOrder {
		f.uPlace[r] = int32(k)
	}
	f.l.transposeTo(&f.lt, f.lOrder, 0)
	for k := len(f.uOrder) - 1; k >= 0; k-- {
		if r := f.uOrder[k]; f.lt.end[r] > f.lt.begin[r] {
			f.ltOrder = append(f.ltOrder, r)
		}
	}
	f.u.transposeTo(&f.ut, f.uOrder, 4)
	f.buildWork += int64(3*len(f.l.index) + 3*len(f.u.index))
	return fix
}

// pivoted records that the variable j was pivoted in row r.
func (f *factor) pivoted(head []int32, r, j int32, value float64) {
	head[r] = j
	f.pivot[r] = value
	f.uOrder = append(f.uOrder, r)
}

// updates is how many columns were replaced since build.
func (f *factor) updates() int { return len(f.etaRow) }

// stale says that the solves since the factorisation have cost as much as a
// new one would, so that it pays to make one. The minimum keeps small bases
// from being factored all the time; the maximum keeps the etas short.
func (f *factor) stale() bool {
	n := f.updates()
	return n >= 50 && f.solveWork > f.buildWork || n >= 2000
}

// distrust raises the pivot threshold after numerical trouble and says whether
// there was room to.
func (f *factor) distrust() bool {
	const highest = 0.5
	if f.markowitz >= highest {
		return false
	}
	f.markowitz = math.Min(highest, f.markowitz*5)
	return true
}
