package disjunctive

import "math/rand/v2"

// A Random draws the choices of a search. Equal seeds give equal choices on
// every machine and with every version of the standard library: only the
// generator is taken from there, whose algorithm is fixed by its definition.
type Random struct{ pcg rand.PCG }

// NewRandom returns the source of a seed and a stream.
func NewRandom(seed, stream uint64) *Random {
	return &Random{pcg: *rand.NewPCG(seed, stream)}
}

// Below returns an integer in [0, n), n > 0. Its bias, at most n in 2³², does
// not matter here.
func (r *Random) Below(n int) int {
	return int(r.pcg.Uint64() >> 32 * uint64(n) >> 32)
}

// Shuffle permutes a slice.
func Shuffle[T any](r *Random, s []T) {
	for i := len(s) - 1; i > 0; i-- {
		j := r.Below(i + 1)
		s[i], s[j] = s[j], s[i]
	}
}
