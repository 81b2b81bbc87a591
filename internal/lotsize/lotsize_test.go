package lotsize

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/lp"
)

// solved solves p in so many steps and audits the plan.
func solved(t *testing.T, p *Problem, steps int64) *Solution {
	t.Helper()
	s, err := Solve(context.Background(), p, Options{MaxSteps: steps})
	require.NoError(t, err)
	audit(t, p, s)
	return s
}

// audit recomputes everything from lots and set-ups in its own way.
func audit(t *testing.T, p *Problem, s *Solution) {
	t.Helper()
	const tolerance = 1e-5
	cost, excess := 0.0, 0.0
	for r, res := range p.Resources {
		for u := range p.Periods {
			time, carried := 0.0, 0
			for i, it := range p.Items {
				if it.Resource != r {
					continue
				}
				time += it.UnitTime * s.Lots[i][u]
				if s.Setups[i][u] {
					time += it.SetupTime
					cost += it.SetupCost
				}
				if s.Carry[i][u] {
					carried++
					assert.True(t, p.CarryOver && u > 0 && (s.Setups[i][u-1] || s.Carry[i][u-1]), "item %d has nothing to carry into %d", i, u)
					assert.False(t, passesThrough(p, s, i, u), "item %d is carried through %d past set-ups", i, u)
				}
				assert.True(t, s.Lots[i][u] < tolerance || s.Setups[i][u] || s.Carry[i][u], "item %d is made in %d without a set-up", i, u)
			}
			assert.LessOrEqual(t, carried, 1)
			over := math.Max(0, time-res.Capacity[u])
			cost += res.Overtime * over
			if res.Overtime == 0 {
				excess += over
			}
		}
	}
	for i, it := range p.Items {
		for u := range p.Periods {
			level := it.Initial
			for v := 0; v <= u; v++ {
				level -= it.Demand[v]
				if it.Ready == nil && v <= u || it.Ready != nil && it.Ready[v] <= u {
					level += s.Lots[i][v]
				}
				for j, parent := range p.Items {
					for _, use := range parent.Uses {
						if use.Item == i {
							level -= use.Qty * s.Lots[j][v]
						}
					}
				}
			}
			if it.Backlog == 0 || u == p.Periods-1 {
				assert.GreaterOrEqual(t, level, -tolerance*(1+it.Demand[u]), "item %d is short in %d", i, u)
			}
			length := 1.0
			if p.Lengths != nil {
				length = p.Lengths[u]
			}
			cost += length * (it.Holding*math.Max(0, level) + it.Backlog*math.Max(0, -level))
		}
	}
	assert.InEpsilon(t, 1+cost, 1+s.Cost, tolerance)
	assert.InDelta(t, excess, s.Excess, tolerance*(1+excess))
	if s.Excess == 0 {
		assert.LessOrEqual(t, s.Bound, s.Cost*(1+1e-6)+1e-6)
	}
}

// passesThrough reports whether item i is carried into and out of period u,
// without a set-up of its own, although another item is set up for in it.
func passesThrough(p *Problem, s *Solution, i, u int) bool {
	if u+1 == p.Periods || !s.Carry[i][u+1] || s.Setups[i][u] {
		return false
	}
	for j, other := range p.Items {
		if other.Resource == p.Items[i].Resource && s.Setups[j][u] {
			return true
		}
	}
	return false
}

// random returns a problem of n items, of which later ones may go into earlier
// ones.
func random(r *rand.Rand, n, periods int, levels, backlog bool) *Problem {
	p := &Problem{Periods: periods, Resources: make([]Resource, 1+r.IntN(2))}
	load := make([]float64, len(p.Resources))
	for i := range n {
		it := Item{
			Resource: r.IntN(len(p.Resources)), UnitTime: 1, SetupTime: float64(r.IntN(8)),
			SetupCost: float64(20 + r.IntN(100)), Holding: float64(1 + r.IntN(4)), Initial: float64(r.IntN(10)),
		}
		for range periods {
			it.Demand = append(it.Demand, float64(r.IntN(20)))
		}
		if levels && i > 0 {
			it.Initial = 60
			parent := &p.Items[r.IntN(i)]
			parent.Uses = append(parent.Uses, Use{Item: i, Qty: float64(1 + r.IntN(2))})
			it.Ready = randomReady(r, periods)
			load[it.Resource] += 15
		}
		if backlog && r.IntN(2) == 0 {
			it.Backlog = float64(2 + r.IntN(6))
		}
		load[it.Resource] += 15
		p.Items = append(p.Items, it)
	}
	for k := range p.Resources {
		if r.IntN(2) == 0 {
			p.Resources[k].Overtime = float64(3 + r.IntN(10))
		}
		for range periods {
			p.Resources[k].Capacity = append(p.Resources[k].Capacity, load[k])
		}
	}
	return p
}

// randomReady has the lots before some period wait until the next.
func randomReady(r *rand.Rand, periods int) []int {
	ready := make([]int, periods)
	until := r.IntN(periods + 1)
	for t := range ready {
		ready[t] = t
		if t < until {
			ready[t]++
		}
	}
	return ready
}

// enumerate returns the least cost over all set-ups and carried states.
func enumerate(t *testing.T, p *Problem) float64 {
	t.Helper()
	m, err := newModel(p)
	require.NoError(t, err)
	s := newSearch(context.Background(), m, Options{})
	for i := range p.Items {
		for u := range p.Periods {
			if lot := m.lot[i][u]; lot >= 0 {
				cols, values := m.addState([]int32{lot}, []float64{1}, i, u, -m.total(i, u))
				m.lp.AddRow(-lp.Inf, 0, cols, values)
			}
		}
	}
	best := math.Inf(1)
	for bits := range 1 << len(s.binaries) {
		for k := range s.binaries {
			s.fix(k, bits>>k&1 == 1)
		}
		if sol := s.solve(); sol != nil {
			best = math.Min(best, sol.Objective)
		}
	}
	return best
}

func TestSolveIsOptimalOnSmallProblems(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for k := range 40 {
		p := random(r, 2+k%2, 3, k%3 == 1, k%4 == 2)
		if k%5 == 0 {
			p = random(r, 2, 3, false, false)
			p.CarryOver = true
		}
		if k%6 == 4 {
			p.Lengths = []float64{1, 1, 7}
		}
		s, err := Solve(context.Background(), p, Options{MaxSteps: 5000})
		want := enumerate(t, p)
		if math.IsInf(want, 1) {
			assert.ErrorIs(t, err, ErrNoPlan)
			continue
		}
		require.NoError(t, err)
		audit(t, p, s)
		assert.True(t, s.Optimal, "problem %d", k)
		if s.Excess == 0 {
			assert.InEpsilon(t, 1+want, 1+s.Cost, 1e-6, "problem %d", k)
		}
	}
}

// wagnerWhitin is the recursion of Wagner and Whitin (1958).
func wagnerWhitin(it *Item) float64 {
	least := make([]float64, len(it.Demand)+1)
	for t := range it.Demand {
		least[t+1] = math.Inf(1)
		hold := 0.0
		for s := t; s >= 0; s-- {
			least[t+1] = math.Min(least[t+1], least[s]+it.SetupCost+hold)
			if s > 0 {
				for u := s; u <= t; u++ {
					hold += it.Holding * it.Demand[u]
				}
			}
		}
	}
	return least[len(it.Demand)]
}

func TestOneItemIsSolvedAsByWagnerAndWhitin(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 20 {
		it := Item{SetupCost: float64(50 + r.IntN(200)), Holding: 1}
		capacity := make([]float64, 12)
		for range capacity {
			it.Demand = append(it.Demand, float64(20+r.IntN(60)))
		}
		s := solved(t, &Problem{Periods: 12, Items: []Item{it}, Resources: []Resource{{Capacity: capacity}}}, 1000)
		assert.True(t, s.Optimal)
		assert.InEpsilon(t, wagnerWhitin(&it), s.Cost, 1e-9)
	}
}

// facilityLocation is the optimum of the relaxation in which every demand is
// split over the periods that it is made in (Krarup and Bilde 1977).
func facilityLocation(t *testing.T, p *Problem) float64 {
	t.Helper()
	var q lp.Problem
	capacity := make([]int, p.Periods)
	for u := range capacity {
		capacity[u] = q.AddRow(-lp.Inf, p.Resources[0].Capacity[u])
	}
	for _, it := range p.Items {
		whole := make([]int32, p.Periods)
		for v := range whole {
			whole[v] = int32(q.AddRow(1, lp.Inf))
		}
		for u := range p.Periods {
			rows, values := []int32{int32(capacity[u])}, []float64{it.SetupTime}
			for v := u; v < p.Periods; v++ {
				row := int32(q.AddRow(-lp.Inf, 0))
				q.AddCol(it.Holding*it.Demand[v]*float64(v-u), 0, lp.Inf,
					[]int32{row, whole[v], int32(capacity[u])}, []float64{1, 1, it.UnitTime * it.Demand[v]})
				rows, values = append(rows, row), append(values, -1)
			}
			q.AddCol(it.SetupCost, 0, 1, rows, values)
		}
	}
	s, err := lp.Solve(context.Background(), &q, lp.Options{})
	require.NoError(t, err)
	require.Equal(t, lp.Optimal, s.Status)
	return s.Objective
}

func TestBoundIsThatOfFacilityLocation(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 5 {
		p := random(r, 6, 8, false, false)
		p.Resources = p.Resources[:1]
		p.Resources[0].Overtime = 0
		for u := range p.Periods {
			p.Resources[0].Capacity[u] = 6*10 + 40
		}
		for i := range p.Items {
			p.Items[i].Resource, p.Items[i].Initial = 0, 0
			for u := range p.Periods {
				p.Items[i].Demand[u] = 1 + float64(r.IntN(19))
			}
		}
		s := solved(t, p, 300)
		assert.InEpsilon(t, facilityLocation(t, p), relaxation(t, p), 1e-6)
		assert.GreaterOrEqual(t, s.Bound, relaxation(t, p)*(1-1e-9))
	}
}

func relaxation(t *testing.T, p *Problem) float64 {
	t.Helper()
	m, err := newModel(p)
	require.NoError(t, err)
	s := newSearch(context.Background(), m, Options{})
	s.relax()
	return s.bound
}

func TestStepsRepeat(t *testing.T) {
	p := random(rand.New(rand.NewPCG(4, 4)), 6, 8, true, true)
	for _, steps := range []int64{40, 200} {
		assert.Equal(t, solved(t, p, steps), solved(t, p, steps))
	}
}

func TestCarryingOverSaves(t *testing.T) {
	p := random(rand.New(rand.NewPCG(5, 5)), 4, 6, false, false)
	without := solved(t, p, 1500)
	p.CarryOver = true
	assert.Less(t, solved(t, p, 1500).Cost, without.Cost)
}

func TestContextEndsTheSearch(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	p := random(rand.New(rand.NewPCG(6, 6)), 12, 20, false, false)
	s, err := Solve(ctx, p, Options{Improved: func(float64) { cancel() }})
	require.NoError(t, err)
	audit(t, p, s)
	_, err = Solve(ctx, p, Options{})
	assert.ErrorIs(t, err, ErrNoPlan)
}

func TestValidateListsAllMistakes(t *testing.T) {
	p := &Problem{Periods: 2, Resources: []Resource{{Capacity: []float64{1}}}, Items: []Item{
		{Resource: 1, Demand: []float64{1, math.NaN()}, Holding: -1, Uses: []Use{{Item: 7}, {Item: 7}}},
	}}
	var e *ProblemError
	require.ErrorAs(t, p.Validate(), &e)
	assert.Len(t, e.Mistakes, 7)
	p = &Problem{Periods: 1, Resources: []Resource{{Capacity: []float64{1}}}, Items: []Item{{Demand: []float64{1}, Uses: []Use{{Item: 0, Qty: 1}}}}}
	assert.ErrorContains(t, p.Validate(), "made of themselves")
	_, err := Solve(context.Background(), &Problem{}, Options{})
	assert.Error(t, err)
}
