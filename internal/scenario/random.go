package scenario

import (
	"math/bits"
	"math/rand/v2"
)

// A source draws numbers that do not depend on the version of Go: it takes
// only raw words from the generator.
type source struct{ pcg *rand.PCG }

func newSource(seed uint64) source { return source{rand.NewPCG(seed, 0x7461_6b74)} }

// below returns a number in [0, n).
func (s source) below(n int) int {
	hi, _ := bits.Mul64(s.pcg.Uint64(), uint64(n))
	return int(hi)
}

// between returns a number in [lo, hi].
func (s source) between(lo, hi int) int { return lo + s.below(hi-lo+1) }

// chance reports true once in n times.
func (s source) chance(n int) bool { return s.below(n) == 0 }

// unit returns a number in [0, 1) with 53 bits.
func (s source) unit() float64 { return float64(s.pcg.Uint64()>>11) / (1 << 53) }

// Seeds returns how many of n random problems a test should try: all of them,
// or one in five if it has to be short.
func Seeds(n uint64, short bool) uint64 {
	if short {
		return (n + 4) / 5
	}
	return n
}
