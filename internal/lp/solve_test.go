package lp

import (
	"context"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestCheckListsAll: a malformed problem is refused with everything that is
// wrong with it.
func TestCheckListsAll(t *testing.T) {
	p := &Problem{}
	p.AddRow(math.NaN(), 1)
	p.AddCol(math.NaN(), 0, math.NaN(), []int32{0, 0, 7}, []float64{1, Inf, 1})
	p.ColName = []string{"x"}
	_, err := Solve(context.Background(), p, Options{
		Start: &Basis{Col: make([]BasisStatus, 3), Row: make([]BasisStatus, 1)}, StartDual: []float64{math.NaN()},
	})
	var list *ProblemError
	require.ErrorAs(t, err, &list)
	var codes []string
	for _, f := range list.Flaws {
		codes = append(codes, f.Code)
	}
	require.Equal(t, []string{
		"not-finite", "not-a-number", "not-a-number", "duplicate", "not-finite", "row-range",
		"length", "not-finite",
	}, codes)
	require.Contains(t, err.Error(), `column "x" has an entry in row 7 of 1`)
}

// TestCheckLengths: slices that do not fit are all named.
func TestCheckLengths(t *testing.T) {
	p := &Problem{Cost: []float64{1, 2}, RowLower: []float64{0}, Start: []int{0, 1}}
	var list *ProblemError
	require.ErrorAs(t, Check(p), &list)
	require.Len(t, list.Flaws, 4) // ColLower, ColUpper, RowUpper, Start
	p = &Problem{Cost: []float64{1}, ColLower: []float64{0}, ColUpper: []float64{1}, Start: []int{0, -1}}
	require.Error(t, Check(p))
}

// TestEdges: programs without rows, without columns, without anything.
func TestEdges(t *testing.T) {
	solve := func(p *Problem) *Solution {
		sol, err := Solve(context.Background(), p, Options{})
		require.NoError(t, err)
		return sol
	}
	require.Equal(t, Optimal, solve(&Problem{}).Status)
	require.Equal(t, 3.0, solve(&Problem{Offset: 3}).Objective)

	rows := &Problem{}
	rows.AddRow(0, 1)
	require.Equal(t, Optimal, solve(rows).Status)
	rows.AddRow(1, 2)
	require.Equal(t, Infeasible, solve(rows).Status)

	cols := &Problem{}
	cols.AddCol(-1, 0, 5, nil, nil)
	require.Equal(t, -5.0, solve(cols).Objective)
	cols.AddCol(-1, 0, Inf, nil, nil)
	sol := solve(cols)
	require.Equal(t, Unbounded, sol.Status)
	require.Equal(t, []float64{0, 1}, sol.Ray)
}

// mediumProblem makes a feasible and bounded program of the given size.
func mediumProblem(seed uint64, m, n int) *Problem {
	r := rand.New(rand.NewPCG(seed, 1))
	p := &Problem{}
	for range m {
		p.AddRow(float64(-r.IntN(50)), float64(r.IntN(50)))
	}
	for range n {
		var rows []int32
		var values []float64
		for i := range m {
			if r.IntN(m) < 4 {
				rows, values = append(rows, int32(i)), append(values, r.Float64()*4-2)
			}
		}
		p.AddCol(r.Float64()*10-5, 0, float64(1+r.IntN(20)), rows, values)
	}
	return p
}

// TestMethodsAgree solves middle-sized programs with both methods, from both
// kinds of start, and compares the certified optima.
func TestMethodsAgree(t *testing.T) {
	for seed := range uint64(12) {
		p := mediumProblem(seed, 40+int(seed)*5, 60+int(seed)*10)
		var first float64
		for k, m := range []Method{Dual, Primal} {
			sol, err := Solve(context.Background(), p, Options{Method: m})
			require.NoError(t, err)
			require.Equal(t, Optimal, sol.Status)
			if k == 0 {
				first = sol.Objective
			}
			require.InDelta(t, first, sol.Objective, 1e-8*(1+math.Abs(first)))
			again, err := Solve(context.Background(), p, Options{Start: sol.Basis})
			require.NoError(t, err)
			require.Equal(t, Optimal, again.Status)
			require.Zero(t, again.Iterations)
		}
	}
}

// TestRepeatable: the same program gives the same bits, and a solver that was
// used for something else before does too once it starts from the same basis.
func TestRepeatable(t *testing.T) {
	p := mediumProblem(99, 120, 200)
	a, err := Solve(context.Background(), p, Options{})
	require.NoError(t, err)
	b, err := Solve(context.Background(), p, Options{})
	require.NoError(t, err)
	require.Equal(t, a, b)
}

// TestIterationLimit: a run that is cut stands where the limit says.
func TestIterationLimit(t *testing.T) {
	p := mediumProblem(5, 120, 200)
	for _, m := range []Method{Dual, Primal} {
		sol, err := Solve(context.Background(), p, Options{Method: m, MaxIterations: 7, NoPresolve: true})
		require.NoError(t, err)
		require.Equal(t, IterationLimit, sol.Status)
		require.EqualValues(t, 7, sol.Iterations)
		rest, err := Solve(context.Background(), p, Options{Start: sol.Basis})
		require.NoError(t, err)
		require.Equal(t, Optimal, rest.Status)
	}
}

// TestCancelled: a context that is done stops the run at once, and one that
// ends in the progress callback stops it soon after.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	p := mediumProblem(6, 1500, 2500)
	sol, err := Solve(ctx, p, Options{NoPresolve: true, Method: Dual, Progress: func(g Progress) {
		if g.Iterations >= 500 {
			cancel()
		}
	}})
	require.NoError(t, err)
	require.Equal(t, Cancelled, sol.Status)
	require.EqualValues(t, 500, sol.Iterations)
	sol, err = Solve(ctx, p, Options{})
	require.NoError(t, err)
	require.Equal(t, Cancelled, sol.Status)
}

// TestCutFactorisation: a factorisation that is cut short leaves basis and
// values, and what follows is as if it had not been tried.
func TestCutFactorisation(t *testing.T) {
	p := mediumProblem(8, 300, 500)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	begin := func() *simplex {
		s := newSimplex(p, nil)
		s.solve(context.Background(), p, Options{Method: Dual, MaxIterations: 50})
		require.False(t, s.isSlack())
		s.ready = false
		return s
	}
	s := begin()
	head, x := slices.Clone(s.head), slices.Clone(s.x)
	cut := s.solve(ctx, p, Options{Method: Dual})
	require.Equal(t, Cancelled, cut.Status)
	require.False(t, s.ready)
	require.Equal(t, head, s.head)
	require.Equal(t, x, s.x)
	require.Equal(t, begin().solve(context.Background(), p, Options{}), s.solve(context.Background(), p, Options{}))
}

// TestCancelledAnywhere ends a run after each of the first looks at the
// context, which are at fixed places: the answer is complete, and from what is
// kept the next solve finds the optimum.
func TestCancelledAnywhere(t *testing.T) {
	p := planningProgram(3, 12, 8)
	want, err := Solve(context.Background(), p, Options{})
	require.NoError(t, err)
	for _, m := range []Method{Dual, Primal, IPM} {
		cancelled := 0
		for looks := 0; looks < 2000; looks += 1 + looks/8 {
			s, err := NewSolver(p)
			require.NoError(t, err)
			sol, err := s.Solve(&countedContext{Context: context.Background(), left: looks}, Options{Method: m})
			require.NoError(t, err)
			require.Len(t, sol.X, p.Cols())
			require.Len(t, sol.RowDual, p.Rows())
			if sol.Status == Cancelled {
				cancelled++
				sol, err = s.Solve(context.Background(), Options{})
				require.NoError(t, err)
			}
			require.Equal(t, Optimal, sol.Status)
			require.InDelta(t, want.Objective, sol.Objective, 1e-7*(1+math.Abs(want.Objective)))
		}
		require.Greater(t, cancelled, 5)
	}
}

// A countedContext is done after it was asked left times.
type countedContext struct {
	context.Context
	left int
}

func (c *countedContext) Done() <-chan struct{} {
	done := make(chan struct{})
	if c.left < 0 {
		close(done)
	}
	return done
}

func (c *countedContext) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestCancelledKeepsBasis: after a run that was cancelled behind a presolve,
// the next one goes on from the basis that was reached.
func TestCancelledKeepsBasis(t *testing.T) {
	p := planningProgram(4, 60, 30)
	cold, err := Solve(context.Background(), p, Options{Method: Dual})
	require.NoError(t, err)
	require.Greater(t, cold.Iterations, int64(1000))
	s, err := NewSolver(p)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	sol, err := s.Solve(ctx, Options{Method: Dual, Progress: func(g Progress) {
		if g.Iterations >= cold.Iterations*3/4 {
			cancel()
		}
	}})
	require.NoError(t, err)
	require.Equal(t, Cancelled, sol.Status)
	rest, err := s.Solve(context.Background(), Options{})
	require.NoError(t, err)
	require.Equal(t, Optimal, rest.Status)
	require.InDelta(t, cold.Objective, rest.Objective, 1e-7*(1+math.Abs(cold.Objective)))
	t.Log(cold.Iterations, sol.Iterations, rest.Iterations)
	require.Less(t, rest.Iterations, cold.Iterations/2)
}

// TestNoAllocation: iterations use the memory made at the start.
func TestNoAllocation(t *testing.T) {
	p := mediumProblem(7, 300, 500)
	s, err := NewSolver(p)
	require.NoError(t, err)
	_, err = s.Solve(context.Background(), Options{Method: Dual, NoPresolve: true})
	require.NoError(t, err)
	x := s.s
	x.slackBasis()
	x.run = newRun(context.Background(), Options{})
	used := int64(0)
	allocations := testing.AllocsPerRun(1, func() {
		x.slackBasis()
		x.optimise(Dual)
		used = x.run.used
	})
	require.Greater(t, used, int64(150))
	require.Less(t, allocations, 20.0)
}

// fuzzProblem reads a problem from bytes, wrong numbers and indices included.
func fuzzProblem(data []byte) *Problem {
	next := func() int {
		if len(data) == 0 {
			return 0
		}
		b := data[0]
		data = data[1:]
		return int(b)
	}
	number := func() float64 {
		switch b := next(); {
		case b < 200:
			return float64(b%21 - 10)
		case b < 210:
			return Inf
		case b < 220:
			return -Inf
		case b < 230:
			return 1e-9 * float64(b)
		case b < 240:
			return 1e15 * float64(b-235)
		case b == 255 && len(data) >= 8:
			v := math.Float64frombits(binary.LittleEndian.Uint64(data))
			data = data[8:]
			return v
		}
		return 0
	}
	p := &Problem{Offset: number()}
	for range next() % 6 {
		p.AddRow(number(), number())
	}
	for range next() % 7 {
		var rows []int32
		var values []float64
		for range next() % 5 {
			rows = append(rows, int32(next()%8)-1)
			values = append(values, number())
		}
		slices.Sort(rows)
		p.AddCol(number(), number(), number(), rows, values)
	}
	return p
}

// FuzzSolve: no input makes the door panic or hang, and every answer carries
// its proof.
func FuzzSolve(f *testing.F) {
	f.Add([]byte{0, 2, 10, 20, 30, 205, 3, 2, 1, 15, 2, 16, 12, 10, 200, 1, 2, 15, 13, 0, 205, 0, 11, 10, 12})
	f.Add([]byte{255, 0, 0, 0, 0, 0, 0, 248, 127, 1, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		p := fuzzProblem(data)
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		for _, m := range []Method{Auto, Dual, Primal, IPM} {
			sol, err := Solve(ctx, p, Options{Method: m})
			if err != nil {
				require.Nil(t, sol)
				continue
			}
			require.NotEqual(t, Cancelled, sol.Status)
			if sol.Status != Numerical {
				requireProven(t, p, sol)
			}
		}
	})
}
