package jobshop

import (
	"math/bits"
	"math/rand/v2"
)

// random draws from a PCG without the methods of rand.Rand, whose draws a new
// release may change.
type random struct{ pcg *rand.PCG }

func newRandom(seed uint64) *random { return &random{rand.NewPCG(seed, 0x9e3779b97f4a7c15)} }

// below returns an integer 0 ≤ x < n, for n > 0. Its bias is below n/2⁶⁴.
func (r *random) below(n int) int {
	hi, _ := bits.Mul64(r.pcg.Uint64(), uint64(n))
	return int(hi)
}
