package schedule

import (
	"iter"
	"time"
)

// Times are the instants and the tick of a problem with the meaning of its
// zero values filled in.
type Times struct {
	From, To, Now, FrozenUntil, ReleaseFrom time.Time
	Tick                                    time.Duration // positive
}

// Times returns the times of p. An instant that lies before the one it counts
// from is raised to it: FrozenUntil and ReleaseFrom to Now, Now to From.
func (p *Problem) Times() Times {
	t := Times{From: p.From, To: p.To, Tick: p.Tick}
	if t.Tick <= 0 {
		t.Tick = time.Second
	}
	t.Now = later(t.From, p.Now)
	t.FrozenUntil = later(t.Now, p.FrozenUntil)
	t.ReleaseFrom = later(t.Now, p.ReleaseFrom)
	return t
}

// Precedence yields the links among the steps of r: those it lists or, if it
// lists none, one from each step to the next.
func (r *Routing) Precedence() iter.Seq[Link] {
	return func(yield func(Link) bool) {
		for i := range r.Links {
			if !yield(r.Links[i]) {
				return
			}
		}
		if len(r.Links) > 0 {
			return
		}
		for i := 1; i < len(r.Steps); i++ {
			if !yield(Link{From: r.Steps[i-1].ID, To: r.Steps[i].ID}) {
				return
			}
		}
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
