package dispatch

import "math/bits"

// A Candidate is what a rule may know of an operation that waits at a machine.
// Times are in ticks; work is in working time.
type Candidate struct {
	Now       int64 // the present
	Arrived   int64 // since when it waits
	Work      int64 // of this operation, at least 1
	Remaining int64 // work on the longest path to the end of the job, with this one
	// Priced is Remaining with the work on each machine weighed by the load
	// of that machine, in thousandths of the heaviest.
	Priced int64
	Due    int64 // of the job; far in the future if it has none
	Weight int64 // of the job, at least 1
	Setup  int64 // changeover it would need now
	// NextQueue is the work that waits at the machine of the operation after
	// this one.
	NextQueue int64
	// MeanWork and MeanSetup are means over the whole model, at least 1.
	MeanWork, MeanSetup int64
}

// Slack is the time to spare if everything that remains went without waiting.
func (c *Candidate) Slack() int64 { return c.Due - c.Now - c.Remaining }

// A Rule says which of several waiting operations goes first.
type Rule struct {
	Name string
	// Key is a number that is lower the sooner the operation should go.
	Key func(c *Candidate) int64
	// Dynamic rules depend on Now, Setup or NextQueue, so that keys have to
	// be worked out again when a machine becomes free.
	Dynamic bool
	// Patience is how long a machine waits for a more urgent operation, in
	// 16ths of the shorter work; see LookingAhead. 0 does not wait.
	Patience int64
}

// Fixed-point numbers of the rules have 16 bits behind the point.
const (
	one   = int64(1) << 16
	log2e = 94548 // log₂ e
)

// ratio is a/b in fixed point, for b ≥ 1, held within ±2⁵⁶.
func ratio(a, b int64) int64 {
	const most = int64(1) << 40
	return max(-most, min(most, a)) * one / b
}

// log2 is the binary logarithm of x ≥ 1 in fixed point, rounded down, by
// repeated squaring: integers only, so that it is the same on every machine.
func log2(x int64) int64 {
	n := bits.Len64(uint64(x)) - 1
	y := uint64(x) << (62 - n) >> 31 // in [2³¹, 2³²)
	r := int64(n)
	for range 16 {
		y = y * y >> 31
		r <<= 1
		if y >= 1<<32 {
			y >>= 1
			r++
		}
	}
	return r
}
