package simulate

import "math"

// Random times are drawn with these instead of math.Log and math.Exp, which
// some processors round differently. The conversions in the formulas keep the
// compiler from fusing a product with a sum.

// ln returns the natural logarithm of a positive, normal x, to about 1e-15.
func ln(x float64) float64 {
	m, e := math.Frexp(x) // m in [0.5, 1)
	if m < math.Sqrt2/2 {
		m, e = m*2, e-1
	}
	// ln m = 2 artanh z, by its series.
	z := (m - 1) / (m + 1)
	square := float64(z * z)
	sum := 0.0
	for k := 25; k >= 1; k -= 2 {
		sum = float64(sum*square) + 1/float64(k)
	}
	return float64(float64(e)*math.Ln2) + float64(2*z*sum)
}

// exp returns e^x, 0 below −700 and e^700 above 700.
func exp(x float64) float64 {
	if x < -700 {
		return 0
	}
	x = min(x, 700)
	n := math.Floor(float64(x/math.Ln2) + 0.5)
	r := x - float64(n*math.Ln2) // |r| ≤ ln 2 / 2
	sum := 1.0
	for k := 17; k >= 1; k-- {
		sum = 1 + float64(sum*r)/float64(k)
	}
	return math.Ldexp(sum, int(n))
}
