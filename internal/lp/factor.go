package lp

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

	uOrder []int32 // pivot rows, first to last; -1 where an update moved one
	// The same from last to first, behind room for as many updates as there
	// may be.
	backOrder []int32
	uPlace    []int32 // where a pivot row stands in uOrder
	lOrder    []int32 // pivot rows with entries in their column of L
	ltOrder   []int32 // those with entries in their row of L, last to first

	etaRow   []int32 // row etas of the updates
	etaStart []int
	etaIndex []int32
	etaValue []float64

	// What an update needs of the solves before it: the entering column after
	// L and R, and the unit vector of the pivot row after Uᵀ.
	spike, rowEta packed

	markowitz float64         // least size of a pivot, as a share of the largest entry of its column
	done      <-chan struct{} // ends a factorisation; nil for never
	buildWork int64           // effort of the factorisation and of the solves since,
	solveWork int64           // both counted in entries touched

	stack, order []int32 // scratch of the depth-first search
	next         []int
	seen         []bool
	before       []int32 // the head before build
	kernel       kernel
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

func newFactor(m int) *factor {
	f := &factor{
		m:         m,
		pivot:     make([]float64, m),
		uPlace:    make([]int32, m),
		backOrder: make([]int32, maxUpdates+m),
		stack:     make([]int32, m+1),
		order:     make([]int32, m),
		next:      make([]int, m+1),
		seen:      make([]bool, m),
		markowitz: usualThreshold,
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
	cut  bool // the factorisation was ended before: there are no factors
}

// build factors the basis of the given variables. In head, which has an
// element per row, it leaves which of them was pivoted where. What the
// variables lack to be a basis it repairs. Cut short, it leaves head as it was.
func (f *factor) build(a *constraints, variables, head []int32) repair {
	for _, t := range []*triangle{&f.l, &f.lt, &f.u, &f.ut} {
		t.reset()
	}
	f.uOrder, f.lOrder, f.ltOrder = f.uOrder[:0], f.lOrder[:0], f.ltOrder[:0]
	f.etaRow, f.etaIndex, f.etaValue = f.etaRow[:0], f.etaIndex[:0], f.etaValue[:0]
	f.etaStart = append(f.etaStart[:0], 0)
	f.buildWork, f.solveWork = int64(f.m), 0

	f.before = append(f.before[:0], head...)
	fix := f.kernel.factorise(f, a, variables, head)
	if fix.cut {
		copy(head, f.before)
		return fix
	}

	f.l.transposeTo(&f.lt, f.lOrder, 0)
	f.u.transposeTo(&f.ut, f.uOrder, 4)
	for k, r := range f.uOrder {
		f.uPlace[r] = int32(k)
		f.backOrder[maxUpdates+f.m-1-k] = r
	}
	for _, r := range f.backOrder[maxUpdates:] {
		if !f.lt.empty(r) {
			f.ltOrder = append(f.ltOrder, r)
		}
	}
	f.buildWork += int64(3*len(f.l.terms) + 3*len(f.u.terms))
	return fix
}

// pivoted records that the variable j was pivoted in row r.
func (f *factor) pivoted(head []int32, r, j int32, value float64) {
	head[r] = j
	f.pivot[r] = value
	f.uOrder = append(f.uOrder, r)
}

// interrupted says, every few pivots, whether to stop.
func (f *factor) interrupted() bool {
	const every = 16 // pivots, which take less than a millisecond
	if len(f.uOrder)%every != 0 {
		return false
	}
	select {
	case <-f.done:
		return true
	default:
		return false
	}
}

// updates is how many columns were replaced since build.
func (f *factor) updates() int { return len(f.etaRow) }

// minUpdates keeps small bases from being factored all the time, maxUpdates
// keeps the etas few.
const minUpdates, maxUpdates = 100, 2000

// stale says that the solves since the factorisation have cost as much as a
// new one would, so that it pays to make one.
func (f *factor) stale() bool {
	n := f.updates()
	return n >= minUpdates && f.solveWork > f.buildWork || n >= maxUpdates
}

// usualThreshold keeps multipliers at 2 or less. The bases of release planning
// are long chains, each period eliminated into the next: with the threshold of
// 0.1 that is usual elsewhere, entries grew to 1e15 on some, and the factors
// were those of no basis. At 0.5 there are hardly more entries, and no growth.
// highestThreshold is for bases that have caused trouble all the same.
const usualThreshold, highestThreshold = 0.5, 0.9

// distrust raises the pivot threshold after numerical trouble.
func (f *factor) distrust() { f.markowitz = highestThreshold }
