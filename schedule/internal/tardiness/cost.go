package tardiness

import (
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/disjunctive"
)

// costs keeps what each job costs at the ends the graph has.
type costs struct {
	g        *disjunctive.Graph
	jobs     []core.Job
	makespan int64 // price of a tick

	// sinks[j] are the operations of job j that no other of the job follows:
	// the last of them to end completes it.
	sinks [][]int32
	job   []int32 // of each operation that is a sink, otherwise -1

	least []int64 // price of each job if it had the shop for itself
	bound int64   // of the total, by these

	price []int64 // of each job
	total int64   // of all jobs, and of the makespan
	span  int64   // cost of the makespan

	seen []int64 // by job: the call of eachChanged that last came across it
	now  int64
}

func newCosts(g *disjunctive.Graph) *costs {
	sh := g.Shop
	c := &costs{
		g:        g,
		jobs:     sh.Jobs,
		makespan: sh.Makespan,
		sinks:    make([][]int32, len(sh.Jobs)),
		job:      make([]int32, sh.Ops),
		least:    make([]int64, len(sh.Jobs)),
		price:    make([]int64, len(sh.Jobs)),
		seen:     make([]int64, len(sh.Jobs)),
	}
	for o := range int32(sh.Ops) {
		c.job[o] = -1
		last := true
		sh.EachSucc(o, func(l disjunctive.Link) { last = last && sh.Job[l.Op] != sh.Job[o] })
		if last {
			c.job[o] = sh.Job[o]
			c.sinks[sh.Job[o]] = append(c.sinks[sh.Job[o]], o)
		}
	}
	c.setLeast()
	return c
}

// setLeast prices jobs and makespan at the ends that release and network alone
// allow, in fastest modes.
func (c *costs) setLeast() {
	sh := c.g.Shop
	end := make([]int64, sh.Ops)
	var span int64
	for _, o := range sh.Topological {
		start := sh.Release[o]
		sh.EachPred(o, func(l disjunctive.Link) { start = max(start, end[l.Op]+l.Lag) })
		end[o] = start + sh.MinTime(o)
		span = max(span, end[o])
	}
	c.bound = c.makespan * span
	for j, sinks := range c.sinks {
		if len(sinks) == 0 {
			continue
		}
		var done int64
		for _, o := range sinks {
			done = max(done, end[o])
		}
		c.least[j] = price(&c.jobs[j], done)
		c.bound += c.least[j]
	}
}

// reset prices all jobs at the ends that the graph has.
func (c *costs) reset() {
	c.total = 0
	for j := range c.jobs {
		c.price[j] = c.at(int32(j))
		c.total += c.price[j]
	}
	c.span = c.makespanCost()
	c.total += c.span
}

// at is the price of job j at present ends.
func (c *costs) at(j int32) int64 {
	if len(c.sinks[j]) == 0 {
		return 0
	}
	return price(&c.jobs[j], c.g.Node[c.last(j)].End)
}

// last is the operation that completes job j.
func (c *costs) last(j int32) int32 {
	sinks := c.sinks[j]
	v := sinks[0]
	for _, u := range sinks[1:] {
		if c.g.Node[u].End > c.g.Node[v].End {
			v = u
		}
	}
	return v
}

// price is [core.Job.Price] of a job without earliness, whose sums are known
// not to overflow.
func price(j *core.Job, done int64) int64 {
	p := j.Flow * (done - j.Release)
	if done > j.Due {
		p += j.Late + j.Tardiness*(done-j.Due)
	}
	return p
}

func (c *costs) makespanCost() int64 {
	if c.makespan == 0 {
		return 0
	}
	var end int64
	for _, sinks := range c.sinks {
		for _, v := range sinks {
			end = max(end, c.g.Node[v].End)
		}
	}
	return c.makespan * end
}

// after is the total at the ends that the last move has left, of which only
// changes are looked at.
func (c *costs) after() int64 {
	total := c.total - c.span + c.makespanCost()
	c.eachChanged(func(j int32) { total += c.at(j) - c.price[j] })
	return total
}

// update makes the present ends the ones that prices refer to.
func (c *costs) update() {
	c.eachChanged(func(j int32) {
		now := c.at(j)
		c.total += now - c.price[j]
		c.price[j] = now
	})
	span := c.makespanCost()
	c.total += span - c.span
	c.span = span
}

// eachChanged calls f once with every job of which the last move changed the
// end of a sink.
func (c *costs) eachChanged(f func(j int32)) {
	c.now++
	for _, e := range c.g.Changed() {
		if j := c.job[e.Op]; j >= 0 && c.seen[j] != c.now {
			c.seen[j] = c.now
			f(j)
		}
	}
}
