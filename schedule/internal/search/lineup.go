package search

import (
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/dispatch"
	"github.com/taktplan/takt/schedule/internal/flexible"
	"github.com/taktplan/takt/schedule/internal/jobshop"
	"github.com/taktplan/takt/schedule/internal/lns"
	"github.com/taktplan/takt/schedule/internal/tardiness"
	"github.com/taktplan/takt/schedule/internal/window"
)

// Sizes in operations up to which engines are used: beyond them a step, or the
// memory, would be out of proportion to what they find.
const (
	tabuOps = 50_000
	lnsOps  = 300_000
)

// newLineup chooses engines by shape and objective; workers differ by seed, and
// the first of several gives more of its time to the proof, which the others
// leave to it. A plain shop begins with dispatching rules, which give the first schedule, and
// goes on with the tabu search for its objective. Where no special engine fits,
// the general one does it all, in turn with the search by windows if that fits.
func newLineup(m *core.Model, seed uint64, worker, workers int) *lineup {
	seed = seed*0x9e3779b97f4a7c15 + uint64(worker)
	l := &lineup{spare: core.NewSchedule(m.Ops()), given: core.NewSchedule(m.Ops()), cost: core.NoCost}
	plain := m.Shape() != core.General
	if plain {
		l.add(func() core.Engine { return dispatch.NewJobShop(m, seed) })
	}
	if m.Ops() <= tabuOps {
		l.addTabu(m, seed, proofShare(worker, workers))
	}
	if special := len(l.slots) > 1 || !plain && len(l.slots) > 0; !special && (!plain || m.Ops() <= lnsOps) {
		l.add(func() core.Engine { return lns.New(m, seed) })
		if window.Fits(m) {
			l.add(func() core.Engine { return window.New(m, seed) })
		}
	}
	return l
}

// proofShare weighs the time of a worker for proofs.
func proofShare(worker, workers int) int64 {
	switch {
	case workers == 1:
		return 1
	case worker == 0:
		return 3
	}
	return 0
}

// addTabu adds the tabu search that takes the model, if there is one.
func (l *lineup) addTabu(m *core.Model, seed uint64, share int64) {
	switch {
	case jobshop.Fits(m):
		l.add(func() core.Engine { return jobshop.New(m, seed, share) })
	case flexible.Fits(m):
		l.add(func() core.Engine { return flexible.New(m, seed) })
	case tardiness.Fits(m):
		l.add(func() core.Engine { return tardiness.New(m, seed) })
	}
}

// A lineup is the engines of one worker. They take turns, step by step, and
// offer one another what they find.
type lineup struct {
	slots []slot
	spare *core.Schedule
	// given is the best schedule from outside, for engines yet to be made.
	given *core.Schedule
	cost  core.Cost // of given
}

// A slot holds an engine, which is made at its first turn.
type slot struct {
	make   func() core.Engine
	engine core.Engine // nil before
	known  core.Cost   // the best it has found or been offered
}

func (l *lineup) add(make func() core.Engine) {
	l.slots = append(l.slots, slot{make: make, known: core.NoCost})
}

// step lets the engine whose turn it is work for about a millisecond, or the
// next that is not done. Until there is a schedule it is the first one's turn.
func (l *lineup) step(number int64) {
	if l.best(nil) == core.NoCost {
		number = 0
	}
	for k := range l.slots {
		i := (int(number%int64(len(l.slots))) + k) % len(l.slots)
		s := &l.slots[i]
		if s.engine == nil {
			s.engine = s.make()
			l.inform(s)
		}
		if s.engine.Done() {
			continue
		}
		s.engine.Run(nil, s.engine.Pace())
		if c := s.engine.Best(nil); c.Less(s.known) {
			s.known = c
			if len(l.slots) > 1 {
				s.engine.Best(l.spare)
				l.spread(l.spare, c)
			}
		}
		return
	}
}

// inform tells a new engine what is known.
func (l *lineup) inform(s *slot) {
	if c := l.best(l.spare); c.Less(s.engine.Best(nil)) {
		s.known = c
		s.engine.Offer(l.spare, c)
	}
}

// offer takes a schedule from outside.
func (l *lineup) offer(s *core.Schedule, c core.Cost) {
	if c.Less(l.cost) {
		l.cost = c
		l.given.CopyFrom(s)
	}
	l.spread(s, c)
}

// spread hands a schedule to all engines that know none as good.
func (l *lineup) spread(sch *core.Schedule, c core.Cost) {
	for k := range l.slots {
		if s := &l.slots[k]; s.engine != nil && c.Less(s.known) {
			s.known = c
			s.engine.Offer(sch, c)
		}
	}
}

// best copies the best schedule known to dst, unless it is nil; ties go to the
// one from outside, then to the first engine.
func (l *lineup) best(dst *core.Schedule) core.Cost {
	best := l.cost
	var from core.Engine
	for k := range l.slots {
		if e := l.slots[k].engine; e != nil {
			if c := e.Best(nil); c.Less(best) {
				best, from = c, e
			}
		}
	}
	switch {
	case dst == nil || best == core.NoCost:
	case from == nil:
		dst.CopyFrom(l.given)
	default:
		from.Best(dst)
	}
	return best
}

// done says that no engine has anything left to do.
func (l *lineup) done() bool {
	for k := range l.slots {
		if e := l.slots[k].engine; e == nil || !e.Done() {
			return false
		}
	}
	return true
}

func (l *lineup) bound() int64 {
	b := int64(0)
	for k := range l.slots {
		if e := l.slots[k].engine; e != nil {
			b = max(b, e.Bound())
		}
	}
	return b
}
