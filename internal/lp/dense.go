package lp

import "math"

// The dense kernels of the factorisation. Matrices are stored by rows, so that
// every inner product runs along two contiguous rows; the kernels compute two
// by four of them at a time, which is what fits the floating-point registers.

// subtractProduct computes C -= A Bᵀ, where C is m by n, A m by k and B n by
// k, each stored by rows at the given distances.
func subtractProduct(c []float64, cs int, a []float64, as int, b []float64, bs int, m, n, k int) {
	i := 0
	for ; i+2 <= m; i += 2 {
		a0, a1 := a[i*as:][:k], a[(i+1)*as:][:k]
		c0, c1 := c[i*cs:][:n], c[(i+1)*cs:][:n]
		j := 0
		for ; j+4 <= n; j += 4 {
			twoByFour(c0[j:j+4], c1[j:j+4], a0, a1,
				b[j*bs:][:k], b[(j+1)*bs:][:k], b[(j+2)*bs:][:k], b[(j+3)*bs:][:k])
		}
		for ; j < n; j++ {
			bj := b[j*bs:][:k]
			c0[j] -= dot(a0, bj)
			c1[j] -= dot(a1, bj)
		}
	}
	for ; i < m; i++ {
		ai := a[i*as:][:k]
		for j := range n {
			c[i*cs+j] -= dot(ai, b[j*bs:][:k])
		}
	}
}

// twoByFour subtracts the inner products of two rows with four.
func twoByFour(c0, c1, a0, a1, b0, b1, b2, b3 []float64) {
	var s00, s01, s02, s03, s10, s11, s12, s13 float64
	a1, b0, b1, b2, b3 = a1[:len(a0)], b0[:len(a0)], b1[:len(a0)], b2[:len(a0)], b3[:len(a0)]
	for l, x := range a0 {
		y := a1[l]
		v := b0[l]
		s00 += x * v
		s10 += y * v
		v = b1[l]
		s01 += x * v
		s11 += y * v
		v = b2[l]
		s02 += x * v
		s12 += y * v
		v = b3[l]
		s03 += x * v
		s13 += y * v
	}
	c0, c1 = c0[:4], c1[:4]
	c0[0] -= s00
	c0[1] -= s01
	c0[2] -= s02
	c0[3] -= s03
	c1[0] -= s10
	c1[1] -= s11
	c1[2] -= s12
	c1[3] -= s13
}

// dot returns the inner product of two vectors of equal length.
func dot(a, b []float64) float64 {
	var s0, s1 float64
	b = b[:len(a)]
	l := 0
	for ; l+2 <= len(a); l += 2 {
		s0 += a[l] * b[l]
		s1 += a[l+1] * b[l+1]
	}
	if l < len(a) {
		s0 += a[l] * b[l]
	}
	return s0 + s1
}

// axpy adds f times x to y.
func axpy(f float64, x, y []float64) {
	y = y[:len(x)]
	for i, v := range x {
		y[i] += f * v
	}
}

// norm2 returns the Euclidean length of v.
func norm2(v []float64) float64 { return math.Sqrt(dot(v, v)) }

// maxAbs returns the largest magnitude in v, 0 if it is empty.
func maxAbs(v []float64) float64 {
	most := 0.0
	for _, x := range v {
		most = max(most, math.Abs(x))
	}
	return most
}

// panelBlock is how many columns of a panel are eliminated before the rest of
// it is updated: wide enough for the kernel, small enough that the triangle
// stays in the first-level cache.
const panelBlock = 32

// hugePivot stands in for a pivot that is not positive. It makes the row's
// unknown zero, which is right for a dependent row of a normal matrix.
const hugePivot = 1e100

// factorPanel computes in place, of a panel of rows stored w wide whose first
// w rows are the lower triangle of a symmetric matrix, the Cholesky factor of
// the triangle and the rows below times the inverse of its transpose. A pivot
// below tiny[j] is replaced by hugePivot. It returns how many were.
func factorPanel(panel []float64, w int, tiny []float64) (replaced int) {
	rows := len(panel) / max(w, 1)
	for j0 := 0; j0 < w; j0 += panelBlock {
		j1 := min(j0+panelBlock, w)
		// The block's columns, less what the columns to the left contribute.
		if j0 > 0 {
			subtractProduct(panel[j0*w+j0:], w, panel[j0*w:], w, panel[j0*w:], w, rows-j0, j1-j0, j0)
		}
		for j := j0; j < j1; j++ {
			own := panel[j*w+j0 : j*w+j]
			pivot := panel[j*w+j] - dot(own, own)
			if !(pivot > tiny[j]) {
				pivot = hugePivot
				replaced++
			}
			root := math.Sqrt(pivot)
			panel[j*w+j] = root
			inverse := 1 / root
			for i := j + 1; i < rows; i++ {
				row := panel[i*w+j0 : i*w+j+1]
				row[j-j0] = (row[j-j0] - dot(row[:j-j0], own)) * inverse
			}
		}
	}
	return replaced
}
