package lp

import (
	"cmp"
	"math"
	"slices"
)

// A fingerprint is equal for lines that are multiples of each other, and for
// few others.
type fingerprint struct {
	hash  uint64
	count int
	line  int32
}

// fingerprints returns those of the living lines with two entries or more,
// parallel ones side by side, in ascending order within. It sorts the entries
// of each.
func (w *presolver) fingerprints(count int, alive []bool, line func(int32) []element) []fingerprint {
	var list []fingerprint
	for i := range int32(count) {
		if w.stopped(i) {
			return nil
		}
		if !alive[i] {
			continue
		}
		entries := line(i)
		if len(entries) < 2 {
			continue
		}
		slices.SortFunc(entries, func(a, b element) int { return cmp.Compare(a.index, b.index) })
		hash := uint64(14695981039346656037)
		for _, e := range entries {
			ratio := math.Float32bits(float32(e.value / entries[0].value))
			hash = (hash ^ (uint64(e.index)<<32 | uint64(ratio))) * 1099511628211
			hash ^= hash >> 29
		}
		list = append(list, fingerprint{hash, len(entries), i})
	}
	slices.SortFunc(list, func(a, b fingerprint) int {
		return cmp.Or(cmp.Compare(a.count, b.count), cmp.Compare(a.hash, b.hash), cmp.Compare(a.line, b.line))
	})
	return list
}

// multiple returns t if b = t a but for rounding. Both are sorted.
func multiple(a, b []element) (t float64, ok bool) {
	const rounding = 1e-13
	if len(a) != len(b) {
		return 0, false
	}
	t = b[0].value / a[0].value
	for k, e := range a {
		if b[k].index != e.index || math.Abs(b[k].value-t*e.value) > rounding*math.Abs(b[k].value) {
			return 0, false
		}
	}
	return t, true
}

// eachParallel calls merge for lines of equal fingerprint that are multiples:
// line k is t times line i, which comes before it and is kept.
func eachParallel(list []fingerprint, line func(int32) []element, merge func(i, k int32, t float64) bool) {
	kept := 0
	for next := 1; next < len(list); next++ {
		if list[kept].hash == list[next].hash && list[kept].count == list[next].count {
			if t, ok := multiple(line(list[kept].line), line(list[next].line)); ok && merge(list[kept].line, list[next].line, t) {
				continue
			}
		}
		kept = next
	}
}

// A parallelRow k was t times row i; where its sides were the tighter ones,
// they became those of i.
type parallelRow struct {
	i, k         int32
	t            float64
	lower, upper bool // the lower, upper side of i came from k
	fixed        bool // and they are equal now
}

func (w *presolver) mergeParallelRows() {
	list := w.fingerprints(len(w.rows), w.rowAlive, w.row)
	eachParallel(list, w.row, func(i, k int32, t float64) bool {
		lower, upper := w.rl[k]/t, w.ru[k]/t
		if t < 0 {
			lower, upper = upper, lower
		}
		if w.stopped(k) || w.contradicts(lower, w.ru[i]) || w.contradicts(w.rl[i], upper) {
			return false
		}
		lower, upper = min(lower, w.ru[i]), max(upper, w.rl[i])
		s := parallelRow{i: i, k: k, t: t, lower: lower > w.rl[i], upper: upper < w.ru[i]}
		w.rl[i], w.ru[i] = max(lower, w.rl[i]), min(upper, w.ru[i])
		s.fixed = w.rl[i] == w.ru[i]
		w.push(s)
		w.removeRow(k)
		return true
	})
}

func (s parallelRow) undo(r *recovered) {
	status := heldAt(r.row[s.i], r.y[s.i], s.fixed)
	r.row[s.i] = status
	if status == AtLower && s.lower || status == AtUpper && s.upper {
		r.y[s.k], r.row[s.k] = r.y[s.i]/s.t, mirrored(status, s.t)
		r.y[s.i], r.row[s.i] = 0, Basic
		return
	}
	r.y[s.k], r.row[s.k] = 0, Basic
}

// A parallelColumn j was t times column k in rows and cost. Column k stood for
// x_k + t x_j.
type parallelColumn struct {
	k, j           int32
	t              float64
	kLower, kUpper float64
	jLower, jUpper float64
}

func (w *presolver) mergeParallelColumns() {
	const rounding = 1e-13
	list := w.fingerprints(len(w.cols), w.colAlive, w.col)
	eachParallel(list, w.col, func(k, j int32, t float64) bool {
		if w.stopped(j) || math.Abs(w.cost[j]-t*w.cost[k]) > rounding*math.Abs(w.cost[j]) {
			return false
		}
		var v interval
		v.add(1, w.cl[k], w.cu[k])
		v.add(t, w.cl[j], w.cu[j])
		lower, upper := v.ends()
		if math.IsInf(lower, -1) && math.IsInf(upper, 1) {
			return false // could rest inside the bounds of both
		}
		w.push(parallelColumn{k, j, t, w.cl[k], w.cu[k], w.cl[j], w.cu[j]})
		w.cl[k], w.cu[k] = lower, upper
		w.removeCol(j)
		return true
	})
}

// undo splits the value. A basic sum leaves one of the columns basic and puts
// the other at a bound.
func (s parallelColumn) undo(r *recovered) {
	sum, status := r.x[s.k], r.col[s.k]
	r.d[s.j] = s.t * r.d[s.k]
	if status != Basic {
		r.col[s.j] = mirrored(status, s.t)
		r.x[s.k], r.x[s.j] = atBound(status, s.kLower, s.kUpper), atBound(r.col[s.j], s.jLower, s.jUpper)
		return
	}
	best := Inf
	for _, side := range [2]BasisStatus{AtLower, AtUpper} {
		if x := atBound(side, s.jLower, s.jUpper); !math.IsInf(x, 0) {
			rest := sum - s.t*x
			if excess := max(s.kLower-rest, rest-s.kUpper, 0); excess < best {
				best = excess
				r.x[s.j], r.col[s.j], r.x[s.k], r.col[s.k] = x, side, rest, Basic
			}
		}
		if x := atBound(side, s.kLower, s.kUpper); !math.IsInf(x, 0) {
			rest := (sum - x) / s.t
			if excess := max(s.jLower-rest, rest-s.jUpper, 0); excess < best {
				best = excess
				r.x[s.k], r.col[s.k], r.x[s.j], r.col[s.j] = x, side, rest, Basic
			}
		}
	}
}

// atBound returns the bound that a status names.
func atBound(status BasisStatus, lower, upper float64) float64 {
	if status == AtUpper {
		return upper
	}
	return lower
}
