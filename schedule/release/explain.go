package release

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule"
)

// A Binding is a limit that keeps the program from delivering a line on time.
// One of Resources, Partner and Source is set.
type Binding struct {
	// Resources are a group that is fully loaded in Period, Partner one that
	// takes no more.
	Resources []schedule.ResourceID
	Partner   schedule.PartnerID
	// TooLate means that Item cannot be had in time from any source, however
	// much capacity there were.
	TooLate schedule.ItemID
	Period  int
	// Value is what it adds to the cost of one more unit of the line, on the
	// cheapest way to have that on time.
	Value float64
}

// bindings walks the cheapest way to have one more unit of a line on time, at
// the prices of the program, and collects the limits on it.
func (a *answer) bindings(c int) []Binding {
	d := &a.demands[c]
	w := &walk{answer: a, value: map[[2]int]float64{}}
	w.point(d.point, d.within[d.early].period, 1, 0)
	var list []Binding
	for g := range a.groups {
		for t := range a.periods() {
			v := w.value[[2]int{g, t}]
			if v <= leastPrice {
				continue
			}
			h := a.hourPrice(g, t, v)
			list = append(list, Binding{Resources: h.Resources, Partner: h.Partner, Period: t, Value: v})
		}
	}
	slices.SortStableFunc(list, func(x, y Binding) int { return cmp.Compare(y.Value, x.Value) })
	return append(w.late, list...)
}

// A walk is the state of one call of bindings.
type walk struct {
	*answer
	value map[[2]int]float64 // by group and period
	late  []Binding
}

// maxWalk bounds the levels of a walk.
const maxWalk = 40

// point follows the source by which a unit comes to a point by period t at the
// least cost.
func (w *walk) point(pt, t int, qty float64, depth int) {
	if depth > maxWalk {
		return
	}
	best, at, least := -1, 0, 0.0
	for k := range w.processes {
		if len(w.processes[k].gives) == 0 || w.processes[k].gives[0].point != pt {
			continue
		}
		for s := 0; s <= t; s++ {
			j := w.b.start[k][s]
			if j < 0 || w.grid[s+1]+w.processes[k].lead > w.grid[t+1]+1e-9 && s > 0 {
				continue
			}
			if d := w.reduced(j); best < 0 || d < least {
				best, at, least = k, s, d
			}
		}
	}
	if best < 0 {
		w.tooLate(pt, t)
		return
	}
	w.loads(best, at, qty)
	for _, in := range w.processes[best].takes {
		w.point(in.point, w.grid.at(w.grid[at]+in.after), qty*in.per, depth+1)
	}
}

// tooLate notes that nothing can bring an item in time.
func (w *walk) tooLate(pt, t int) {
	if item := w.keys[pt].Item; item != "" && w.dual(w.b.balance[pt][t]) > leastPrice {
		w.late = append(w.late, Binding{TooLate: item, Period: t, Value: w.dual(w.b.balance[pt][t])})
	}
}

// loads notes the prices of the hours that a process takes.
func (w *walk) loads(k, s int, qty float64) {
	for _, u := range w.processes[k].uses {
		for _, in := range w.shares(s, u.after) {
			if v := -w.dual(w.b.load[u.group][in.period]); v > leastPrice {
				w.value[[2]int{u.group, in.period}] += float64(v * u.hours * in.part * qty)
			}
		}
	}
}
