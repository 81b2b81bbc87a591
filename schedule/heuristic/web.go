package heuristic

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/wip"
)

// A web tells who may stand in whose way: which points and resources a demand
// at a point may come to use, whatever the sources and alternates.
type web struct {
	*model
	beside [][]int32 // points whose orders make a point along
	known  []*reach  // of each point, once asked for
	above  [][]int32 // points with lines that reach each point
	around [][]int32 // points with lines that reach each resource
	demand []int32   // points with lines
}

// A reach is what a demand at a point may come to use.
type reach struct{ points, resources []int32 }

// mostReach bounds how many points of a deep structure are looked at.
const mostReach = 200

func newWeb(m *model) web {
	w := web{
		model: m, beside: make([][]int32, len(m.points)), known: make([]*reach, len(m.points)),
		above: make([][]int32, len(m.points)), around: make([][]int32, len(m.resources)),
	}
	for i := range m.routings {
		for _, c := range m.routings[i].products {
			w.beside[c.point] = appendNew(w.beside[c.point], m.routings[i].point)
		}
	}
	for i := range m.lines {
		w.demand = appendNewSorted(w.demand, m.lines[i].point)
	}
	for _, d := range w.demand {
		at := w.of(d)
		for _, pt := range at.points {
			w.above[pt] = append(w.above[pt], d)
		}
		for _, r := range at.resources {
			w.around[r] = append(w.around[r], d)
		}
	}
	return w
}

func appendNew(list []int32, i int32) []int32 {
	if slices.Contains(list, i) {
		return list
	}
	return append(list, i)
}

// appendNewSorted inserts i into a sorted list that does not have it.
func appendNewSorted(list []int32, i int32) []int32 {
	if n, found := slices.BinarySearch(list, i); !found {
		return slices.Insert(list, n, i)
	}
	return list
}

// of returns what a demand at a point may come to use, the point first.
func (w *web) of(pt int32) *reach {
	if w.known[pt] != nil {
		return w.known[pt]
	}
	v := &reach{points: []int32{pt}}
	for n := 0; n < len(v.points) && len(v.points) < mostReach; n++ {
		p := v.points[n]
		v.points = join(v.points, w.beside[p])
		for i := range w.points[p].sources {
			w.source(v, &w.points[p].sources[i])
		}
	}
	w.known[pt] = v
	return v
}

func join(list, more []int32) []int32 {
	for _, i := range more {
		list = appendNew(list, i)
	}
	return list
}

// source adds what a source uses.
func (w *web) source(v *reach, src *source) {
	switch src.kind {
	case makes:
		for k := range w.routings[src.ref].steps {
			w.step(v, &w.routings[src.ref].steps[k])
		}
	case buys:
		v.use(w.supplies[src.ref].uses)
	case brings:
		l := &w.lanes[src.ref]
		v.points = appendNew(v.points, src.from)
		v.use(l.uses)
		for _, r := range []int32{l.vehicle, l.fromDock, l.toDock} {
			if r >= 0 {
				v.resources = appendNew(v.resources, r)
			}
		}
	}
}

func (w *web) step(v *reach, st *step) {
	for m := range st.modes {
		v.use(st.modes[m].uses)
	}
	for n := range st.needs {
		for _, c := range st.needs[n].choices {
			v.points = appendNew(v.points, c.point)
		}
	}
}

func (v *reach) use(uses []use) {
	for _, u := range uses {
		v.resources = appendNew(v.resources, u.resource)
	}
}

// requirement returns about how much a demand of q at one point takes of
// another, by first choices.
func (w *web) requirement(from int32, q wip.Qty, pt int32, depth int) (sum wip.Qty) {
	if from == pt {
		return q
	}
	if depth == 0 || q == 0 || len(w.points[from].sources) == 0 {
		return 0
	}
	src := &w.points[from].sources[0]
	if src.kind == brings {
		return w.requirement(src.from, q, pt, depth-1)
	}
	if src.kind == makes {
		r := &w.routings[src.ref]
		for k := range r.steps {
			for n := range r.steps[k].needs {
				need := &r.steps[k].needs[n]
				c := &need.choices[0]
				sum += w.requirement(c.point, min(need.amount(c, q, r.scale), maxAmount), pt, depth-1)
			}
		}
	}
	return min(sum, maxAmount)
}

// common lists the points that two demands may both come to use and that are
// supplied, the highest first.
func (w *web) common(a, b int32) (list []int32) {
	others := w.of(b).points
	for _, pt := range w.of(a).points {
		if len(w.points[pt].sources) > 0 && slices.Contains(others, pt) {
			list = append(list, pt)
		}
	}
	return list
}

// nearby is how many lines of a point before and after a date are looked at.
const nearby = 15

// near lists lines at points that are due about when l is, by due date.
func (r *repair) near(points []int32, l int32) (list []int32) {
	byDue := func(i, j int32) int {
		return cmp.Or(cmp.Compare(r.lines[i].due, r.lines[j].due), cmp.Compare(i, j))
	}
	for _, pt := range points {
		all := r.state.demand[pt]
		n, _ := slices.BinarySearchFunc(all, l, byDue)
		list = append(list, all[max(0, n-nearby):min(len(all), n+nearby+1)]...)
	}
	slices.SortFunc(list, byDue)
	return list
}
