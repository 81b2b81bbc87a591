package lp

// Tolerances of the simplex method. They apply to the scaled program; what is
// called optimal is judged again on the given one (see kkt.go). Double
// precision carries 16 digits; factors of well-behaved bases lose up to
// about 7 of them, which leaves 1e-9 as the finest distinction that means
// anything and 1e-7 as one that is safe.
const (
	// feasTol is the violation that a bound or a reduced cost may have.
	feasTol = 1e-7
	// tinyValue is taken for zero in the result of a solve: the rounding of
	// values of size 100.
	tinyValue = 1e-14
	// trace stands for a listed entry that cancelled to zero. It is below
	// anything that counts and above the least number.
	trace = 1e-100
	// pivotAbs is the least pivot of a factorisation.
	pivotAbs = 1e-10
)
