package lp

import "math"

// A ratioTest is the workspace of the bound flipping ratio test (Gabasov &
// Kirillova; Maros 2003) with Harris' tolerance (1973), in the form given by
// Huangfu & Hall (2018).
//
// While the dual step grows, reduced costs reach zero one after another. The
// dual objective grows with slope delta, the violation of the leaving row, and
// each breakpoint passed lowers the slope by |α|·range: that variable flips to
// its other bound. The step may pass breakpoints as long as the slope stays
// positive.
type ratioTest struct {
	delta float64 // violation of the leaving variable
	up    bool    // it is below its lower bound

	index  []int32   // variables with a breakpoint,
	size   []float64 // their |α|
	groups []int     // ends of groups of breakpoints within tolerance
	flips  []int32   // what the chosen step passes
}

func (t *ratioTest) init(size int) {
	t.index = make([]int32, 0, size)
	t.size = make([]float64, 0, size)
	t.groups = make([]int, 0, size)
	t.flips = make([]int32, 0, size)
}

func (t *ratioTest) swap(a, b int) {
	t.index[a], t.index[b] = t.index[b], t.index[a]
	t.size[a], t.size[b] = t.size[b], t.size[a]
}

// chooseEntering picks from the packed pivot row the entering variable, or -1
// if nothing limits the dual step, and lists the flips.
func (d *dualSimplex) chooseEntering() (q int32, alpha float64) {
	t := &d.ratio
	t.flips = t.flips[:0]
	limit := d.collect()
	if len(t.index) == 0 {
		return -1, 0
	}
	reached := d.narrow(limit)
	d.group(limit, reached)
	g, k := t.pick()
	if g < 0 {
		return -1, 0
	}
	if g > 0 {
		t.flips = append(t.flips, t.index[:t.groups[g-1]]...)
	}
	q = t.index[k]
	if d.move[q] == 0 {
		return q, d.alphaOf(q)
	}
	alpha = t.size[k] * float64(d.move[q])
	if t.up {
		alpha = -alpha
	}
	return q, alpha
}

// alphaOf is the entry of q in the pivot row.
func (d *dualSimplex) alphaOf(q int32) float64 {
	if int(q) < d.n {
		return d.alpha.val[q]
	}
	return -d.row.val[int(q)-d.n]
}

// pivotSmall is the size from which an entry of the pivot row is taken for
// more than rounding, which grows with the number of updates.
func pivotSmall(updates int) float64 {
	switch {
	case updates < 10:
		return 1e-9
	case updates < 20:
		return 3e-8
	}
	return 1e-6
}

// collect lists the variables whose reduced cost goes to zero as the step
// grows, and returns the step that the first of them allows with tolerance.
func (d *dualSimplex) collect() float64 {
	t := &d.ratio
	index, size := t.index[:0], t.size[:0]
	small := pivotSmall(d.fac.updates())
	sign := 1.0
	if t.up {
		sign = -1
	}
	limit := math.Inf(1)
	for k, j := range d.packed.index {
		move := d.move[j]
		a := sign * d.packed.value[k] * float64(move)
		if move == 0 {
			if d.lower[j] == d.upper[j] {
				continue
			}
			a = math.Abs(d.packed.value[k])
		}
		if a <= small {
			continue
		}
		index = append(index, j)
		size = append(size, a)
		relaxed := max(0, d.d[j]*float64(move)+feasTol)
		if relaxed < limit*a {
			limit = relaxed / a
		}
	}
	t.index, t.size = index, size
	return limit
}

// narrow moves to the front what the step can reach before the slope turns
// negative, with steps growing tenfold, and returns how many these are.
func (d *dualSimplex) narrow(limit float64) int {
	t := &d.ratio
	slope := t.delta
	step := 10*limit + feasTol
	count := 0
	for {
		for k := count; k < len(t.index); k++ {
			j, a := t.index[k], t.size[k]
			if a*step >= d.d[j]*float64(d.move[j]) {
				t.swap(count, k)
				count++
				slope -= a * (d.upper[j] - d.lower[j])
			}
		}
		step *= 10
		if slope <= 0 || count == len(t.index) || !(step < infinite) {
			return count
		}
	}
}

// group sorts the first reached variables into groups: each holds what the
// relaxed step of its first member passes.
func (d *dualSimplex) group(limit float64, reached int) {
	t := &d.ratio
	t.groups = t.groups[:0]
	slope := t.delta
	count := 0
	for step := limit; ; {
		after := math.Inf(1)
		begin := count
		for k := count; k < reached; k++ {
			j, a := t.index[k], t.size[k]
			dual := d.d[j] * float64(d.move[j])
			if dual <= step*a {
				t.swap(count, k)
				count++
				slope -= a * (d.upper[j] - d.lower[j])
			} else if dual+feasTol < after*a {
				after = (dual + feasTol) / a
			}
		}
		if count > begin {
			t.groups = append(t.groups, count)
		}
		if slope <= 0 || count == reached || math.IsInf(after, 1) {
			return
		}
		step = max(after, math.Nextafter(step, math.Inf(1))) // rounding must not keep it where it is
	}
}

// pick goes through the groups from the last to the first and takes the
// largest pivot of the first whose largest is large enough. It returns the
// group and the place, or -1.
func (t *ratioTest) pick() (group, place int) {
	top := 0.0
	for k := range t.last() {
		top = max(top, t.size[k])
	}
	enough := min(0.1*top, 1)
	for g := len(t.groups) - 1; g >= 0; g-- {
		begin := 0
		if g > 0 {
			begin = t.groups[g-1]
		}
		best := begin
		for k := begin; k < t.groups[g]; k++ {
			if t.size[k] > t.size[best] || t.size[k] == t.size[best] && t.index[k] < t.index[best] {
				best = k
			}
		}
		if t.size[best] >= enough {
			return g, best
		}
	}
	return -1, -1
}

// last is the end of the last group.
func (t *ratioTest) last() int {
	if len(t.groups) == 0 {
		return 0
	}
	return t.groups[len(t.groups)-1]
}
