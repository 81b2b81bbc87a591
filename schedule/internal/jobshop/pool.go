package jobshop

import "github.com/taktplan/takt/schedule/internal/plain"

// A tuning is the set of numbers that a search is tuned by.
type tuning struct {
	near neighbourhood
	// idle is the number of iterations without improvement after which a
	// tabu search ends.
	idle int
	// members and most are the size of the first population and of the
	// largest. Peng, Lü and Cheng have 30 for an hour; a handful is better
	// for seconds. So it begins small and grows each time it is made anew.
	members, most int
	// From one member to the other, a relinking goes from low to high
	// thousandths of the way.
	low, high int
	// picks is the number of swaps a relinking chooses each of its swaps from.
	picks int
	// patience is the number of results in a row, for each member, that may
	// fail to improve the population before it is made anew.
	patience int
	// apart is the least distance between members, in hundredths of the
	// number of operations.
	apart int
}

var standard = tuning{near: n7, idle: 6000, members: 4, most: 30, low: 300, high: 700, picks: 8, patience: 3, apart: 2}

// A pool is a small population of schedules. First it is filled with the
// results of tabu searches from different list schedules; then tabu searches
// begin between two members, and their results replace worse members.
type pool struct {
	tuning
	shop  *plain.Shop
	r     *random
	tabu  *tabu
	lists *lister
	ruler *ruler
	link  *relinker

	elite   []*solution
	spare   []*solution // not in use
	failed  int         // results in a row that did not improve the pool
	best    *solution   // of all times
	counts  []int32     // scratch, by machine
	order   []int32     // scratch
	scratch *graph
}

func newPool(s *plain.Shop, r *random, t tuning) *pool {
	p := &pool{
		tuning:  t,
		shop:    s,
		r:       r,
		tabu:    newTabu(s, t.near, r),
		lists:   newLister(s, r),
		ruler:   newRuler(s),
		elite:   make([]*solution, 0, t.most),
		best:    newSolution(s.Ops()),
		counts:  make([]int32, s.Machines),
		order:   make([]int32, s.Ops()),
		scratch: newGraph(s),
	}
	p.link = &relinker{g: p.tabu.g, r: r, picks: t.picks}
	for range t.most + 1 {
		p.spare = append(p.spare, newSolution(s.Ops()))
	}
	p.order = p.lists.list(p.order, 0)
	p.tabu.restart(p.order)
	p.best.set(s, p.tabu.bestOrder, p.tabu.best, p.counts)
	return p
}

// step makes a swap on the way to a new start, or an iteration of the tabu
// search.
func (p *pool) step() {
	if p.link.left > 0 {
		if p.link.step(); p.link.left == 0 {
			p.tabu.begin()
		}
	} else if moved := p.tabu.iterate(); !moved || p.tabu.idle >= p.idle {
		p.join(p.tabu.bestOrder, p.tabu.best)
		p.next()
	}
	if p.tabu.best < p.best.makespan {
		p.best.set(p.shop, p.tabu.bestOrder, p.tabu.best, p.counts)
	}
}

// next begins a tabu search from a list schedule while the pool is not full,
// and else the way to one from a member towards another.
func (p *pool) next() {
	if p.failed >= p.patience*p.members {
		p.renew()
	}
	if len(p.elite) < p.members {
		p.order = p.lists.list(p.order, startSpread)
		p.tabu.restart(p.order)
		return
	}
	i := p.r.below(p.members)
	j := (i + 1 + p.r.below(p.members-1)) % p.members
	from, to := p.elite[i], p.elite[j]
	p.tabu.g.orient(from.order)
	way := p.low + p.r.below(p.high-p.low+1)
	p.link.begin(to, p.ruler.distance(from, to)*way/1000)
	if p.link.left == 0 {
		p.tabu.begin()
	}
}

// renew empties the pool, to make a larger one.
func (p *pool) renew() {
	p.failed = 0
	p.members = min(p.members*3/2, p.most)
	p.spare = append(p.spare, p.elite...)
	p.elite = p.elite[:0]
}

// startSpread is the range of the random factor of list schedules in per cent.
const startSpread = 100

// join lets a schedule take the place of the member next to it if that is too
// near, or else of the worst, if it is no worse.
func (p *pool) join(order []int32, makespan int32) {
	last := len(p.spare) - 1
	s := p.spare[last]
	s.set(p.shop, order, makespan, p.counts)
	place := p.rival(s)
	switch {
	case place == len(p.elite):
		p.elite = append(p.elite, s)
		p.spare = p.spare[:last]
	case makespan < p.elite[place].makespan:
		p.elite[place], p.spare[last] = s, p.elite[place]
		p.failed = 0
	default:
		p.failed++
	}
}

// rival returns the place that s competes for: that of a member too near to
// it, a free one, or that of the worst.
func (p *pool) rival(s *solution) int {
	worst := 0
	for i, o := range p.elite {
		if p.ruler.distance(s, o)*100 <= p.shop.Ops()*p.apart {
			return i
		}
		if o.makespan > p.elite[worst].makespan {
			worst = i
		}
	}
	if len(p.elite) < p.members {
		return len(p.elite)
	}
	return worst
}

// offer takes a schedule from elsewhere, as a topological order. It joins a
// full pool; before that, a better one than the search is at takes its place.
func (p *pool) offer(order []int32) {
	p.scratch.orient(order)
	c := p.scratch.makespan()
	if c < p.best.makespan {
		p.best.set(p.shop, order, c, p.counts)
	}
	if len(p.elite) == p.members {
		p.join(order, c)
	} else if c < p.tabu.best {
		p.tabu.restart(order)
	}
}
