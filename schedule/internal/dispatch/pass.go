package dispatch

import (
	"math/bits"
	"math/rand/v2"

	"github.com/taktplan/takt/schedule/internal/core"
)

// A Pass builds one schedule in the course of time by a rule. Each unit waits,
// once its predecessors are placed and its time has come, at one machine: the
// one on which it is likely to end first. When a machine is free, the rule picks
// who goes. It takes n log n time for rules that are not dynamic; dynamic ones
// look again at no more than rescored of those that wait.
//
// A Pass can be run again with another rule, and allocates only while its
// buffers grow.
type Pass struct {
	// Order lists the units in the order placed.
	Order []int32

	g     *Generator
	facts *Facts
	rule  Rule
	noise int64 // keys vary by up to noise/256 of themselves
	rng   *rand.PCG

	events  queue   // ids: units that arrive, then ^machines that look
	waiting []queue // units at each machine, by key
	coming  []queue // units expected at each machine, by arrival; see Rule.Patience
	queued  []int64 // work that waits at each machine
	free    []int64 // estimate of when a machine has nothing more to do
	look    []int64 // when a machine looks next, -1 if it does not
	blocked []int32 // arcs from units not yet placed
	mode    []int32 // of the first operation of the unit, as estimated
	arrival []int64

	// ranks are given for the first contested decisions, those with several
	// units waiting: the place of the one that goes, by the rule; the others
	// are the rule's. See Beam.
	ranks     []uint8
	decisions int     // contested ones so far
	aside     []entry // passed over in the decision under way

	candidate Candidate // here because it is handed to a function value
}

// rescored is how many waiting units a dynamic rule compares: those nearest the
// top of the heap by the keys they had last.
const rescored = 64

// NewPass prepares passes over the model of g.
func NewPass(g *Generator, facts *Facts) *Pass {
	n, r := g.U.Len(), len(g.M.Resources)
	return &Pass{
		g: g, facts: facts,
		Order:   make([]int32, 0, n),
		waiting: make([]queue, r), coming: make([]queue, r), queued: make([]int64, r), free: make([]int64, r), look: make([]int64, r),
		blocked: make([]int32, n), mode: make([]int32, n), arrival: make([]int64, n),
	}
}

// Begin starts a pass from what is frozen. With noise and rng the keys of the
// rule vary by up to noise in 256.
func (p *Pass) Begin(rule Rule, noise int64, rng *rand.PCG) {
	p.rule, p.noise, p.rng = rule, noise, rng
	p.decisions = 0
	p.g.Reset()
	p.Order, p.events = p.Order[:0], p.events[:0]
	for r := range p.waiting {
		p.waiting[r], p.coming[r] = p.waiting[r][:0], p.coming[r][:0]
		p.queued[r], p.free[r], p.look[r] = 0, 0, -1
	}
	clear(p.blocked)
	m := p.g.M
	for i := range m.Arcs {
		if from, to := p.g.U.Of[m.Arcs[i].From], p.g.U.Of[m.Arcs[i].To]; from != to {
			p.blocked[to]++
		}
	}
	for u, b := range p.blocked {
		if b == 0 {
			p.ready(int32(u))
		}
	}
}

// Run places up to count more units and reports whether the pass is complete.
func (p *Pass) Run(count int) (complete bool) {
	for goal := len(p.Order) + count; len(p.Order) < goal; {
		if len(p.events) == 0 {
			return true
		}
		e := p.events.pop()
		if e.id >= 0 {
			p.arrive(e.id, e.key)
		} else if r := ^e.id; p.look[r] == e.key {
			p.look[r] = -1
			p.serve(r, e.key)
		}
	}
	return len(p.Order) == p.g.U.Len()
}

// ready plans the arrival of a unit whose predecessors are all placed.
func (p *Pass) ready(u int32) {
	t := int64(0)
	if w, ok := p.g.span(p.g.U.Ops(u)[0]); ok {
		t = w.start
	}
	// Arrivals come before looks at the same time: ids of looks are negative,
	// so keys are doubled and looks are the odd ones.
	p.events.push(entry{2 * t, u})
	p.expect(u, t)
}

func (p *Pass) arrive(u int32, key int64) {
	t := key / 2
	p.arrived(u)
	p.mode[u] = p.chooseMode(p.g.U.Ops(u)[0], t)
	p.arrival[u] = t
	r := p.g.M.Machine(p.mode[u])
	p.queued[r] += p.g.M.ModeTime[p.mode[u]]
	p.waiting[r].push(entry{p.key(u, t), u})
	p.lookAt(r, t)
}

// chooseMode is the mode of o that is likely to end first, counting the work
// that waits already.
func (p *Pass) chooseMode(o int32, t int64) int32 {
	m := p.g.M
	first, last := m.ModeStart[o], m.ModeStart[o+1]
	if _, fixed := m.Fixed(o); fixed >= 0 {
		return first + fixed
	}
	best, soonest := first, core.Never
	for k := first; k < last; k++ {
		r := m.Machine(k)
		end := max(t, p.free[r]) + p.queued[r]/int64(m.Resources[r].Capacity) + m.ModeTime[k]
		if end = m.Timeline(k).Next(end); end < soonest {
			best, soonest = k, end
		}
	}
	return best
}

// lookAt makes machine r look for work at t, unless it does so earlier.
func (p *Pass) lookAt(r int32, t int64) {
	t = max(t, p.nextFree(r, t))
	if key := 2*t + 1; p.look[r] < 0 || key < p.look[r] {
		p.look[r] = key
		p.events.push(entry{key, ^r})
	}
}

// nextFree is the first instant from t on at which machine r has a unit free.
func (p *Pass) nextFree(r int32, t int64) int64 { return p.g.free[r].clear(1, t, t+1) }

// serve lets machine r begin with the best of what waits.
func (p *Pass) serve(r int32, key int64) {
	if len(p.waiting[r]) == 0 {
		return
	}
	t := key / 2
	contested := len(p.waiting[r]) > 1
	chosen := p.choose(r, t)
	u := chosen.id
	if later := p.notYet(r, u, t); later > t {
		p.waiting[r].push(chosen)
		p.lookAt(r, later)
		return
	}
	if contested {
		p.decisions++
	}
	p.queued[r] -= p.g.M.ModeTime[p.mode[u]]
	p.place(u)
	if len(p.waiting[r]) > 0 {
		p.lookAt(r, t)
	}
}

// choose takes the unit to go at machine r out of those that wait.
func (p *Pass) choose(r int32, t int64) entry {
	rank := 0
	if len(p.waiting[r]) > 1 && p.decisions < len(p.ranks) {
		rank = int(p.ranks[p.decisions])
	}
	p.aside = p.aside[:0]
	for {
		if p.rule.Dynamic {
			p.rescore(r, t)
		}
		e := p.waiting[r].pop()
		if len(p.aside) == rank {
			for _, passed := range p.aside {
				p.waiting[r].push(passed)
			}
			return e
		}
		p.aside = append(p.aside, e)
	}
}

// notYet is when machine r should look again because unit u had better not go
// at time t, or t.
func (p *Pass) notYet(r, u int32, t int64) int64 {
	if open := p.g.M.Timeline(p.mode[u]).Next(t); open > t && open < core.Never {
		return open
	}
	return p.worthWaiting(r, u, t)
}

// place places a unit and lets those go that waited for it alone.
func (p *Pass) place(u int32) {
	m, s := p.g.M, &p.g.S
	first := p.g.U.Ops(u)[0]
	s.Mode[first] = p.mode[u] - m.ModeStart[first]
	p.g.placeFirst(u, s.Mode[first])
	p.Order = append(p.Order, u)
	for _, o := range p.g.U.Ops(u) {
		if s.Start[o] >= 0 {
			r := m.Machine(m.ModeStart[o] + s.Mode[o])
			p.free[r] = max(p.free[r], s.End[o])
		}
		for _, i := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
			v := p.g.U.Of[m.Arcs[i].To]
			if v == u {
				continue
			}
			if p.blocked[v]--; p.blocked[v] == 0 {
				p.ready(v)
			}
		}
	}
}

// rescore works out anew the keys of those that wait at r and brings the best
// to the top.
func (p *Pass) rescore(r int32, t int64) {
	q := p.waiting[r]
	best := 0
	for i := range q[:min(len(q), rescored)] {
		q[i].key = p.key(q[i].id, t)
		if q[i].before(q[best]) {
			best = i
		}
	}
	// Below the top the heap may be out of order by old keys; that only
	// changes which entries are near the top.
	q[0], q[best] = q[best], q[0]
}

// key is what the rule says of unit u at its machine at time t.
func (p *Pass) key(u int32, t int64) int64 {
	m, f := p.g.M, p.facts
	o, mode := p.g.U.Ops(u)[0], p.mode[u]
	job := &m.Jobs[m.OpJob[o]]
	r := m.Machine(mode)
	work := max(1, m.ModeTime[mode])
	c := &p.candidate
	*c = Candidate{
		Now: t, Arrived: p.arrival[u],
		Work: work, Remaining: max(work, f.Tail[o]-f.Work[o]+work), Priced: f.Priced[o],
		Due: due(job), Weight: weight(job),
		MeanWork: f.MeanWork, MeanSetup: f.MeanSetup,
	}
	if p.rule.Dynamic {
		c.NextQueue = p.nextQueue(o)
		if n := len(p.g.sequence[r]); n > 0 || m.Resources[r].Initial >= 0 {
			c.Setup, _ = m.Changeover(r, p.g.familyBefore(r, n), m.Family(o))
		}
	}
	key := p.rule.Key(c)
	if p.noise > 0 {
		key += key / 256 * below(p.rng, p.noise)
	}
	return key
}

// nextQueue is the work that waits where o's job goes next.
func (p *Pass) nextQueue(o int32) int64 {
	m := p.g.M
	if m.OutStart[o] == m.OutStart[o+1] {
		return 0
	}
	next := m.Arcs[m.OutArc[m.OutStart[o]]].To
	return p.queued[m.Machine(m.ModeStart[next])]
}

// below is a random number in [0, n), by Lemire's multiplication (2019) without
// the rejection: the bias is below n/2⁶⁴.
func below(rng *rand.PCG, n int64) int64 {
	hi, _ := bits.Mul64(rng.Uint64(), uint64(n))
	return int64(hi)
}
