package jobshop

import "github.com/taktplan/takt/schedule/internal/plain"

// tuning holds what the search is tuned by.
type tuning struct {
	near                neighbourhood
	idle                int // a tabu search ends after so many iterations without improvement
	population          int
	tmin, tspan, stale0 int
}

// A pool is a small population of schedules. Tabu searches start on the line
// between two members, and their results join it.
type pool struct {
	tuning
	shop  *plain.Shop
	r     *random
	tabu  *tabu
	lists *lister
	ruler *ruler
	link  *relinker

	pool     []*solution
	spare    []*solution
	counts   []int32
	order    []int32 // the next start
	best     *solution
	scratch  *graph
	stale    int
	restarts int
}

func newPool(s *plain.Shop, r *random) *pool {
	return newTunedPool(s, r, tuning{near: n7, idle: 6000, population: 4, tmin: 300, tspan: 400, stale0: 3})
}

func newTunedPool(s *plain.Shop, r *random, t tuning) *pool {
	e := &pool{
		tuning: t, shop: s, r: r,
		tabu:    newTabu(s, t.near, r),
		lists:   newLister(s, r),
		ruler:   newRuler(s),
		link:    newRelinker(s.Ops()),
		scratch: newGraph(s),
		best:    newSolution(s.Ops()),
		counts:  make([]int32, s.Machines),
		order:   make([]int32, s.Ops()),
	}
	for range t.population + 1 {
		e.spare = append(e.spare, newSolution(s.Ops()))
	}
	e.order = e.lists.list(e.order, 0)
	e.tabu.restart(e.order)
	e.best.set(s, e.tabu.bestOrder, e.tabu.best, e.counts)
	return e
}

// step makes an iteration of the tabu search, and begins the next one when it
// is over.
func (e *pool) step() {
	moved := e.tabu.iterate()
	if e.tabu.best < e.best.makespan {
		e.best.set(e.shop, e.tabu.bestOrder, e.tabu.best, e.counts)
	}
	if !moved || e.tabu.idle >= e.idle {
		e.next()
	}
}

func (e *pool) next() {
	e.join()
	if len(e.pool) < e.population {
		e.order = e.lists.list(e.order, 100)
	} else {
		i := e.r.below(len(e.pool))
		j := e.r.below(len(e.pool) - 1)
		if j >= i {
			j++
		}
		e.link.between(e.pool[i], e.pool[j], e.tmin+e.r.below(e.tspan+1), e.order)
	}
	e.tabu.restart(e.order)
}

// join offers the result of the tabu search to the pool.
func (e *pool) join() {
	last := len(e.spare) - 1
	s := e.spare[last]
	s.set(e.shop, e.tabu.bestOrder, e.tabu.best, e.counts)
	for i, o := range e.pool {
		if e.ruler.distance(s, o) <= e.shop.Ops()/50 {
			if s.makespan < o.makespan {
				e.pool[i], e.spare[last] = s, o
			}
			e.stale++
			e.renew()
			return
		}
	}
	if len(e.pool) < e.population {
		e.pool = append(e.pool, s)
		e.spare = e.spare[:last]
		return
	}
	worst := 0
	for i, o := range e.pool {
		if o.makespan > e.pool[worst].makespan {
			worst = i
		}
	}
	if s.makespan <= e.pool[worst].makespan {
		e.pool[worst], e.spare[last] = s, e.pool[worst]
		e.stale = 0
	} else {
		e.stale++
	}
	e.renew()
}

func (e *pool) renew() {
	if e.stale > e.stale0*e.population {
		e.restarts++
		e.stale = 0
		e.spare = append(e.spare, e.pool...)
		e.pool = e.pool[:0]
	}
}

// offer hands in a schedule from elsewhere, as a topological order.
func (e *pool) offer(order []int32) {
	e.scratch.orient(order)
	c := e.scratch.makespan()
	if c < e.best.makespan {
		e.best.set(e.shop, order, c, e.counts)
	}
	if len(e.pool) < e.population {
		return
	}
	worst := 0
	for i, o := range e.pool {
		if o.makespan > e.pool[worst].makespan {
			worst = i
		}
	}
	if c < e.pool[worst].makespan {
		e.pool[worst].set(e.shop, order, c, e.counts)
	}
}
