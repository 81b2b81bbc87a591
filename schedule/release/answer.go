package release

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// An answer is a solved program.
type answer struct {
	*network
	b     *build
	sol   *Solution
	start [][]float64 // per process and period, in whole units
	lead  []float64   // per process: from its start to its end, queues included
}

func newAnswer(n *network, b *build, sol *Solution) *answer {
	a := &answer{network: n, b: b, sol: sol, start: make([][]float64, len(n.processes))}
	for k := range a.start {
		a.start[k] = make([]float64, n.periods())
		for t, j := range b.start[k] {
			for piece := range int32(b.pieces[k][t]) {
				a.start[k][t] += sol.X[j+piece]
			}
		}
	}
	a.lead = make([]float64, len(n.processes))
	for k := range a.lead {
		a.lead[k] = a.leadOf(k)
	}
	return a
}

// leadTimes returns the lead times of routings, in the order of the problem.
func (a *answer) leadTimes() []LeadTime {
	var list []LeadTime
	for k := range a.origins {
		if o := &a.origins[k]; o.kind == makes {
			lead := max(0, time.Duration(a.lead[k]*float64(day))-a.o.SafetyLead)
			list = append(list, LeadTime{a.p.Routings[o.ref].ID, lead.Round(a.t.Tick)})
		}
	}
	slices.SortStableFunc(list, func(x, y LeadTime) int {
		return cmp.Compare(a.x.Routings.Position(x.Routing), a.x.Routings.Position(y.Routing))
	})
	return list
}

// leadOf returns the time from the start of a process to the end of its last
// stage. What waits in the queues on the way does so as long as Little's law
// says: the mean stock over the mean output.
func (a *answer) leadOf(k int) float64 {
	lead := a.undivided(k).lead
	for n := 1; n < len(a.stagesOf[k]); n++ {
		stage := a.stagesOf[k][n]
		pt, out, held := a.processes[stage].takes[0].point, 0.0, 0.0
		for t := range a.periods() {
			out += a.start[stage][t]
			held += float64(a.value(a.b.stock[pt][t]) * a.length(t))
		}
		if out > negligible*a.processes[stage].most {
			lead += held / out
		}
	}
	return lead
}

// value returns the value of a column that may have been left out.
func (a *answer) value(j int32) float64 {
	if j < 0 {
		return 0
	}
	return a.sol.X[j]
}

// dual returns the price of a row that may have been left out.
func (a *answer) dual(i int32) float64 {
	if i < 0 {
		return 0
	}
	return a.sol.RowDual[i]
}

// negligible is an amount that comes from rounding in the solver, relative to
// the largest of its kind.
const negligible = 1e-7

// A Release is what is started of one source in a period: made, bought or
// moved. One of Routing, Supply and Lane is set.
type Release struct {
	Routing schedule.RoutingID
	Supply  schedule.SupplyID
	Lane    schedule.LaneID
	Shop    schedule.ShopID // of a routing
	Item    schedule.ItemID
	Period  int
	Qty     float64 // whole units
}

// An Overtime is what a group of resources that can stand in for each other
// works in overtime.
type Overtime struct {
	Resources []schedule.ResourceID
	Period    int
	Hours     float64
}

// result puts an answer into the words of the problem.
func (a *answer) result() *Result {
	r := &Result{Cuts: a.instants(), Cost: a.objective(), Program: a.solved(), Basis: a.newBasis()}
	for t := range a.periods() {
		for k := range a.processes {
			if x := a.start[k][t]; x > negligible*a.processes[k].most && a.origins[k].item >= 0 {
				r.Releases = append(r.Releases, a.release(k, t, x))
			}
		}
	}
	for g := range a.b.overtime {
		for t, j := range a.b.overtime[g] {
			if h := a.value(j); h > 1e-6 {
				r.Overtime = append(r.Overtime, Overtime{a.resources(g), t, h})
			}
		}
	}
	r.Terms = a.terms()
	r.LeadTimes = a.leadTimes()
	r.Prices = a.prices()
	return r
}

func (a *answer) release(k, t int, x float64) Release {
	o := &a.origins[k]
	r := Release{Item: a.p.Items[o.item].ID, Period: t, Qty: x}
	switch o.kind {
	case makes:
		r.Routing, r.Shop = a.p.Routings[o.ref].ID, a.p.Routings[o.ref].Shop
	case buys:
		r.Supply = a.p.Supplies[o.ref].ID
	default:
		r.Lane = a.p.Lanes[o.ref].ID
	}
	return r
}

// timeAt returns the instant of a number of days since Now, to the tick.
func (n *network) timeAt(d float64) time.Time {
	return n.t.Now.Add(time.Duration(math.Round(d * float64(day))).Round(n.t.Tick))
}

// instants returns the boundaries of the periods.
func (n *network) instants() []time.Time {
	list := make([]time.Time, len(n.grid))
	for i, c := range n.grid {
		list[i] = n.timeAt(c)
	}
	return list
}

func (a *answer) objective() float64 {
	sum := a.b.lp.Offset
	for j, c := range a.b.lp.Cost {
		sum += float64(c * a.sol.X[j])
	}
	return sum
}

// terms returns what the cost is made of, by what columns are about. Constant
// parts are those of norms, and of the releases of an earlier plan.
func (a *answer) terms() []Term {
	list := []Term{
		{"sources", 0}, {"stock and norms", a.b.lp.Offset}, {"overtime", 0}, {"late", 0}, {"short", 0},
		{"rhythm", 0}, {"even load", 0}, {"area", 0}, {"shares", 0}, {"work in process", 0},
	}
	at := map[string]int{"start": 0, "stock": 1, "overtime": 2, "deliver": 3, "send": 3, "short": 4, "missed": 5, "peak": 6, "excess": 7, "allot": 0,
		"unmixed": 8, "idle": 9, "crowd": 9}
	a.b.eachColumn(func(j int32, h handle) { list[at[h.what]].Cost += float64(a.b.lp.Cost[j] * a.sol.X[j]) })
	return list
}

// solved measures the solution, whoever found it.
func (a *answer) solved() Solved {
	p := &a.b.lp
	s := Solved{Rows: p.Rows(), Columns: p.Cols(), Entries: p.Entries(), Iterations: a.sol.Iterations, Method: a.sol.Method}
	rows := make([]float64, p.Rows())
	dual := p.Offset
	for j := range p.Cost {
		reduced := p.Cost[j]
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			rows[p.Index[k]] += float64(p.Value[k] * a.sol.X[j])
			reduced -= float64(p.Value[k] * a.sol.RowDual[p.Index[k]])
		}
		s.Residual = max(s.Residual, p.ColLower[j]-a.sol.X[j], a.sol.X[j]-p.ColUpper[j])
		dual += bounded(reduced, p.ColLower[j], p.ColUpper[j])
	}
	for i, v := range rows {
		s.Residual = max(s.Residual, p.RowLower[i]-v, v-p.RowUpper[i])
		dual += bounded(a.sol.RowDual[i], p.RowLower[i], p.RowUpper[i])
	}
	value := a.objective()
	s.Gap = math.Abs(value-dual) / (1 + math.Abs(value))
	return s
}

// bounded returns the least of price·x for x within bounds; a price that an
// absent bound would make infinite counts as rounding.
func bounded(price, lower, upper float64) float64 {
	bound := lower
	if price < 0 {
		bound = upper
	}
	if math.IsInf(bound, 0) {
		return 0
	}
	return float64(price * bound)
}

// base returns whole units of an item in base units, rounded up, but for what
// is rounding in the solver.
func (a *answer) base(x float64, item schedule.ItemID) wip.Qty {
	scale := float64(a.x.Items.Find(item).Scale())
	q := float64(x * scale)
	return wip.Qty(math.Ceil(q - max(1e-6, q*1e-9)))
}
