package simulate

import (
	"math"
	"math/bits"
	"time"
)

// A Shape is a family of distributions of positive quantities.
type Shape uint8

const (
	// Fixed takes the mean always.
	Fixed Shape = iota
	// Gamma has an exponential tail. A CV of 1 is the exponential
	// distribution, 1/√k the Erlang distribution of k phases.
	Gamma
	// Lognormal has a heavier tail.
	Lognormal
	// Uniform lies between mean·(1−√3·CV) and mean·(1+√3·CV); its CV is at most
	// 1/√3.
	Uniform
)

// A Variation is how much something varies around its mean. The zero Variation
// is none.
type Variation struct {
	Shape Shape
	// CV is the coefficient of variation, the standard deviation over the
	// mean; 0 means none.
	CV float64
}

// Exponential is the variation of an exponential distribution.
func Exponential() Variation { return Variation{Gamma, 1} }

// A Distribution is that of a random time.
type Distribution struct {
	Mean time.Duration
	Variation
}

// A purpose tells streams of random numbers for different things apart.
type purpose uint64

const (
	forWork purpose = iota + 1
	forYield
	forFailure
	forRepair
	forDelay
	forRush
	forCancellation
)

// A stream is a sequence of random numbers that belongs to one thing: the
// duration of one step of one order, say. Streams that differ in any part of
// their key are independent, whatever has been drawn from others, so that two
// policies see the same world. It is splitmix64 of Steele, Lea and Flood (2014).
type stream uint64

func newStream(seed uint64, p purpose, thing, part, occurrence uint64) stream {
	s := stream(seed)
	for _, k := range [...]uint64{uint64(p), thing, part, occurrence} {
		s ^= stream(k * 0xd6e8feb86659fd93)
		s = stream(s.next())
	}
	return s
}

func (s *stream) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// uniform returns a number in (0, 1).
func (s *stream) uniform() float64 { return (float64(s.next()>>11) + 0.5) / (1 << 53) }

// below returns an integer in [0, n), n > 0, by Lemire's multiplication; the
// bias is below n/2^64.
func (s *stream) below(n int64) int64 {
	high, _ := bits.Mul64(s.next(), uint64(n))
	return int64(high)
}

// normal returns a standard normal number, by the polar method of Marsaglia.
func (s *stream) normal() float64 {
	for {
		x, y := 2*s.uniform()-1, 2*s.uniform()-1
		if r := float64(x*x) + float64(y*y); r < 1 && r > 0 {
			return float64(x * math.Sqrt(-2*ln(r)/r))
		}
	}
}

// gamma returns a number of mean 1 by the method of Marsaglia and Tsang (2000),
// where shape is 1/CV².
func (s *stream) gamma(shape float64) float64 {
	if shape < 1 {
		// A gamma of shape + 1 times a power of a uniform number.
		u := s.uniform()
		return s.gamma(shape+1) * (shape + 1) / shape * exp(ln(u)/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := s.normal()
		v := 1 + float64(c*x)
		if v <= 0 {
			continue
		}
		v = v * v * v
		if ln(s.uniform()) < float64(0.5*x*x)+float64(d*float64(1-v+ln(v))) {
			return d * v / shape
		}
	}
}

// factor returns a number of mean 1 that varies as v says.
func (s *stream) factor(v Variation) float64 {
	switch {
	case v.CV <= 0:
		return 1
	case v.Shape == Gamma && v.CV == 1:
		return -ln(s.uniform())
	case v.Shape == Gamma:
		return s.gamma(1 / float64(v.CV*v.CV))
	case v.Shape == Lognormal:
		variance := ln(1 + float64(v.CV*v.CV))
		return exp(float64(math.Sqrt(variance)*s.normal()) - variance/2)
	case v.Shape == Uniform:
		return 1 + float64(float64(math.Sqrt(3)*v.CV)*float64(2*s.uniform()-1))
	default:
		return 1
	}
}

// time returns a random time, at most about a century.
func (s *stream) time(d Distribution) int64 {
	return int64(min(float64(d.Mean)*s.factor(d.Variation), 3e18))
}

// binomial returns how many of n pieces are good if each is with a
// probability. Beyond a hundred pieces it is a rounded normal number.
func (s *stream) binomial(n int64, probability float64) int64 {
	if probability >= 1 {
		return n
	}
	if n > 100 {
		mean := float64(n) * probability
		x := mean + float64(math.Sqrt(float64(mean*(1-probability)))*s.normal())
		return min(n, max(0, int64(math.Floor(x+0.5))))
	}
	good := int64(0)
	for range n {
		if s.uniform() < probability {
			good++
		}
	}
	return good
}

// hash is FNV-1a of a name.
func hash(name string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	return h
}
