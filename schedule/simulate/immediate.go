package simulate

import "time"

// Immediate releases orders when they enter the pool.
type Immediate struct{}

// Decide implements [Release].
func (Immediate) Decide(f *Floor) {
	for _, c := range f.Pool() {
		f.Release(c)
	}
}

// Period implements [Release].
func (Immediate) Period() time.Duration { return 0 }
