package tardiness

import (
	"slices"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/disjunctive"
)

// costs keeps what each job costs at the ends the graph has. A makespan that
// costs is one job more, completed by all operations that complete a job, with
// a price on its flow time.
type costs struct {
	g    *disjunctive.Graph
	jobs []core.Job
	span int32 // the job that stands for the makespan, -1 for none

	// sinks[j] are the operations of job j that no other of the job follows:
	// the last of them to end completes it.
	sinks [][]int32
	job   []int32 // of each operation that is a sink, otherwise -1

	least []int64 // price of each job if it had the shop for itself
	bound int64   // of the total, by these

	done  []int64 // completion of each job
	price []int64 // of each job
	total int64

	seen []int64 // by job: the call of eachChanged that last came across it
	now  int64
}

func newCosts(g *disjunctive.Graph) *costs {
	sh := g.Shop
	c := &costs{g: g, jobs: slices.Clone(sh.Jobs), span: -1, job: make([]int32, sh.Ops)}
	if sh.Makespan > 0 {
		c.span = int32(len(c.jobs))
		c.jobs = append(c.jobs, core.Job{Flow: sh.Makespan, Due: core.Never})
	}
	n := len(c.jobs)
	c.sinks = make([][]int32, n)
	c.least, c.done, c.price, c.seen = make([]int64, n), make([]int64, n), make([]int64, n), make([]int64, n)
	for o := range int32(sh.Ops) {
		c.job[o] = -1
		last := true
		sh.EachSucc(o, func(l disjunctive.Link) { last = last && sh.Job[l.Op] != sh.Job[o] })
		if last {
			c.job[o] = sh.Job[o]
			c.sinks[sh.Job[o]] = append(c.sinks[sh.Job[o]], o)
			if c.span >= 0 {
				c.sinks[c.span] = append(c.sinks[c.span], o)
			}
		}
	}
	c.setLeast()
	return c
}

// setLeast prices jobs at the ends that release and network alone allow, in
// fastest modes.
func (c *costs) setLeast() {
	sh := c.g.Shop
	end := make([]int64, sh.Ops)
	for _, o := range sh.Topological {
		start := sh.Release[o]
		sh.EachPred(o, func(l disjunctive.Link) { start = max(start, end[l.Op]+l.Lag) })
		end[o] = start + sh.MinTime(o)
	}
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
		c.done[j], c.price[j] = 0, 0
		c.set(int32(j))
	}
}

// set prices job j at present ends.
func (c *costs) set(j int32) {
	if len(c.sinks[j]) == 0 {
		return
	}
	c.total -= c.price[j]
	c.done[j] = c.end(j)
	c.price[j] = price(&c.jobs[j], c.done[j])
	c.total += c.price[j]
}

// end is the present end of job j.
func (c *costs) end(j int32) int64 { return c.g.Node[c.last(j)].End }

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

// ends says that job j is not complete before operation v is, though no other
// operation of the job follows v.
func (c *costs) ends(v, j int32) bool { return c.job[v] == j || j == c.span && c.job[v] >= 0 }

// price is [core.Job.Price] of a job without earliness, whose sums are known
// not to overflow.
func price(j *core.Job, done int64) int64 {
	p := j.Flow * (done - j.Release)
	if done > j.Due {
		p += j.Late + j.Tardiness*(done-j.Due)
	}
	return p
}

// after is the total at the ends that the last move has left, of which only
// changes are looked at.
func (c *costs) after() int64 {
	total := c.total
	c.eachChanged(func(j int32) { total += price(&c.jobs[j], c.end(j)) - c.price[j] })
	return total
}

// update makes the present ends the ones that prices refer to.
func (c *costs) update() { c.eachChanged(c.set) }

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
	if c.span >= 0 {
		f(c.span)
	}
}
