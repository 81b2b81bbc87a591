package lns

import "github.com/taktplan/takt/schedule/internal/core"

// An acceptance is late acceptance: a trial is taken if it is no worse than the
// present solution, or than the one of some steps ago.
type acceptance struct {
	past [memory]core.Cost
	at   int
	// idle counts the trials since the best improved or the search restarted.
	idle  int
	best  core.Cost
	stale bool // a better schedule came from outside
}

// memory is how many steps ago late acceptance looks.
const memory = 60

func (a *acceptance) init() { a.best = core.NoCost }

// restart begins anew from a solution of cost c.
func (a *acceptance) restart(c core.Cost) {
	for i := range a.past {
		a.past[i] = c
	}
	a.idle, a.stale, a.best = 0, false, c
}

// limit is the cost that a trial must not exceed.
func (a *acceptance) limit(current core.Cost) core.Cost {
	if past := a.past[a.at]; current.Less(past) {
		return past
	}
	return current
}

// accept judges a trial of cost c.
func (a *acceptance) accept(c, current core.Cost) bool {
	ok := !a.limit(current).Less(c)
	if ok {
		current = c
	}
	if current.Less(a.past[a.at]) {
		a.past[a.at] = current
	}
	a.at = (a.at + 1) % memory
	a.idle++
	if c.Less(a.best) {
		a.best, a.idle = c, 0
	}
	return ok
}
