package search

import (
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/lns"
)

// A lineup is the engines of one worker. They take turns by step number and
// offer one another what they find.
type lineup struct {
	engines []core.Engine
	turns   []int // engine of each step, over and over
	known   []core.Cost
	spare   *core.Schedule
}

// newLineup chooses engines by shape and objective. Workers differ by seed.
func newLineup(m *core.Model, seed uint64, worker int) lineup {
	seed = seed*0x9e3779b97f4a7c15 + uint64(worker)
	l := lineup{spare: core.NewSchedule(m.Ops())}
	l.add(lns.New(m, seed), 1)
	return l
}

// add gives an engine a number of turns.
func (l *lineup) add(e core.Engine, turns int) {
	l.engines = append(l.engines, e)
	l.known = append(l.known, core.NoCost)
	for range turns {
		l.turns = append(l.turns, len(l.engines)-1)
	}
}

// step lets the engine whose turn it is work for about a millisecond, or the
// next that is not done.
func (l *lineup) step(number int64) {
	for k := range int64(len(l.turns)) {
		i := l.turns[(number+k)%int64(len(l.turns))]
		e := l.engines[i]
		if e.Done() {
			continue
		}
		e.Run(nil, e.Pace())
		if c := e.Best(nil); c.Less(l.known[i]) {
			l.known[i] = c
			l.share(i, c)
		}
		return
	}
}

// share offers what engine i found to the others.
func (l *lineup) share(i int, c core.Cost) {
	if len(l.engines) == 1 {
		return
	}
	l.engines[i].Best(l.spare)
	for k := range l.engines {
		if c.Less(l.known[k]) {
			l.known[k] = c
			l.engines[k].Offer(l.spare, c)
		}
	}
}

// offer hands a schedule to all engines.
func (l *lineup) offer(s *core.Schedule, c core.Cost) {
	for k := range l.engines {
		if c.Less(l.known[k]) {
			l.known[k] = c
			l.engines[k].Offer(s, c)
		}
	}
}

// best copies the best schedule of all engines to dst, unless it is nil; ties
// go to the first.
func (l *lineup) best(dst *core.Schedule) core.Cost {
	best, from := core.NoCost, 0
	for k, e := range l.engines {
		if c := e.Best(nil); c.Less(best) {
			best, from = c, k
		}
	}
	if dst != nil {
		l.engines[from].Best(dst)
	}
	return best
}

func (l *lineup) bound() int64 {
	b := int64(0)
	for _, e := range l.engines {
		b = max(b, e.Bound())
	}
	return b
}
