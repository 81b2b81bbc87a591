package lp

import (
	"math"
	"slices"
)

// reduceRows looks at every row once.
func (w *presolver) reduceRows() {
	for i := range int32(len(w.rows)) {
		if w.stopped(i) {
			return
		}
		if !w.rowAlive[i] {
			continue
		}
		entries := w.row(i)
		switch {
		case len(entries) == 0:
			w.dropEmptyRow(i)
		case len(entries) == 1:
			w.boundBySingleton(i, entries[0])
		default:
			w.judgeRow(i, entries)
			if w.rowAlive[i] && len(entries) == 2 && w.rl[i] == w.ru[i] {
				w.substituteDoubleton(i)
			}
		}
	}
}

// A droppedRow never holds anything up: its logical is basic.
type droppedRow struct{ i int32 }

func (s droppedRow) undo(r *recovered) { r.y[s.i], r.row[s.i] = 0, Basic }

func (w *presolver) dropRow(i int32) {
	w.push(droppedRow{i})
	w.removeRow(i)
}

func (w *presolver) dropEmptyRow(i int32) {
	if !w.contradicts(w.rl[i], 0) && !w.contradicts(0, w.ru[i]) {
		w.dropRow(i)
	}
}

// judgeRow removes row i if the bounds of its columns always satisfy it, and
// fixes its columns if they can only just satisfy it.
func (w *presolver) judgeRow(i int32, entries []element) {
	low, up := w.activity(i, -1)
	if w.contradicts(low, w.ru[i]) || w.contradicts(w.rl[i], up) {
		return
	}
	switch {
	case low >= w.rl[i] && up <= w.ru[i]:
		w.dropRow(i)
	case up <= w.rl[i]:
		w.force(i, entries, AtLower)
	case low >= w.ru[i]:
		w.force(i, entries, AtUpper)
	case low >= w.rl[i]:
		w.rl[i] = -Inf
	case up <= w.ru[i]:
		w.ru[i] = Inf
	}
}

// A boundFromRow is a singleton row that became bounds of its column: a side
// of the row that was tighter than the bound replaced it.
type boundFromRow struct {
	i, j         int32
	a            float64
	lower, upper bool // the column's lower, upper bound came from the row
	fixed        bool // and the two are equal now
}

func (w *presolver) boundBySingleton(i int32, e element) {
	j, a := e.index, e.value
	lower, upper := w.rl[i]/a, w.ru[i]/a
	if a < 0 {
		lower, upper = upper, lower
	}
	if w.contradicts(lower, w.cu[j]) || w.contradicts(w.cl[j], upper) {
		return
	}
	// Sides that cross a bound by rounding meet it.
	lower, upper = min(lower, w.cu[j]), max(upper, w.cl[j])
	step := boundFromRow{i: i, j: j, a: a, lower: lower > w.cl[j], upper: upper < w.cu[j]}
	w.cl[j], w.cu[j] = max(lower, w.cl[j]), min(upper, w.cu[j])
	step.fixed = w.cl[j] == w.cu[j]
	w.push(step)
	w.removeRow(i)
}

// undo gives the multiplier of the column's bound to the row if the bound came
// from there; the column is then basic.
func (s boundFromRow) undo(r *recovered) {
	status := heldAt(r.col[s.j], r.d[s.j], s.fixed)
	r.col[s.j] = status
	if status == AtLower && s.lower || status == AtUpper && s.upper {
		r.y[s.i], r.d[s.j] = r.d[s.j]/s.a, 0
		r.col[s.j] = Basic
		r.row[s.i] = mirrored(status, s.a)
		return
	}
	r.y[s.i], r.row[s.i] = 0, Basic
}

// mirrored returns a status at a bound after multiplication by a.
func mirrored(status BasisStatus, a float64) BasisStatus {
	switch {
	case a > 0:
		return status
	case status == AtLower:
		return AtUpper
	case status == AtUpper:
		return AtLower
	}
	return status
}

// A forced row is one that its columns can satisfy only by all resting at the
// bound that helps it most.
type forced struct {
	i       int32
	side    BasisStatus // of the row
	columns []forcedColumn
}

type forcedColumn struct {
	j       int32
	a       float64
	cost    float64
	entries []element // in the other rows
	x       float64
	status  BasisStatus
}

func (w *presolver) force(i int32, entries []element, side BasisStatus) {
	step := forced{i: i, side: side}
	for _, e := range slices.Clone(entries) {
		j := e.index
		status := mirrored(AtUpper, e.value) // as large as possible for the lower side
		if side == AtUpper {
			status = mirrored(AtLower, e.value)
		}
		x := w.cl[j]
		if status == AtUpper {
			x = w.cu[j]
		}
		others := slices.DeleteFunc(slices.Clone(w.col(j)), func(o element) bool { return o.index == i })
		step.columns = append(step.columns, forcedColumn{j, e.value, w.cost[j], others, x, status})
		w.settle(j, x)
	}
	w.push(step)
	w.removeRow(i)
}

// settle removes column j at the value x.
func (w *presolver) settle(j int32, x float64) {
	for _, e := range w.col(j) {
		if x != 0 {
			w.moveSides(e.index, e.value*x)
		}
	}
	w.offset += w.cost[j] * x
	w.removeCol(j)
}

// undo chooses the multiplier of the row nearest to zero with which all
// reduced costs have the right sign. The column that decides it is basic.
func (s forced) undo(r *recovered) {
	best, decisive := 0.0, -1
	for k, c := range s.columns {
		r.x[c.j], r.col[c.j] = c.x, c.status
		r.d[c.j] = r.reduced(c.cost, c.entries)
		if y := r.d[c.j] / c.a; s.side == AtLower && y > best || s.side == AtUpper && y < best {
			best, decisive = y, k
		}
	}
	r.y[s.i], r.row[s.i] = best, Basic
	for _, c := range s.columns {
		r.d[c.j] -= c.a * best
	}
	if decisive >= 0 {
		j := s.columns[decisive].j
		r.d[j], r.col[j], r.row[s.i] = 0, Basic, s.side
	}
}

// A doubleton is an equation a x_j + b x_k = right by which column j was
// replaced everywhere.
type doubleton struct {
	i, j, k      int32
	a, b, right  float64
	costJ, costK float64
	colJ, colK   []element // in the other rows, before
	lower, upper bool      // the lower, upper bound of k came from one of j
	fixed        bool      // and the two are equal now
	jLower       float64
	jUpper       float64
}

// substituteDoubleton eliminates the shorter column of a row of two, where
// that makes no fill to speak of.
func (w *presolver) substituteDoubleton(i int32) {
	const mostFill = 3
	e := w.row(i)
	j, k := e[0], e[1]
	if len(w.col(j.index)) > len(w.col(k.index)) {
		j, k = k, j
	}
	if len(w.col(j.index)) > mostFill+1 || math.Abs(j.value) < leastPivot*math.Abs(k.value) {
		return
	}
	s := doubleton{
		i: i, j: j.index, k: k.index, a: j.value, b: k.value, right: w.rl[i],
		costJ: w.cost[j.index], costK: w.cost[k.index],
		jLower: w.cl[j.index], jUpper: w.cu[j.index],
	}
	// x_j = (right - b x_k) / a bounds x_k.
	lower, upper := (s.right-s.a*s.jLower)/s.b, (s.right-s.a*s.jUpper)/s.b
	if s.a/s.b > 0 {
		lower, upper = upper, lower
	}
	if w.contradicts(lower, w.cu[s.k]) || w.contradicts(w.cl[s.k], upper) {
		return
	}
	lower, upper = min(lower, w.cu[s.k]), max(upper, w.cl[s.k])
	s.lower, s.upper = lower > w.cl[s.k], upper < w.cu[s.k]
	w.cl[s.k], w.cu[s.k] = max(lower, w.cl[s.k]), min(upper, w.cu[s.k])
	s.fixed = w.cl[s.k] == w.cu[s.k]

	isRow := func(o element) bool { return o.index == i }
	s.colJ = slices.DeleteFunc(slices.Clone(w.col(s.j)), isRow)
	s.colK = slices.DeleteFunc(slices.Clone(w.col(s.k)), isRow)
	for _, o := range s.colJ {
		w.moveSides(o.index, o.value*s.right/s.a)
		w.addEntry(o.index, s.k, -o.value*s.b/s.a)
	}
	w.offset += s.costJ * s.right / s.a
	w.cost[s.k] -= s.costJ * s.b / s.a
	w.push(s)
	w.removeRow(i)
	w.removeCol(s.j)
}

// addEntry adds a value to the entry of row i and column j. One that cancels
// but for rounding goes.
func (w *presolver) addEntry(i, j int32, value float64) {
	const cancels = 1e-12
	at := func(list []element, index int32) int {
		return slices.IndexFunc(list, func(e element) bool { return e.index == index })
	}
	r, c := at(w.rows[i], j), at(w.cols[j], i)
	if r < 0 {
		w.rows[i] = append(w.rows[i], element{j, value})
		w.cols[j] = append(w.cols[j], element{i, value})
		return
	}
	sum := w.rows[i][r].value + value
	if math.Abs(sum) <= cancels*math.Abs(value) {
		w.rows[i] = slices.Delete(w.rows[i], r, r+1)
		w.cols[j] = slices.Delete(w.cols[j], c, c+1)
		return
	}
	w.rows[i][r].value, w.cols[j][c].value = sum, sum
}

// undo computes x_j from the equation. Column j is basic, unless column k
// rests at a bound that comes from j: then it is k that is basic.
func (s doubleton) undo(r *recovered) {
	r.x[s.j] = (s.right - s.b*r.x[s.k]) / s.a
	r.row[s.i] = AtLower
	status := heldAt(r.col[s.k], r.d[s.k], s.fixed)
	r.col[s.k] = status
	if status == AtLower && s.lower || status == AtUpper && s.upper {
		r.col[s.k], r.col[s.j] = Basic, mirrored(status, -s.a*s.b)
		r.x[s.j] = s.jLower
		if r.col[s.j] == AtUpper {
			r.x[s.j] = s.jUpper
		}
		r.y[s.i] = r.reduced(s.costK, s.colK) / s.b
		r.d[s.k] = 0
		r.d[s.j] = r.reduced(s.costJ, s.colJ) - s.a*r.y[s.i]
		return
	}
	r.col[s.j] = Basic
	r.y[s.i] = r.reduced(s.costJ, s.colJ) / s.a
	r.d[s.j] = 0
}
