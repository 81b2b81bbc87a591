package lp

import "math"

// harrisRow is the ratio test of phase 2 in two passes (Harris 1973): the first
// finds the step that bounds relaxed by the tolerance allow, the second takes
// the largest pivot among the rows that block before it.
func (p *primalSimplex) harrisRow(step *primalStep) {
	small := pivotSmall(p.fac.updates())
	limit := math.Inf(1)
	for _, r := range p.column.idx {
		a := step.dir * p.column.val[r]
		switch {
		case a > small:
			if room := p.x[r] - p.xl[r] + feasTol; room < limit*a {
				limit = room / a
			}
		case a < -small:
			if room := p.x[r] - p.xu[r] - feasTol; room > limit*a {
				limit = room / a
			}
		}
	}
	best := 0.0
	for _, r := range p.column.idx {
		a := step.dir * p.column.val[r]
		size := math.Abs(a)
		if size <= small || size < best || size == best && r > step.row {
			continue
		}
		bound, to := p.xl[r], int8(-1)
		if a < 0 {
			bound, to = p.xu[r], 1
		}
		if ratio := (p.x[r] - bound) / a; ratio <= limit && !math.IsInf(bound, 0) {
			best = size
			step.row, step.length, step.to = r, ratio, to
		}
	}
}

// breakpoints are the steps at which basic variables reach a bound in phase 1.
type breakpoints []breakpoint

type breakpoint struct {
	ratio float64
	row   int32
	to    int8
}

func (b *breakpoints) init(rows int) { *b = make(breakpoints, 0, 2*rows) }

func (b *breakpoints) add(ratio float64, row int32, to int8) {
	if !math.IsInf(ratio, 0) {
		*b = append(*b, breakpoint{ratio, row, to})
	}
}

// before says whether x comes before y: by step, then by row and side.
func (x breakpoint) before(y breakpoint) bool {
	switch {
	case x.ratio != y.ratio:
		return x.ratio < y.ratio
	case x.row != y.row:
		return x.row < y.row
	}
	return x.to < y.to
}

// heap makes b a heap with the first breakpoint at its root, since of many
// only the first few are looked at.
func (b breakpoints) heap() {
	for k := len(b)/2 - 1; k >= 0; k-- {
		b.sink(k)
	}
}

// sink moves element k of a heap down to its place.
func (b breakpoints) sink(k int) {
	for {
		child := 2*k + 1
		if child >= len(b) {
			return
		}
		if child+1 < len(b) && b[child+1].before(b[child]) {
			child++
		}
		if !b[child].before(b[k]) {
			return
		}
		b[k], b[child] = b[child], b[k]
		k = child
	}
}

// pop takes the first breakpoint off a heap.
func (b *breakpoints) pop() breakpoint {
	h := *b
	first, last := h[0], len(h)-1
	h[0] = h[last]
	*b = h[:last]
	b.sink(0)
	return first
}

// breakpointRow is the ratio test of phase 1. The sum of violations falls with
// the given slope, less |α| from each breakpoint on; the step goes on until it
// would rise. Among the breakpoints before that the last with a fair pivot is
// taken.
func (p *primalSimplex) breakpointRow(step *primalStep, slope float64) {
	const level = 1e-9 // of the slope; going on along a level could go on for ever
	p.listBreaks(step.dir, feasTol)
	p.breaks.heap()
	limit, least := math.Inf(1), level*slope
	for len(p.breaks) > 0 && slope > least {
		b := p.breaks.pop()
		slope -= math.Abs(p.column.val[b.row])
		limit = b.ratio
	}
	p.listBreaks(step.dir, 0)
	top := 0.0
	for _, b := range p.breaks {
		if b.ratio <= limit {
			top = math.Max(top, math.Abs(p.column.val[b.row]))
		}
	}
	var last breakpoint
	step.row = -1
	for _, b := range p.breaks {
		fair := b.ratio <= limit && math.Abs(p.column.val[b.row]) >= 0.1*top
		if fair && (step.row < 0 || last.before(b)) {
			last = b
			step.row, step.length, step.to = b.row, b.ratio, b.to
		}
	}
}

// listBreaks lists where basic variables cease to violate a bound, or come to
// violate one that is relaxed by tol.
func (p *primalSimplex) listBreaks(dir, tol float64) {
	small := pivotSmall(p.fac.updates())
	p.breaks = p.breaks[:0]
	for _, r := range p.column.idx {
		a := dir * p.column.val[r]
		x, lo, up := p.x[r], p.xl[r], p.xu[r]
		switch {
		case a > small:
			if x > up+feasTol {
				p.breaks.add((x-up)/a, r, 1)
			}
			if x > lo-feasTol {
				p.breaks.add((x-lo+tol)/a, r, -1)
			}
		case a < -small:
			if x < lo-feasTol {
				p.breaks.add((x-lo)/a, r, -1)
			}
			if x < up+feasTol {
				p.breaks.add((x-up-tol)/a, r, 1)
			}
		}
	}
}
