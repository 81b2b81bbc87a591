package lp

import (
	"context"
	"math"
	"slices"
)

// A normalMatrix solves with A G⁻¹ Aᵀ + δI, for a diagonal G, by a sparse
// Cholesky factor. Columns with many entries would make the matrix full; they
// are kept out of the factor and brought in by the formula of Sherman,
// Morrison & Woodbury. What rounding and the replaced pivots leave is removed
// by conjugate gradients with the factor as preconditioner.
type normalMatrix struct {
	form    *ipmForm
	factors *cholesky
	dense   []int32 // columns kept out
	isDense []bool
	inverse []float64 // G⁻¹
	thin    []float64 // dense columns through the factor: M⁻¹ V
	small   []float64 // factor of G + Vᵀ M⁻¹ V
	cg      [4][]float64
	wrong   bool // the last solve did not come near
}

// diagonalShift is the δ of the normal matrix relative to its largest diagonal
// entry. It keeps the factor of dependent rows finite; conjugate gradients
// remove its effect.
const diagonalShift = 1e-14

// newNormalMatrix analyses the normal matrix of f. It returns nil if ctx is
// done or a factorisation would take more operations than the budget.
func newNormalMatrix(ctx context.Context, f *ipmForm, budget float64) *normalMatrix {
	m := &normalMatrix{form: f, isDense: denseColumns(f.cols)}
	for j, dense := range m.isDense {
		if dense && !f.fixed[j] {
			m.dense = append(m.dense, int32(j))
		}
	}
	pattern := m.pattern(ctx)
	if ctx.Err() != nil {
		return nil
	}
	m.factors = analyse(ctx, pattern, budget)
	for i := range m.cg {
		m.cg[i] = make([]float64, f.m)
	}
	m.inverse = make([]float64, len(f.c))
	if m.factors == nil {
		return nil
	}
	return m
}

// denseColumns marks the columns with far more entries than the others: those
// past the first gap by a factor of two above a count that is large for the
// number of rows.
func denseColumns(a matrix) []bool {
	rows := 0
	counts := make([]int, len(a.start)-1)
	for j := range counts {
		counts[j] = a.start[j+1] - a.start[j]
		rows = max(rows, counts[j])
	}
	sorted := slices.Clone(counts)
	slices.Sort(sorted)
	limit := math.MaxInt
	const fewest, most = 40, 200
	for k := max(1, len(sorted)-most); k < len(sorted); k++ {
		if sorted[k] > fewest && sorted[k] > 3*max(10, sorted[k-1]) {
			limit = sorted[k]
			break
		}
	}
	marks := make([]bool, len(counts))
	for j, n := range counts {
		marks[j] = n >= limit
	}
	return marks
}

// pattern returns the off-diagonal pattern of A Aᵀ without the dense columns,
// incomplete if ctx was done before.
func (m *normalMatrix) pattern(ctx context.Context) matrix {
	f := m.form
	result := matrix{start: []int{0}}
	seen := make([]int32, f.m)
	for i := range int32(f.m) {
		if i&255 == 0 && ctx.Err() != nil {
			break
		}
		seen[i] = i + 1
		for k := f.rows.start[i]; k < f.rows.start[i+1]; k++ {
			j := f.rows.index[k]
			if m.isDense[j] || f.fixed[j] {
				continue
			}
			for _, r := range f.cols.index[f.cols.start[j]:f.cols.start[j+1]] {
				if seen[r] != i+1 {
					seen[r] = i + 1
					result.index = append(result.index, r)
				}
			}
		}
		result.start = append(result.start, len(result.index))
	}
	return result
}

// addColumn gives column k of the permuted normal matrix to the factorisation.
func (m *normalMatrix) addColumn(k int32, row []int32, at []float64, width int) {
	f, position := m.form, m.factors.position
	i := m.factors.order[k]
	for e := f.rows.start[i]; e < f.rows.start[i+1]; e++ {
		j := f.rows.index[e]
		if m.isDense[j] || f.fixed[j] {
			continue
		}
		scale := f.rows.value[e] * m.inverse[j]
		for t := f.cols.start[j]; t < f.cols.start[j+1]; t++ {
			if r := position[f.cols.index[t]]; r >= k {
				at[int(row[r])*width] += scale * f.cols.value[t]
			}
		}
	}
	at[int(row[k])*width] *= 1 + diagonalShift
}

func (m *normalMatrix) prepare(ctx context.Context, g []float64) bool {
	for j, v := range g {
		m.inverse[j] = 1 / v
	}
	if _, ok := m.factors.factor(ctx, m, 1e-14); !ok {
		return false
	}
	m.prepareDense(g)
	return true
}

// prepareDense factorises the small matrix of the dense columns.
func (m *normalMatrix) prepareDense(g []float64) {
	f, n, q := m.form, m.form.m, len(m.dense)
	if q == 0 {
		return
	}
	m.thin, m.small = make([]float64, n*q), make([]float64, q*q)
	for t, j := range m.dense {
		column := m.thin[t*n : (t+1)*n]
		f.cols.addLine(1, j, column)
		m.factors.solve(column)
		for s := range t + 1 {
			m.small[t*q+s] = f.cols.lineDot(m.dense[s], column)
		}
		m.small[t*q+t] += g[j]
	}
	factorPanel(m.small, q, make([]float64, q))
}

// precondition overwrites r with an approximate solution of N x = r.
func (m *normalMatrix) precondition(r []float64) {
	m.factors.solve(r)
	n, q := len(r), len(m.dense)
	if q == 0 {
		return
	}
	t := make([]float64, q)
	for s, j := range m.dense {
		t[s] = m.form.cols.lineDot(j, r)
	}
	for j := range t {
		t[j] = (t[j] - dot(m.small[j*q:j*q+j], t[:j])) / m.small[j*q+j]
	}
	for j := q - 1; j >= 0; j-- {
		t[j] /= m.small[j*q+j]
		axpy(-t[j], m.small[j*q:j*q+j], t[:j])
	}
	for s, v := range t {
		axpy(-v, m.thin[s*n:(s+1)*n], r)
	}
}

// apply computes y = A G⁻¹ Aᵀ x.
func (m *normalMatrix) apply(x, y []float64) {
	f := m.form
	clear(y)
	for j, d := range m.inverse {
		if d != 0 {
			f.cols.addLine(d*f.cols.lineDot(int32(j), x), int32(j), y)
		}
	}
}

func (m *normalMatrix) solve(_ context.Context, h, r []float64, _ float64, dx, dy []float64) {
	f := m.form
	right := slices.Clone(r)
	for j, d := range m.inverse {
		dx[j] = d * h[j]
	}
	f.rows.addProduct(1, dx, right)
	m.conjugateGradients(right, dy)
	for j, d := range m.inverse {
		dx[j] = d * (f.cols.lineDot(int32(j), dy) - h[j])
	}
}

// correctors is two: a factorisation costs some ten solves.
func (m *normalMatrix) correctors() int { return 2 }

// failed reports whether the factor was of no use.
func (m *normalMatrix) failed() bool { return m.wrong }

// conjugateGradients solves N x = b from x = 0. With an exact factor the first
// step ends it.
func (m *normalMatrix) conjugateGradients(b, x []float64) {
	const steps, accuracy, tolerable = 20, 1e-10, 1e-6
	r, z, p, q := m.cg[0], m.cg[1], m.cg[2], m.cg[3]
	clear(x)
	copy(r, b)
	size := norm2(b)
	before := 0.0
	for step := range steps {
		if !(norm2(r) > accuracy*size) {
			break
		}
		copy(z, r)
		m.precondition(z)
		rz := dot(r, z)
		if step == 0 {
			copy(p, z)
		} else {
			for i := range p {
				p[i] = z[i] + rz/before*p[i]
			}
		}
		before = rz
		m.apply(p, q)
		curvature := dot(p, q)
		if !(curvature > 0) {
			break
		}
		axpy(rz/curvature, p, x)
		axpy(-rz/curvature, q, r)
	}
	m.wrong = !(norm2(r) <= tolerable*size)
}
