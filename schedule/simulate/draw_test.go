package simulate

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestElementaryFunctions(t *testing.T) {
	for x := 1e-300; x < 1e300; x *= 1.37 {
		assert.InEpsilon(t, math.Log(x)+1000, ln(x)+1000, 1e-15)
	}
	for x := 0.5; x < 2; x += 0.001 {
		assert.InDelta(t, math.Log(x), ln(x), 1e-15)
	}
	for x := -690.0; x < 690; x += 0.37 {
		assert.InEpsilon(t, math.Exp(x), exp(x), 1e-12)
	}
	assert.Zero(t, exp(-800))
	assert.Positive(t, exp(math.Inf(1)))
}

// Mean and deviation of what is drawn are those that were asked for.
func TestVariations(t *testing.T) {
	const n = 200_000
	for _, v := range []Variation{
		{}, Exponential(), {Gamma, 0.3}, {Gamma, 2}, {Lognormal, 0.5}, {Lognormal, 1}, {Uniform, 0.5}, {Shape: Fixed, CV: 0},
	} {
		var sum, squares float64
		for i := range n {
			s := newStream(7, forWork, uint64(i), 0, 0)
			x := s.factor(v)
			assert.GreaterOrEqual(t, x, 0.0)
			sum, squares = sum+x, squares+x*x
		}
		mean := sum / n
		cv := math.Sqrt(max(0, squares/n-mean*mean))
		assert.InDelta(t, 1, mean, 4*v.CV/math.Sqrt(n)+1e-12, "%v", v)
		assert.InDelta(t, v.CV, cv, 0.03*max(1, v.CV*v.CV), "%v", v)
	}
}

func TestBinomial(t *testing.T) {
	for _, n := range []int64{1, 20, 100, 101, 5000} {
		var sum, squares float64
		const draws = 20_000
		for i := range draws {
			s := newStream(3, forYield, uint64(i), uint64(n), 0)
			k := s.binomial(n, 0.9)
			assert.True(t, k >= 0 && k <= n)
			sum, squares = sum+float64(k), squares+float64(k*k)
		}
		mean, variance := 0.9*float64(n), 0.09*float64(n)
		assert.InDelta(t, mean, sum/draws, 4*math.Sqrt(variance/draws))
		assert.InEpsilon(t, variance, squares/draws-sum/draws*sum/draws, 0.08)
	}
	s := newStream(1, forYield, 0, 0, 0)
	assert.Equal(t, int64(5), s.binomial(5, 1))
}

// Streams of different keys are not alike, whichever part of the key differs.
func TestStreamsDiffer(t *testing.T) {
	seen := map[uint64]bool{}
	for i := range uint64(100) {
		for _, key := range [][5]uint64{{i, 1, 1, 1, 1}, {0, i + 2, 1, 1, 1}, {0, 1, i + 2, 1, 1}, {0, 1, 1, i + 2, 1}, {0, 1, 1, 1, i + 2}} {
			s := newStream(key[0], purpose(key[1]), key[2], key[3], key[4])
			seen[s.next()] = true
		}
	}
	assert.Len(t, seen, 500)
}

// Working time against a walk second by second.
func TestHours(t *testing.T) {
	var h hours
	for _, w := range []window{{from: 3, to: 10, rate: 1000}, {from: 10, to: 16, rate: 500}, {from: 20, to: 30, rate: 2000}, {from: 40, to: 44, rate: 1000}} {
		h = h.add(w.from*int64(time.Second), w.to*int64(time.Second), w.rate)
	}
	second := func(n int) int64 { return int64(n) * int64(time.Second) }
	rate := func(at int) int64 {
		for _, w := range h {
			if second(at) >= w.from && second(at) < w.to {
				return w.rate
			}
		}
		return 0
	}
	for from := range 50 {
		done := int64(0)
		for at := from; at < 50; at++ {
			if r := rate(at); r > 0 {
				done += r * int64(time.Millisecond)
				end := h.after(second(from), done)
				assert.Equal(t, second(at+1), end)
				assert.Equal(t, done, h.done(end)-h.done(second(from)))
			}
		}
		assert.Equal(t, never, h.after(second(from), done+1))
		for work := 1; work < 25; work++ {
			start := h.fit(second(from), second(work), false)
			want := never
			for at := 49; at >= from; at-- {
				done := int64(0)
				for k := at; k < 50 && rate(k) > 0; k++ {
					done += rate(k) * int64(time.Millisecond)
				}
				if rate(at) > 0 && done >= second(work) {
					want = second(at)
				}
			}
			if start != never && want != never {
				assert.LessOrEqual(t, start, want)
				assert.Greater(t, start, want-int64(time.Second))
			} else {
				assert.Equal(t, want, start)
			}
		}
	}
}

// The agenda against a sorted list.
func TestAgenda(t *testing.T) {
	var q agenda
	s := newStream(5, forWork, 0, 0, 0)
	last, lastIndex := int64(-1), int32(-1)
	for n := range int32(5000) {
		q.push(s.below(300), ends, n, 0)
	}
	for q.next() < never {
		e := q.pop()
		assert.True(t, e.at > last || e.at == last && e.index > lastIndex)
		last, lastIndex = e.at, e.index
	}
}
