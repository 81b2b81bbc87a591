package lp

// A triangle is a triangular matrix by columns, addressed by pivot row.
type triangle struct {
	cols  []span
	terms []term
}

// A span is where a column stands: at begin to end, with room up to limit.
type span struct{ begin, end, limit int }

// A term is an entry of a column. Index and value lie together, since most
// columns have few entries and are come upon at random.
type term struct {
	value float64
	index int32
}

func (t *triangle) init(m int) { t.cols = make([]span, m) }

func (t *triangle) reset() {
	clear(t.cols)
	t.terms = t.terms[:0]
}

// begin starts column r at the end of the store, close ends it there.
func (t *triangle) begin(r int32) { t.cols[r].begin = len(t.terms) }
func (t *triangle) close(r int32) { t.cols[r].end = len(t.terms) }

func (t *triangle) push(i int32, x float64) { t.terms = append(t.terms, term{x, i}) }

// column returns the entries of column r.
func (t *triangle) column(r int32) []term { return t.terms[t.cols[r].begin:t.cols[r].end] }

func (t *triangle) empty(r int32) bool { return t.cols[r].begin == t.cols[r].end }

// transposeTo fills t with the transpose of from, of which order lists the
// columns that are not empty, leaving gap unused places behind every column.
func (from *triangle) transposeTo(t *triangle, order []int32, gap int) {
	for r := range t.cols {
		t.cols[r].end = 0
	}
	for _, r := range order {
		for _, e := range from.column(r) {
			t.cols[e.index].end++
		}
	}
	at := 0
	for r := range t.cols {
		c := &t.cols[r]
		n := c.end + gap
		c.begin, c.end, c.limit = at, at, at+n
		at += n
	}
	t.terms = grown(t.terms, at)
	for _, r := range order {
		for _, e := range from.column(r) {
			c := &t.cols[e.index]
			t.terms[c.end] = term{e.value, r}
			c.end++
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

// unlinkFrom deletes column p of t in the other copy of the matrix, its
// transpose, and then in t.
func (t *triangle) unlinkFrom(other *triangle, p int32) {
	for _, e := range t.column(p) {
		c := &other.cols[e.index]
		at := c.begin
		for other.terms[at].index != p {
			at++
		}
		c.end--
		other.terms[at] = other.terms[c.end]
	}
	t.cols[p].end = t.cols[p].begin
}

// insert adds an entry to column r, which moves to the end of the store when
// its room is used up.
func (t *triangle) insert(r, i int32, x float64) {
	c := &t.cols[r]
	if c.end == c.limit {
		at, n := len(t.terms), c.end-c.begin
		t.terms = append(t.terms, t.terms[c.begin:c.end]...)
		for range n + 4 {
			t.push(0, 0)
		}
		*c = span{at, at + n, len(t.terms)}
	}
	t.terms[c.end] = term{x, i}
	c.end++
}

// pass subtracts, in the given order, each column times the entry of val at
// its pivot row, which is divided by the pivot before; a nil pivot means ones.
// It appends to list where val is not zero, and makes what is tiny zero.
func (t *triangle) pass(val []float64, order []int32, pivot []float64, list []int32) []int32 {
	cols, terms := t.cols, t.terms
	for _, r := range order {
		if r < 0 {
			continue
		}
		x := val[r]
		if x < tinyValue && x > -tinyValue {
			val[r] = 0
			continue
		}
		if pivot != nil {
			x /= pivot[r]
			val[r] = x
		}
		list = append(list, r)
		for k, end := cols[r].begin, cols[r].end; k < end; k++ {
			e := &terms[k]
			val[e.index] -= x * e.value
		}
	}
	return list
}
