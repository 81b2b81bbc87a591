package release

import (
	"cmp"
	"math"
	"slices"

	"github.com/taktplan/takt/schedule"
)

// A queue is a congested group of resources, whose output depends on what waits
// for it.
type queue struct {
	group  int
	curve  *Curve
	waits  []queueWork
	hours  []float64 // of the group per period, overtime left out
	lastly float64   // share of the hours that it can put out at most
}

// A queueWork is work for a queue: the process that it is done in, the point at
// which it waits, and the hours for a unit.
type queueWork struct {
	process, point int
	hours          float64
}

// congested notes which groups have clearing functions.
func (n *network) congested() {
	for i := range n.o.Clearing {
		c := &n.o.Clearing[i]
		g, _ := n.group(schedule.Use{Resource: c.Resource})
		if _, again := n.queueOf[g]; again {
			continue // a pool and its only member; the first counts
		}
		n.queueOf[g] = len(n.queues)
		n.queues = append(n.queues, queue{group: g, curve: &c.Curve, lastly: c.Curve.Pieces[len(c.Curve.Pieces)-1].Intercept / c.Curve.Hours})
	}
}

// stages adds the process of a routing, or if it uses congested groups several
// in a row: one up to where work first waits for such a group, and one from
// there to the next queue or the end. So how long it waits is for the program
// to find out.
func (n *network) stages(o origin, p process) {
	cuts := n.queuesOf(&p)
	if len(cuts) == 0 {
		n.process(o, p)
		return
	}
	first := len(n.processes)
	from := 0.0
	for i := 0; i <= len(cuts); i++ {
		until := math.Inf(1)
		if i < len(cuts) {
			until = cuts[i].after
		}
		s := p.between(from, until)
		if i > 0 {
			q := &n.queues[n.queueOf[cuts[i-1].group]]
			s.takes = append([]exchange{{point: n.queuePoint(o, &p, i), per: 1}}, s.takes...)
			s.uses = append(s.uses, use{group: cuts[i-1].group, hours: cuts[i-1].hours})
			s.cost, s.opens, s.until = 0, 0, math.Inf(1)
			q.waits = append(q.waits, queueWork{len(n.processes), s.takes[0].point, cuts[i-1].hours})
		}
		if i < len(cuts) {
			s.lead = until - from
			s.gives = append([]exchange{{point: n.queuePoint(o, &p, i+1), per: 1, after: s.lead}}, s.gives...)
		}
		from = until
		n.stagesOf[first] = append(n.stagesOf[first], len(n.processes))
		if i == 0 {
			n.process(o, s)
		} else {
			n.process(origin{kind: goesOn, ref: o.ref, item: -1}, s)
		}
	}
	n.whole[first] = p
}

// queuesOf returns the uses of congested groups, in the order of time, and takes
// them out of the process.
func (n *network) queuesOf(p *process) []use {
	var cuts, rest []use
	for _, u := range p.uses {
		if _, queued := n.queueOf[u.group]; queued && u.hours > 0 && !u.held {
			cuts = append(cuts, u)
		} else {
			rest = append(rest, u)
		}
	}
	slices.SortStableFunc(cuts, func(a, b use) int { return cmp.Compare(a.after, b.after) })
	p.uses = rest
	return cuts
}

// between returns the part of a process that happens in a stretch of time since
// its start; what it gives at its end is in the last one.
func (p *process) between(from, until float64) process {
	s := *p
	s.gives, s.takes, s.uses = nil, nil, nil
	s.lead = p.lead - from
	in := func(after float64) bool { return after >= from && after < until }
	for _, g := range p.gives {
		if in(g.after) {
			s.gives = append(s.gives, g.since(from))
		}
	}
	for _, g := range p.takes {
		if in(g.after) {
			s.takes = append(s.takes, g.since(from))
		}
	}
	for _, u := range p.uses {
		if in(u.after) {
			u.after -= from
			s.uses = append(s.uses, u)
		}
	}
	return s
}

// queuePoint returns the point at which the output of a process waits for its
// i-th congested group.
func (n *network) queuePoint(o origin, p *process, i int) int {
	name := queueName{o.ref, i}
	if pt, ok := n.queuePoints[name]; ok {
		return pt
	}
	pt := n.service("queue ", i, " of ", n.p.Routings[o.ref].ID)
	n.queuePoints[name] = pt
	n.points[pt] = point{stocked: true, hold: n.w.hold + p.wip}
	return pt
}

// A queueName is the routing and the number of a queue on its way.
type queueName struct{ routing, nth int }

// target returns the point that a process gives to in the end, all stages
// counted, or −1.
func (n *network) target(k int) int {
	p := n.undivided(k)
	if n.origins[k].kind == goesOn || len(p.gives) == 0 {
		return -1
	}
	return p.gives[0].point
}

// lastStage returns the process that gives what a process does in the end.
func (n *network) lastStage(k int) int {
	if s := n.stagesOf[k]; len(s) > 0 {
		return s[len(s)-1]
	}
	return k
}

// undivided returns a process as it was before it was cut in stages.
func (n *network) undivided(k int) *process {
	if w, split := n.whole[k]; split {
		return &w
	}
	return &n.processes[k]
}
