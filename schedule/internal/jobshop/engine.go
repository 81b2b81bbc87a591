package jobshop

import "github.com/taktplan/takt/schedule/internal/shop"

// tuning holds what the search is tuned by.
type tuning struct {
	near       neighbourhood
	idle       int // a tabu search ends after so many iterations without improvement
	population int
}

// An engine runs tabu searches from the points between the members of a small
// population, which their results join.
type search struct {
	tuning
	shop  *shop.Shop
	r     *random
	tabu  *tabu
	lists *lister
	ruler *ruler
	link  *relinker

	pool     []*solution // sorted by makespan
	spare    *solution
	counts   []int32
	order    []int32 // the next start
	best     *solution
	stale    int
	done     bool
	restarts int
}

func newSearch(s *shop.Shop, seed uint64, t tuning) *search {
	r := newRandom(seed)
	e := &search{
		tuning: t, shop: s, r: r,
		tabu:   newTabu(s, t.near, r),
		lists:  newLister(s, r),
		ruler:  newRuler(s),
		link:   newRelinker(s.Ops()),
		pool:   make([]*solution, 0, t.population),
		spare:  newSolution(s.Ops()),
		best:   newSolution(s.Ops()),
		counts: make([]int32, s.Machines),
		order:  make([]int32, s.Ops()),
	}
	e.order = e.lists.list(e.order, 0)
	e.tabu.restart(e.order)
	e.best.set(s, e.tabu.bestOrder, e.tabu.best, e.counts)
	return e
}

func (e *search) step() {
	if !e.tabu.iterate() {
		e.done = true
	}
	if e.tabu.best < e.best.makespan {
		e.best.set(e.shop, e.tabu.bestOrder, e.tabu.best, e.counts)
	}
	if e.tabu.idle >= e.idle {
		e.next()
	}
}

func (e *search) next() {
	e.join()
	if len(e.pool) < cap(e.pool) {
		e.order = e.lists.list(e.order, 100)
	} else {
		i := e.r.below(len(e.pool))
		j := e.r.below(len(e.pool) - 1)
		if j >= i {
			j++
		}
		e.link.between(e.pool[i], e.pool[j], 300+e.r.below(401), e.order)
	}
	e.tabu.restart(e.order)
}

// join offers the result of the tabu search to the pool.
func (e *search) join() {
	s := e.spare
	s.set(e.shop, e.tabu.bestOrder, e.tabu.best, e.counts)
	for i, o := range e.pool {
		if d := e.ruler.distance(s, o); d == 0 || d < e.shop.Ops()/50 {
			if s.makespan < o.makespan {
				e.pool[i], e.spare = s, o
			}
			e.stale++
			e.renew()
			return
		}
	}
	if len(e.pool) < cap(e.pool) {
		e.pool = append(e.pool, s)
		e.spare = newSolution(e.shop.Ops())
		return
	}
	worst := 0
	for i, o := range e.pool {
		if o.makespan > e.pool[worst].makespan {
			worst = i
		}
	}
	if s.makespan <= e.pool[worst].makespan {
		e.pool[worst], e.spare = s, e.pool[worst]
		e.stale = 0
	} else {
		e.stale++
	}
	e.renew()
}

func (e *search) renew() {
	if e.stale > 3*e.population {
		e.restarts++
		e.stale = 0
		e.pool = e.pool[:0]
	}
}
