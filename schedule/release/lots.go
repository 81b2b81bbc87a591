package release

import (
	"cmp"
	"math"
	"slices"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A lot is a rounded release. Times are in days since Now.
type lot struct {
	id      schedule.OrderID // of one that is made
	process int
	qty     wip.Qty
	start   float64 // when it is released
	end     float64 // when it is ready in an earlier plan; 0: it is not in one
}

// A requirement is an amount of a point that is wanted at an instant.
type requirement struct {
	at  float64
	qty wip.Qty
}

// A rounding turns releases into lots, from the end items down, so that each
// level is rounded for what the lots above it really take.
//
// At each point the requirements are served in the order of time: from stock,
// then from what the program releases, in the order in which that comes in. So
// a lot is made for a requirement, as planners like it, of the source and for
// the date that the program has chosen, and the sums are those of the program
// but for less than a lot of each point.
type rounding struct {
	*answer
	wanted [][]requirement // per point
	used   []float64       // per process, in whole units
	lots   []lot
	left   [][]lot // per process: of the earlier plan, not used yet
}

// rounding returns the lots of an answer, and what they are for. They keep to
// lots of an earlier plan, per process.
func (a *answer) rounding(earlier [][]lot) *rounding {
	r := &rounding{answer: a, wanted: make([][]requirement, len(a.points)), used: make([]float64, len(a.processes)), left: slices.Clone(earlier)}
	for k := range a.start {
		for _, x := range a.start[k] {
			r.used[k] += x
		}
	}
	for c := range a.demands {
		r.deliver(c)
	}
	for _, i := range a.fromTheTop() {
		for _, pt := range a.pointsOf(i) {
			r.point(pt)
		}
	}
	return r
}

// pointsOf returns the points of an item, those that are brought from others
// first.
func (a *answer) pointsOf(item int) []int {
	var list []int
	var visit func(pt int)
	from := make(map[int][]int) // where lanes lead to
	for k := range a.processes {
		if a.origins[k].kind == brings && a.origins[k].item == item {
			p := &a.processes[k]
			from[p.takes[0].point] = append(from[p.takes[0].point], p.gives[0].point)
		}
	}
	seen := map[int]bool{}
	visit = func(pt int) {
		if seen[pt] {
			return
		}
		seen[pt] = true
		for _, to := range from[pt] {
			visit(to)
		}
		list = append(list, pt)
	}
	for pt := range a.keys {
		if a.keys[pt].Item == a.p.Items[item].ID {
			visit(pt)
		}
	}
	return list
}

// deliver notes what a line takes, rounded so that the parts add up.
func (r *rounding) deliver(c int) {
	l := &r.p.Lines[r.lines[c]]
	d := &r.demands[c]
	sum, done := 0.0, wip.Qty(0)
	for n, w := range d.within {
		sum += r.value(r.b.deliver[c][n])
		if upTo := min(l.Qty, r.base(sum, l.Item)); upTo > done {
			at := max(0, r.at(l.Due))
			if w.late > 0 || n < d.early {
				at = r.grid[w.period+1]
			}
			r.want(d.point, at, upTo-done)
			done = upTo
		}
	}
}

func (r *rounding) want(pt int, at float64, q wip.Qty) {
	if q > 0 {
		r.wanted[pt] = append(r.wanted[pt], requirement{min(at, r.grid[r.periods()]), q})
	}
}

// A flow is what a process brings to a point, or what comes by itself. It is
// started, bit by bit, between two instants.
type flow struct {
	process     int // -1 for what comes by itself
	start, stop float64
	qty         wip.Qty
}

// point serves the requirements of a point.
func (r *rounding) point(pt int) {
	for t, q := range r.points[pt].inflow {
		r.want(pt, r.grid[t], r.base(-q, r.keys[pt].Item))
	}
	slices.SortStableFunc(r.wanted[pt], func(a, b requirement) int { return cmp.Compare(a.at, b.at) })
	s := serving{rounding: r, pt: pt, flows: r.flows(pt), best: -1}
	for _, f := range s.flows {
		if f.process >= 0 && (s.best < 0 || r.used[f.process] > r.used[s.best]) {
			s.best = f.process
		}
	}
	if r.rhythmic(pt) {
		s.follow()
	}
	for i := range r.wanted[pt] {
		s.serve(r.wanted[pt][i])
	}
	s.rest()
}

// rhythmic reports whether the output of a point is to be even.
func (r *rounding) rhythmic(pt int) bool {
	for i := range r.rhythms {
		for _, k := range r.rhythms[i].of {
			if r.processes[k].gives[0].point == pt {
				return true
			}
		}
	}
	return false
}

// follow makes lots of what the program releases, period by period, whatever
// they are wanted for: where output is to be even, its pattern counts for more
// than that of the dates.
func (s *serving) follow() {
	var stock []flow
	made := wip.Qty(0)
	for _, f := range s.flows {
		if f.process < 0 {
			stock = append(stock, f)
			continue
		}
		s.make(f.process, f.qty, f.start, s.grid[s.periods()])
		made += f.qty
	}
	s.flows, s.spare = stock, s.spare+made
}

// flows returns what comes to a point, in the order of time.
func (r *rounding) flows(pt int) []flow {
	item := r.keys[pt].Item
	var list []flow
	for t, q := range r.points[pt].inflow {
		if q > 0 {
			list = append(list, flow{-1, r.grid[t], r.grid[t], r.base(q, item)})
		}
	}
	for k := range r.processes {
		if r.target(k) != pt {
			continue
		}
		sum, done := 0.0, wip.Qty(0)
		for t, x := range r.start[k] {
			sum += x
			if upTo := r.base(sum, item); upTo > done {
				list = append(list, flow{k, r.grid[t], r.grid[t+1], upTo - done})
				done = upTo
			}
		}
	}
	slices.SortStableFunc(list, func(a, b flow) int { return cmp.Compare(r.there(&a), r.there(&b)) })
	return list
}

// there returns when a flow begins to come in.
func (r *rounding) there(f *flow) float64 {
	if f.process < 0 {
		return f.start
	}
	return f.start + r.lead[f.process]
}

// A serving is the state of one point.
type serving struct {
	*rounding
	pt    int
	flows []flow
	best  int     // the process that the point gets most from; -1: none
	spare wip.Qty // of lots, beyond what they were made for
}

// serve finds the supplies of a requirement.
func (s *serving) serve(want requirement) {
	q := want.qty
	from := min(s.spare, q)
	s.spare -= from
	q -= from
	for q > 0 && len(s.flows) > 0 {
		k, got, start := s.take(q)
		if k >= 0 {
			s.make(k, got, min(start, s.latest(k, want)), want.at)
		}
		q -= got
	}
	if q > 0 && s.best >= 0 {
		s.make(s.best, q, s.latest(s.best, want), want.at)
	}
}

// latest returns when a lot has to be started for a requirement, its safety time
// kept.
func (s *serving) latest(k int, want requirement) float64 {
	safety := s.p.Items[s.origins[k].item].SafetyTime
	if own := s.source(k).SafetyTime; own > 0 {
		safety = own
	}
	return want.at - s.lead[k] - days(safety)
}

// take takes up to q from the first flows of one process, and returns when the
// first of it is started.
func (s *serving) take(q wip.Qty) (process int, got wip.Qty, start float64) {
	process, start = s.flows[0].process, s.flows[0].start
	for got < q && len(s.flows) > 0 && s.flows[0].process == process {
		f := &s.flows[0]
		part := min(f.qty, q-got)
		f.start += float64((f.stop - f.start) * float64(part) / float64(f.qty))
		got += part
		if f.qty -= part; f.qty == 0 {
			s.flows = s.flows[1:]
		}
	}
	return process, got, start
}

// make adds the lots that a lot rule makes of an amount that is wanted at an
// instant.
func (s *serving) make(k int, q wip.Qty, start, wanted float64) {
	start = max(start, 0, s.processes[k].opens)
	from := min(s.spare, q)
	s.spare -= from
	q -= from
	rule := s.rule(k, start)
	for q > 0 {
		l, kept := s.keep(k, start, wanted, rule)
		if !kept {
			l = lot{process: k, qty: max(1, rule.Next(q)), start: start}
		}
		s.lots = append(s.lots, l)
		s.consume(k, l.qty, l.start)
		if l.qty > q {
			s.spare += l.qty - q
		}
		q -= l.qty
	}
}

// keep returns the next lot of the earlier plan, if that would have it in time,
// or starts it at about the time that the program says or before. It starts as
// it was to, unless that is much too early.
func (r *rounding) keep(k int, start, wanted float64, rule schedule.Lot) (lot, bool) {
	about := max(aboutThen, r.length(r.grid.at(start)))
	for len(r.left[k]) > 0 && (r.left[k][0].end <= wanted+aboutThen || r.left[k][0].start <= start+about) {
		l := r.left[k][0]
		r.left[k] = r.left[k][1:]
		if !rule.Allows(l.qty) {
			continue
		}
		if l.start < start-muchTooEarly {
			l.start = start
		}
		return l, true
	}
	return lot{}, false
}

// By so many days a lot may start and end otherwise than the program says, and
// is still kept where an earlier plan has it.
const (
	aboutThen    = 2.0
	muchTooEarly = 14.0
)

// rest makes what the program releases beyond all requirements: for norms.
func (s *serving) rest() {
	for len(s.flows) > 0 {
		k, got, start := s.take(math.MaxInt64)
		if k >= 0 && got > s.spare {
			s.make(k, got, start, s.grid[s.periods()])
		}
	}
}

// rule returns the lot rule of a process for what starts then.
func (a *answer) rule(k int, start float64) schedule.Lot {
	o := &a.origins[k]
	item, at := &a.p.Items[o.item], a.timeAt(start)
	switch o.kind {
	case makes:
		return a.p.Routings[o.ref].LotAt(item, at)
	case buys:
		return a.p.Supplies[o.ref].LotAt(item, at)
	default:
		return a.p.Lanes[o.ref].LotAt(item, at)
	}
}

// consume notes what a lot takes.
func (r *rounding) consume(k int, q wip.Qty, start float64) {
	p, o := &r.processes[k], &r.origins[k]
	switch o.kind {
	case brings:
		r.want(p.takes[0].point, start, q)
	case makes:
		rt := &r.p.Routings[o.ref]
		scale := r.p.Items[o.item].Scale()
		inputs := inputsOf(rt, q)
		for s := range rt.Steps {
			for i := range rt.Steps[s].Needs {
				r.consumeNeed(rt, s, i, inputs[s], scale, start+o.times.start[s])
			}
		}
	}
}

// consumeNeed notes what a need takes: of the alternate that the program uses
// most for it.
func (r *rounding) consumeNeed(rt *schedule.Routing, s, i int, in wip.Qty, scale int64, at float64) {
	nd := &rt.Steps[s].Needs[i]
	if !nd.Effective.Contains(r.timeAt(at)) {
		return
	}
	place := r.place(rt, nd.Location)
	if pt, ok := r.byPoint[wip.Point{Item: nd.Item, Place: place}]; ok {
		r.want(pt, at, nd.Amount(in, scale))
	}
}
