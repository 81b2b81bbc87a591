package release

import (
	"fmt"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A network is a model and what its numbers stand for.
type network struct {
	*model
	p *schedule.Problem // without phantoms
	x *schedule.Index
	t schedule.Times
	o *Options
	w weights

	keys     []wip.Point    // of points; zero for services
	services map[int]string // names of points that are services
	origins  []origin       // of processes
	members  [][]int        // resources of groups; empty for a partner
	partner  []int          // of groups; -1
	lines    []int          // of demands
	byPoint  map[wip.Point]int
	byGroup  map[string]int

	queueOf     map[int]int       // of congested groups
	queuePoints map[queueName]int // where work waits for them
	stagesOf    map[int][]int     // the processes that a routing has become, by the first,
	whole       map[int]process   // and what it was

	volume    []volume // by item
	earlier   [][]lot  // per process: what an earlier plan has, by start
	sources   sources
	calendars []*calendar.Timeline // of the problem
	timelines []*calendar.Timeline // of its resources
}

// An origin is what a process stands for.
type origin struct {
	kind  originKind
	ref   int      // of a routing, supply, lane, mode or alternate
	item  int      // that it gives, -1 for a service
	times *lotting // of a routing, at its usual lot
}

type originKind uint8

const (
	makes    originKind = iota // a routing
	buys                       // a supply
	brings                     // a lane
	serves                     // one mode of a step
	replaces                   // an alternate for a need
	goesOn                     // a routing, from a queue on
)

// compile numbers what matters of a problem: what can come to the points at
// which something is wanted.
func compile(p *schedule.Problem, o *Options, cuts []time.Time, decided *schedule.Plan) (*network, error) {
	timelines, err := schedule.Timelines(p)
	if err != nil {
		return nil, err
	}
	calendars, err := calendar.Expand(p.Calendars, p.From, p.To)
	if err != nil {
		return nil, err
	}
	n := &network{
		p: p, x: schedule.NewIndex(p), t: p.Times(), o: o,
		model:   &model{},
		queueOf: map[int]int{}, queuePoints: map[queueName]int{}, stagesOf: map[int][]int{}, whole: map[int]process{},
		services: map[int]string{}, byPoint: map[wip.Point]int{}, byGroup: map[string]int{}, calendars: calendars, timelines: timelines,
	}
	n.grid = newGrid(n.t.Now, cuts)
	n.sources = newSources(p, n.x)
	n.volumes()
	n.w = newWeights(p.Objective, n.dearest())
	n.congested()
	n.demand()
	for i := 0; i < len(n.points); i++ {
		n.supply(i)
	}
	n.inflows(decided)
	n.capacities(decided)
	n.widen()
	n.mixtures()
	n.wipNorms()
	n.norms()
	n.evenness()
	n.areas()
	return n, nil
}

// at returns an instant in days since Now.
func (n *network) at(t time.Time) float64 { return days(t.Sub(n.t.Now)) }

// atOr is at, or what else holds for the zero time.
func (n *network) atOr(t time.Time, none float64) float64 {
	if t.IsZero() {
		return none
	}
	return n.at(t)
}

// point returns the number of a point, a new one if need be.
func (n *network) point(key wip.Point) int {
	if i, ok := n.byPoint[key]; ok {
		return i
	}
	i := len(n.points)
	n.byPoint[key] = i
	n.keys = append(n.keys, key)
	item := n.x.Items.Find(key.Item)
	n.points = append(n.points, point{
		stocked: true,
		inflow:  make([]float64, n.periods()),
		hold:    n.w.hold + float64(n.w.money*float64(item.Holding)),
	})
	return i
}

// service returns a new point without stock, for a step and perhaps a need.
func (n *network) service(name ...any) int {
	n.keys = append(n.keys, wip.Point{})
	n.points = append(n.points, point{})
	n.services[len(n.points)-1] = fmt.Sprint(name...)
	return len(n.points) - 1
}

// units returns a quantity of an item in whole units.
func (n *network) units(q wip.Qty, item schedule.ItemID) float64 {
	return float64(q) / float64(n.x.Items.Find(item).Scale())
}

// place returns a location, or that of the routing's shop if it is empty.
func (n *network) place(r *schedule.Routing, at schedule.LocationID) schedule.LocationID {
	return placeOf(n.x, r, at)
}

func placeOf(x *schedule.Index, r *schedule.Routing, at schedule.LocationID) schedule.LocationID {
	if at != "" {
		return at
	}
	if s := x.Shops.Find(r.Shop); s != nil {
		return s.Location
	}
	return ""
}

// demand adds the points at which something is wanted, and the contract lines.
func (n *network) demand() {
	windows, of := n.shippings(), map[string]parcel{}
	for i := range n.p.Lines {
		l := &n.p.Lines[i]
		if l.Status == schedule.ClosedLine {
			continue
		}
		n.lines = append(n.lines, i)
		n.demands = append(n.demands, n.line(l, windows[l.Together]))
		if l.Together != "" {
			of[l.Together] = append(of[l.Together], len(n.demands)-1)
		}
	}
	for i := range n.lines {
		if lines := of[n.p.Lines[n.lines[i]].Together]; len(lines) > 1 && lines[0] == i {
			n.parcels = append(n.parcels, lines)
		}
	}
	for i := range n.p.Norms {
		n.point(n.p.Norms[i].Point)
	}
}

// A shipping is when lines that go together may: from when the last of them is
// accepted, and near the due dates of all.
type shipping struct{ opens, first, last float64 }

// shippings returns when the lines of each name may go together.
func (n *network) shippings() map[string]shipping {
	all := map[string]shipping{}
	for i := range n.p.Lines {
		l := &n.p.Lines[i]
		if l.Status == schedule.ClosedLine || l.Together == "" {
			continue
		}
		s, one := n.shipping(l), all[l.Together]
		if one != (shipping{}) {
			s = shipping{max(s.opens, one.opens), min(s.first, one.first), max(s.last, one.last)}
		}
		all[l.Together] = s
	}
	return all
}

// shipping is when a line by itself may be delivered.
func (n *network) shipping(l *schedule.ContractLine) shipping {
	due := n.at(l.Due)
	return shipping{n.atOr(l.Earliest, 0), due, due}
}

// line returns the demand of a contract line. It can be delivered from the last
// period on of which more than half lies before its due date, and in later ones
// at the price of the delay until their middle; of those that are much later
// only in some, ever further apart, since it matters little in which. Lines that
// go together can be from the first due date among them on.
func (n *network) line(l *schedule.ContractLine, s shipping) demand {
	if l.Together == "" {
		s = n.shipping(l)
	}
	d := demand{point: n.point(wip.Point{Item: l.Item, Place: l.Location}), qty: n.units(l.Qty, l.Item)}
	due := n.at(l.Due)
	first, onTime, near := n.chance(s.first, s.opens), n.chance(due, s.opens), n.chance(s.last, s.opens)
	last := n.periods() - 1
	if l.MaxLate > 0 {
		last = n.grid.at(due + days(l.MaxLate))
	}
	for t, step := first, 1; t <= max(first, last); t += step {
		late := 0.0
		if t < onTime && t < last {
			d.early++
		}
		if t > onTime || due < 0 {
			late = n.w.lateOf(l)*max(0, n.middle(t)-due) + n.w.onceLate(d.qty)
		}
		d.within = append(d.within, chance{t, late})
		step = max(1, (t-near)/lateSteps)
	}
	d.short = n.w.shortOf(l, d.qty, &n.t)
	return d
}

// chance returns the first period in which what is due then and accepted from
// some instant on is best delivered.
func (n *network) chance(due, opens float64) int {
	t := n.grid.at(max(opens, due))
	if t > 0 && n.middle(t) > due && n.grid[t] > opens {
		t--
	}
	return t
}

// lateSteps is how many periods a late delivery can be told apart by one.
const lateSteps = 3

// middle returns the middle of a period.
func (g grid) middle(t int) float64 { return (g[t] + g[t+1]) / 2 }
