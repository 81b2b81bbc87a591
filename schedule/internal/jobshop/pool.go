package jobshop

import (
	"math"

	"github.com/taktplan/takt/schedule/internal/plain"
)

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

// standard is the tuning for a number of operations: the larger a shop, the
// longer a tabu search finds something better now and then, ever more so beyond
// some 300 operations.
func standard(ops int) tuning {
	n := min(ops, 1000)
	idle := min(max(3000, 12*n, n*n*n/11_000), 20_000)
	return tuning{near: n7, idle: idle, members: 4, most: 30, low: 300, high: 700, picks: 8, patience: 3, apart: 2}
}

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

	stage   stage
	elite   []*solution
	spare   []*solution // not in use
	failed  int         // results in a row that did not improve the pool
	best    *solution   // of all times; its makespan is none before there is any
	counts  []int32     // scratch, by machine
	scratch *graph

	// The result that competes for a place, the member it competes with so
	// far, and how many it has been compared with. A schedule that was
	// offered waits until a result has been judged.
	result   *solution
	rival    int
	compared int
	offered  *solution
	waiting  bool
}

// A stage of the search. The work of a step is bounded in each: on the largest
// shops no step takes much more than a millisecond.
type stage uint8

const (
	listing   stage = iota // a list schedule to begin a tabu search from
	linking                // the way from a member towards another
	searching              // tabu search
	joining                // the result is compared with the members, one a step
)

// none is the makespan of no schedule.
const none = math.MaxInt32

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
		scratch: newGraph(s),
		offered: newSolution(s.Ops()),
	}
	p.link = &relinker{g: p.tabu.g, r: r, picks: t.picks}
	for range t.most + 1 {
		p.spare = append(p.spare, newSolution(s.Ops()))
	}
	p.best.makespan, p.tabu.best = none, none
	p.lists.begin(0)
	return p
}

// step does a little of what the stage is about.
func (p *pool) step() {
	switch p.stage {
	case listing:
		if p.lists.run(listChunk) {
			p.restart(p.lists.order)
		}
	case linking:
		if p.link.step(); p.link.left == 0 {
			p.begin()
		}
	case searching:
		if moved := p.tabu.iterate(); !moved || p.tabu.idle >= p.idle {
			p.join(p.tabu.bestOrder, p.tabu.best)
		}
		p.keep()
	case joining:
		p.compare()
	}
}

// listChunk is the effort put into a list schedule in a step.
const listChunk = 1000

// restart begins a tabu search at the schedule given as an order.
func (p *pool) restart(order []int32) {
	p.tabu.g.orient(order)
	p.begin()
}

// begin begins a tabu search where its graph stands.
func (p *pool) begin() {
	p.stage = searching
	p.tabu.begin()
	p.keep()
}

// keep remembers the best schedule of the tabu search if it is the best of all.
func (p *pool) keep() {
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
		p.lists.begin(startSpread)
		p.stage = listing
		return
	}
	i := p.r.below(p.members)
	j := (i + 1 + p.r.below(p.members-1)) % p.members
	from, to := p.elite[i], p.elite[j]
	p.tabu.g.orient(from.order)
	way := p.low + p.r.below(p.high-p.low+1)
	p.stage = linking
	p.link.begin(to, p.ruler.distance(from, to)*way/1000)
	if p.link.left == 0 {
		p.begin()
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

// join lets a schedule compete for a place in the pool.
func (p *pool) join(order []int32, makespan int32) {
	last := len(p.spare) - 1
	p.result, p.spare = p.spare[last], p.spare[:last]
	p.result.set(p.shop, order, makespan, p.counts)
	p.stage, p.rival, p.compared = joining, 0, 0
}

// compare looks at the next member and finds whose place the result competes
// for: that of a member too near to it, a free one, or that of the worst.
func (p *pool) compare() {
	if p.compared == len(p.elite) {
		if len(p.elite) < p.members {
			p.rival = len(p.elite)
		}
		p.judge()
		return
	}
	i := p.compared
	p.compared++
	switch o := p.elite[i]; {
	case p.ruler.distance(p.result, o)*100 <= p.shop.Ops()*p.apart:
		p.rival = i
		p.judge()
	case o.makespan > p.elite[p.rival].makespan:
		p.rival = i
	}
}

// judge lets the result take the place it competes for if it is better, and
// goes on with what was offered meanwhile or the next tabu search.
func (p *pool) judge() {
	s := p.result
	switch {
	case p.rival == len(p.elite):
		p.elite = append(p.elite, s)
	case s.makespan < p.elite[p.rival].makespan:
		p.spare = append(p.spare, p.elite[p.rival])
		p.elite[p.rival] = s
		p.failed = 0
	default:
		p.spare = append(p.spare, s)
		p.failed++
	}
	switch {
	case !p.waiting:
		p.next()
	case len(p.elite) == p.members:
		p.waiting = false
		p.join(p.offered.order, p.offered.makespan)
	default:
		p.waiting = false
		p.restart(p.offered.order)
	}
}

// offer takes a schedule from elsewhere, as a topological order. It joins a
// full pool behind the result under way; before that, a better one than the
// search is at takes its place.
func (p *pool) offer(order []int32) {
	p.scratch.orient(order)
	c := p.scratch.makespan()
	if c < p.best.makespan {
		p.best.set(p.shop, order, c, p.counts)
	}
	if p.stage == joining || len(p.elite) == p.members {
		p.offered.set(p.shop, order, c, p.counts)
		p.waiting = true
	} else if c < p.tabu.best {
		p.restart(order)
	}
}
