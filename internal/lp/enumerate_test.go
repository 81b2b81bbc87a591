package lp

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// enumerated solves a small program by looking at every basis with every
// choice of bounds for the nonbasic variables. A program is optimal if one of
// them is feasible in primal and dual, infeasible if none is in the primal,
// and else unbounded.
func enumerated(p *Problem) (Status, float64) {
	if contradictory(p) {
		return Infeasible, 0
	}
	e := enumeration{p: p, m: p.Rows(), n: p.Cols(), status: Infeasible}
	e.basis(0, nil)
	return e.status, e.objective
}

type enumeration struct {
	p         *Problem
	m, n      int
	status    Status
	objective float64
}

// basis extends a choice of basic variables, all below from.
func (e *enumeration) basis(from int, chosen []int) {
	if len(chosen) == e.m {
		e.visit(chosen)
		return
	}
	for j := from; j < e.n+e.m; j++ {
		e.basis(j+1, append(chosen, j))
	}
}

func (e *enumeration) bounds(j int) (lower, upper float64) {
	if j < e.n {
		return e.p.ColLower[j], e.p.ColUpper[j]
	}
	return e.p.RowLower[j-e.n], e.p.RowUpper[j-e.n]
}

func (e *enumeration) column(j int) []float64 {
	v := make([]float64, e.m)
	if j >= e.n {
		v[j-e.n] = -1
		return v
	}
	for k := e.p.Start[j]; k < e.p.Start[j+1]; k++ {
		v[e.p.Index[k]] = e.p.Value[k]
	}
	return v
}

// visit looks at one basis.
func (e *enumeration) visit(basic []int) {
	inverse := e.invert(basic)
	if inverse == nil {
		return
	}
	isBasic := make([]bool, e.n+e.m)
	for _, j := range basic {
		isBasic[j] = true
	}
	y := make([]float64, e.m) // yᵀ = c_Bᵀ B⁻¹
	for k, j := range basic {
		if j < e.n {
			for i := range y {
				y[i] += e.p.Cost[j] * inverse[k][i]
			}
		}
	}
	var rest []int
	d := make([]float64, e.n+e.m)
	for j := range d {
		if isBasic[j] {
			continue
		}
		rest = append(rest, j)
		if j < e.n {
			d[j] = e.p.Cost[j]
		}
		for i, a := range e.column(j) {
			d[j] -= y[i] * a
		}
	}
	value := make([]float64, e.n+e.m)
	var place func(at int, dual bool)
	place = func(at int, dual bool) {
		if at == len(rest) {
			e.judge(basic, inverse, value, dual)
			return
		}
		j := rest[at]
		lower, upper := e.bounds(j)
		const tol = 1e-9
		if lower == upper {
			value[j] = lower
			place(at+1, dual)
			return
		}
		if !math.IsInf(lower, 0) {
			value[j] = lower
			place(at+1, dual && d[j] >= -tol)
		}
		if !math.IsInf(upper, 0) {
			value[j] = upper
			place(at+1, dual && d[j] <= tol)
		}
		if math.IsInf(lower, 0) && math.IsInf(upper, 0) {
			value[j] = 0
			place(at+1, dual && math.Abs(d[j]) <= tol)
		}
	}
	place(0, true)
}

// judge computes the basic variables and takes note of what the point shows.
func (e *enumeration) judge(basic []int, inverse [][]float64, value []float64, dual bool) {
	rhs := make([]float64, e.m)
	isBasic := map[int]bool{}
	for _, j := range basic {
		isBasic[j] = true
	}
	objective := e.p.Offset
	for j, x := range value {
		if isBasic[j] {
			continue
		}
		for i, a := range e.column(j) {
			rhs[i] -= a * x
		}
		if j < e.n {
			objective += e.p.Cost[j] * x
		}
	}
	for k, j := range basic {
		x := 0.0
		for i := range rhs {
			x += inverse[k][i] * rhs[i]
		}
		lower, upper := e.bounds(j)
		if x < lower-1e-9 || x > upper+1e-9 {
			return
		}
		if j < e.n {
			objective += e.p.Cost[j] * x
		}
	}
	if dual {
		e.status, e.objective = Optimal, objective
	} else if e.status == Infeasible {
		e.status = Unbounded
	}
}

// invert returns the rows of the inverse of a basis, or nil.
func (e *enumeration) invert(basic []int) [][]float64 {
	m := e.m
	t := make([][]float64, m)
	for i := range t {
		t[i] = make([]float64, 2*m)
		t[i][m+i] = 1
	}
	for k, j := range basic {
		for i, a := range e.column(j) {
			t[i][k] = a
		}
	}
	for k := range m {
		best := k
		for i := k; i < m; i++ {
			if math.Abs(t[i][k]) > math.Abs(t[best][k]) {
				best = i
			}
		}
		if math.Abs(t[best][k]) < 1e-9 {
			return nil
		}
		t[k], t[best] = t[best], t[k]
		pivot := t[k][k]
		for c := range t[k] {
			t[k][c] /= pivot
		}
		for i := range m {
			if f := t[i][k]; i != k && f != 0 {
				for c := range t[i] {
					t[i][c] -= f * t[k][c]
				}
			}
		}
	}
	for i := range t {
		t[i] = t[i][m:]
	}
	return t
}

// randomProblem makes a program with up to size rows and columns and small
// integers, so that ties, dependent rows and all statuses are common.
func randomProblem(r *rand.Rand, size int) *Problem {
	p := &Problem{Offset: float64(r.IntN(3))}
	for range r.IntN(size + 1) {
		p.AddRow(randomBounds(r))
	}
	density := r.Float64()
	for range r.IntN(size + 1) {
		var rows []int32
		var values []float64
		for i := range p.Rows() {
			if v := r.IntN(7) - 3; v != 0 && r.Float64() < density {
				rows = append(rows, int32(i))
				values = append(values, float64(v))
			}
		}
		lower, upper := randomBounds(r)
		p.AddCol(float64(r.IntN(9)-3), lower, upper, rows, values)
	}
	return p
}

func randomBounds(r *rand.Rand) (lower, upper float64) {
	a := float64(r.IntN(9) - 4)
	switch r.IntN(12) {
	case 0, 1, 2, 3:
		return a, Inf
	case 4, 5:
		return -Inf, a
	case 6, 7, 8:
		return a, a + float64(r.IntN(5))
	case 9:
		return -Inf, Inf
	case 10:
		return a, a - float64(r.IntN(2)) // contradictory half of the time
	}
	return a, a
}

// requireProven checks sol against what its status claims, independently of
// the solver, and returns it.
func requireProven(t *testing.T, p *Problem, sol *Solution) {
	t.Helper()
	switch sol.Status {
	case Optimal:
		again := *sol
		require.True(t, assess(p, &again))
		require.Equal(t, again.Objective, sol.Objective)
	case Infeasible:
		if !contradictory(p) {
			require.True(t, provesInfeasible(p, sol.Ray))
		}
	case Unbounded:
		require.True(t, provesUnbounded(p, sol.Ray))
	default:
		require.Fail(t, "no answer", "status %d", sol.Status)
	}
}

// TestRandomAgainstEnumeration solves random small programs with each method
// and compares with enumeration. TAKT_RANDOM sets another number of them.
func TestRandomAgainstEnumeration(t *testing.T) {
	count := 3000
	if s := os.Getenv("TAKT_RANDOM"); s != "" {
		var err error
		count, err = strconv.Atoi(s)
		require.NoError(t, err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	seen := map[Status]int{}
	for k := range count {
		p := randomProblem(r, 4)
		status, objective := enumerated(p)
		seen[status]++
		for _, m := range []Method{Auto, Dual, Primal} {
			sol, err := Solve(context.Background(), p, Options{Method: m})
			require.NoError(t, err)
			require.Equal(t, status, sol.Status, "program %d, method %d\n%s", k, m, describe(p))
			requireProven(t, p, sol)
			if status == Optimal {
				require.InDelta(t, objective, sol.Objective, 1e-7, "program %d, method %d", k, m)
			}
		}
	}
	for _, s := range []Status{Optimal, Infeasible, Unbounded} {
		require.Greater(t, seen[s], count/50, "status %d", s)
	}
}

func describe(p *Problem) string { return fmt.Sprintf("%+v", *p) }
