package release

import (
	"bytes"
	"context"
	"errors"
	"math"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/lp"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// solved returns the solved program of a model.
func solved(t *testing.T, m *model) (*build, *Solution) {
	b := newBuild(m)
	sol, err := solve(context.Background(), b, &Options{})
	require.NoError(t, err)
	return b, sol
}

func value(b *build, sol *Solution) float64 {
	sum := b.lp.Offset
	for j, c := range b.lp.Cost {
		sum += c * sol.X[j]
	}
	return sum
}

// The price of an hour is right: with one more the optimum falls by no more
// than that, and with one less it rises by no less. The optimum is a convex
// function of the hours, and prices are its slopes.
func TestHourPrices(t *testing.T) {
	tight := func() *model {
		m := fixture()
		m.groups[0].regular = []float64{10, 10, 10, 10}
		m.groups[1].regular[2] = 15
		return m
	}
	b, sol := solved(t, tight())
	best := value(b, sol)
	positive := 0
	for g := range b.load {
		for p, row := range b.load[g] {
			if row < 0 {
				continue
			}
			price := -sol.RowDual[row]
			require.GreaterOrEqual(t, price, -1e-9)
			if price > leastPrice {
				positive++
			}
			for _, more := range []float64{1, -1} {
				m := tight()
				m.groups[g].regular[p] += more
				require.GreaterOrEqual(t, value(solved(t, m)), best-more*price-1e-6)
			}
		}
	}
	require.Positive(t, positive)
}

// The marginal cost of a line is right in the same sense.
func TestLinePrices(t *testing.T) {
	b, sol := solved(t, fixture())
	best := value(b, sol)
	for c, row := range b.line {
		for _, more := range []float64{1, -1} {
			m := fixture()
			m.demands[c].qty += more
			require.GreaterOrEqual(t, value(solved(t, m)), best+more*sol.RowDual[row]-1e-6)
		}
	}
}

// mill is a problem in which a mill has too little time for what is due on the
// second day, and a dear partner that is not worth it.
const mill = `
horizon 14d
calendar day 08:00-16:00
resource mill calendar=day cost=10
partner far
item shaft
item wheel
routing make-shaft shaft
  step turn mill unit=1h
routing make-wheel wheel
  step turn mill unit=1h
routing give-wheel wheel price=100000
  step out partner=far lead=6h
line a shaft 6 1d16:00 min=1
line b wheel 6 1d16:00 min=1
line c wheel 4 5d16:00 min=1
objective money=1000
`

func planned(t *testing.T, text string, o Options) (*schedule.Problem, *Result) {
	p, _, err := scenario.Parse(text)
	require.NoError(t, err)
	for i := range p.Lines {
		p.Lines[i].Late, p.Lines[i].Short = []int64{100, 10, 10}[i%3], 9000
	}
	r, err := Plan(context.Background(), p, o)
	require.NoError(t, err)
	return p, r
}

// A scarce machine has a price, what is late is late because of it, the line
// that matters more is kept, and a source that is not used says how dear it is.
func TestExplanation(t *testing.T) {
	_, r := planned(t, mill, Options{Utilization: 0.7})
	require.NotEmpty(t, r.Prices.Hours)
	require.Equal(t, []schedule.ResourceID{"mill"}, r.Prices.Hours[0].Resources)
	a, b := r.Promises[0], r.Promises[1]
	require.Empty(t, a.Bindings)
	require.Equal(t, a.Due, a.Program)
	require.True(t, b.Program.After(b.Due))
	require.NotEmpty(t, b.Bindings)
	require.Equal(t, []schedule.ResourceID{"mill"}, b.Bindings[0].Resources)
	require.Len(t, r.Prices.Unused, 1)
	require.Equal(t, schedule.RoutingID("give-wheel"), r.Prices.Unused[0].Routing)
	require.Positive(t, r.Prices.Unused[0].Cheaper)
}

// If the unused source gets cheaper by more than is said, it is used, and by
// less it is not.
func TestUnusedSource(t *testing.T) {
	p, r := planned(t, mill, Options{Utilization: 0.7})
	cheaper := r.Prices.Unused[0].Cheaper
	for _, c := range []struct {
		by   float64
		used bool
	}{{cheaper - 2, false}, {cheaper + 2, true}} {
		p.Routings[2].Cost = 100000 - int64(c.by)
		r, err := Plan(context.Background(), p, Options{Utilization: 0.7})
		require.NoError(t, err)
		require.Equal(t, c.used, len(r.Prices.Unused) == 0)
	}
}

// Lots keep to the lot rules; at each point they cover what is wanted, and are
// less than a lot more than that or than what the program has.
func TestRounding(t *testing.T) {
	for seed := range uint64(60) {
		n, b, err := program(context.Background(), scenario.Random(seed), &Options{})
		require.NoError(t, err)
		sol, err := solve(context.Background(), b, &Options{})
		require.NoError(t, err)
		r := newAnswer(n, b, sol).rounding()
		lots, largest := make([]wip.Qty, len(n.points)), make([]wip.Qty, len(n.points))
		source := make([]bool, len(n.points))
		for _, l := range r.lots {
			require.True(t, r.rule(l.process).Allows(l.qty), "seed %d: %+v", seed, l)
			pt := n.processes[l.process].gives[0].point
			lots[pt], largest[pt], source[pt] = lots[pt]+l.qty, max(largest[pt], l.qty), true
		}
		for k := range n.processes {
			if n.origins[k].kind == brings { // lanes can lead in a circle
				source[n.processes[k].takes[0].point] = false
			}
		}
		for pt := range n.points {
			if !source[pt] {
				continue
			}
			wanted, released := wip.Qty(0), 0.0
			for _, w := range r.wanted[pt] {
				wanted += w.qty
			}
			for _, in := range n.points[pt].inflow {
				wanted -= r.base(max(0, in), n.keys[pt].Item)
			}
			for k := range n.processes {
				if len(n.processes[k].gives) > 0 && n.processes[k].gives[0].point == pt {
					released += r.used[k]
				}
			}
			require.GreaterOrEqual(t, lots[pt], wanted, "seed %d", seed)
			most := max(wanted, r.base(released, n.keys[pt].Item)+wip.Qty(len(n.processes)))
			require.Less(t, lots[pt]-most, largest[pt]+1, "seed %d", seed)
		}
	}
}

// Every program can be written, read by anyone, and has the same optimum.
func TestWriteMPS(t *testing.T) {
	for seed := range uint64(10) {
		p := scenario.Random(seed)
		var w bytes.Buffer
		require.NoError(t, WriteMPS(&w, p, Options{}))
		q, err := lp.ReadMPS(&w)
		require.NoError(t, err)
		sol, err := lp.Solve(context.Background(), q, lp.Options{})
		require.NoError(t, err)
		r, err := Plan(context.Background(), p, Options{MaxSteps: -1})
		require.NoError(t, err)
		require.InDelta(t, r.Cost, sol.Objective, 1e-6*(1+math.Abs(r.Cost)), "seed %d", seed)
	}
}

// primalSolver is another solver, as a caller may have one.
type primalSolver struct{ calls int }

func (s *primalSolver) Solve(ctx context.Context, p *Program) (*Solution, error) {
	s.calls++
	sol, err := lp.Solve(ctx, (*lp.Problem)(p), lp.Options{Method: lp.Primal, NoPresolve: true})
	if err != nil {
		return nil, err
	}
	return &Solution{X: sol.X, RowDual: sol.RowDual, Method: "mine"}, nil
}

type brokenSolver struct{ answer Solution }

func (s brokenSolver) Solve(context.Context, *Program) (*Solution, error) {
	if s.answer.X == nil {
		return nil, errors.New("no licence")
	}
	return &s.answer, nil
}

func TestSolver(t *testing.T) {
	mine := &primalSolver{}
	_, r := planned(t, mill, Options{Solver: mine})
	_, own := planned(t, mill, Options{})
	require.Equal(t, 1, mine.calls)
	require.Equal(t, "mine", r.Program.Method)
	require.InDelta(t, own.Cost, r.Cost, 1e-6)
	p, _, err := scenario.Parse(mill)
	require.NoError(t, err)
	for _, s := range []brokenSolver{{}, {Solution{X: []float64{math.NaN()}}}} {
		_, err = Plan(context.Background(), p, Options{Solver: s})
		require.Error(t, err)
	}
}

// After a small change the plan of yesterday is kept to more with it than
// without.
func TestStability(t *testing.T) {
	p, old := planned(t, mill, Options{})
	p.Lines[2].Qty += 3
	p.Lines[0].Qty--
	difference := func(o Options) float64 {
		r, err := Plan(context.Background(), p, o)
		require.NoError(t, err)
		return distance(old, r)
	}
	with, without := difference(Options{Previous: old}), difference(Options{})
	require.LessOrEqual(t, with, without+1e-6)
	require.InDelta(t, 4, with, 1.0+1e-6)
}

// distance returns by how much the releases of routings of two answers with
// the same periods differ.
func distance(x, y *Result) float64 {
	diff := map[[2]any]float64{}
	for _, r := range x.Releases {
		diff[[2]any{r.Routing, r.Period}] += r.Qty
	}
	for _, r := range y.Releases {
		diff[[2]any{r.Routing, r.Period}] -= r.Qty
	}
	sum := 0.0
	for _, d := range diff {
		sum += math.Abs(d)
	}
	return sum
}

// Equal calls give equal plans, however many processors there are.
func TestRepeatable(t *testing.T) {
	p := scenario.Random(7)
	one, err := Plan(context.Background(), p, Options{MaxSteps: 50})
	require.NoError(t, err)
	before := runtime.GOMAXPROCS(1)
	two, err := Plan(context.Background(), p, Options{MaxSteps: 50})
	runtime.GOMAXPROCS(before)
	require.NoError(t, err)
	require.Equal(t, one, two)
}

// counted is a context that ends after it has been looked at so often.
type counted struct {
	context.Context
	left int
}

func (c *counted) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// A run that is cut off after some steps gives the plan of that many steps.
func TestCutOff(t *testing.T) {
	p := scenario.Random(22)
	whole := 0
	for left := 20; left < 200; left += 23 {
		cut, err := Plan(&counted{context.Background(), left}, p, Options{})
		if err != nil {
			require.ErrorIs(t, err, context.Canceled)
			continue
		}
		again, err := Plan(context.Background(), p, Options{MaxSteps: cut.Steps})
		require.NoError(t, err)
		require.Equal(t, cut.Plan, again.Plan)
		whole++
	}
	require.Positive(t, whole)
}

func TestOptionErrors(t *testing.T) {
	p, _, err := scenario.Parse(mill)
	require.NoError(t, err)
	_, err = Plan(context.Background(), p, Options{Utilization: 1.5, SafetyLead: -time.Hour})
	var wrong *OptionError
	require.ErrorAs(t, err, &wrong)
	require.Len(t, wrong.Issues, 2)
	_, err = Plan(context.Background(), p, Options{Utilization: math.NaN()})
	require.ErrorAs(t, err, &wrong)
}

func TestPeriods(t *testing.T) {
	p, r := planned(t, mill, Options{})
	require.Equal(t, p.To, r.Cuts[len(r.Cuts)-1])
	at := func(d int) time.Time { return p.From.AddDate(0, 0, d) }
	_, r = planned(t, mill, Options{Cuts: []time.Time{at(3), at(-1), at(1), at(99), at(3)}})
	require.Equal(t, []time.Time{at(0), at(1), at(3), at(14)}, r.Cuts)
	g := grid{0, 1, 2, 4}
	require.Equal(t, []share{{1, 0.75}, {2, 0.25}}, g.shares(0, 1.25))
	require.Equal(t, []share{{0, 0.5}, {1, 0.5}}, g.shares(0, 0.5))
	require.Equal(t, []share{{2, 1}}, g.shares(2, 0))
	require.Equal(t, []share{{2, 0.5}}, g.shares(2, 1)) // half falls beyond the end
}
