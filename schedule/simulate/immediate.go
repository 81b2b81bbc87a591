package simulate

import "time"

// Immediate releases orders when they enter the pool.
type Immediate struct{}

func (Immediate) Decide(f *Floor) {
	for _, c := range f.Pool() {
		f.Release(c)
	}
}

func (Immediate) Period() time.Duration { return 0 }
