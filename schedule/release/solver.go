package release

import (
	"context"
	"fmt"
	"io"
	"math"

	"github.com/taktplan/takt/internal/lp"
	"github.com/taktplan/takt/schedule"
)

// A Solver solves linear programs: that of this module, or any other that a
// caller has.
type Solver interface {
	// Solve returns an optimum of p, which it must not modify or keep.
	Solve(ctx context.Context, p *Program) (*Solution, error)
}

// A Program is a linear program
//
//	minimise    Offset + Cost·x
//	subject to  RowLower ≤ A x ≤ RowUpper
//	            ColLower ≤  x  ≤ ColUpper
//
// whose absent bounds are infinite. The entries of column j of A are Index[k],
// Value[k] for Start[j] ≤ k < Start[j+1].
type Program struct {
	Name   string
	Offset float64

	Cost, ColLower, ColUpper []float64 // per column
	RowLower, RowUpper       []float64 // per row
	RowName, ColName         []string

	Start []int
	Index []int32
	Value []float64
}

// A Solution is an optimum of a program. With y = RowDual, the reduced cost of
// column j is Cost[j] − Σ A[i,j]·y[i]: y[i] is what the optimum rises by if a
// row's bounds do by one.
type Solution struct {
	X          []float64 // per column
	RowDual    []float64 // per row
	Iterations int64
	Method     string // for reports
	// Rows and Columns are where each stands in the optimal basis, or nil.
	Rows, Columns []Status

	ranges map[int32]lp.Range // of priced rows, on request
}

// WriteMPS writes the program of a problem in free MPS format, for other
// solvers. Rows and columns are named for what they stand for by number, as in
// "balance.12.3": see the package's source for the numbering.
//
// The errors are those of [Plan] and of w.
func WriteMPS(w io.Writer, p *schedule.Problem, o Options) error {
	if err := p.Validate(); err != nil {
		return err
	}
	if err := o.validate(p); err != nil {
		return err
	}
	_, b, err := program(context.Background(), p, &o)
	if err != nil {
		return err
	}
	b.name(p.Name)
	return lp.WriteMPS(w, &b.lp)
}

// solve solves the program of a build.
func solve(ctx context.Context, n *network, b *build) (*Solution, error) {
	s := n.o.Solver
	if s == nil {
		own := ownSolver{progress: n.o.Progress}
		if n.o.Ranging {
			own.rows = b.priced
		}
		if n.o.Previous != nil && n.o.Previous.Basis != nil && len(n.o.Previous.Basis.Cuts) > 1 {
			own.start, own.prices = n.startFrom(b, n.o.Previous.Basis)
		}
		s = own
	}
	q := Program(b.lp)
	sol, err := s.Solve(ctx, &q)
	switch {
	case err != nil:
		return nil, err
	case len(sol.X) != b.lp.Cols() || len(sol.RowDual) != b.lp.Rows():
		return nil, fmt.Errorf("release: the solver returns %d columns and %d rows, not %d and %d",
			len(sol.X), len(sol.RowDual), b.lp.Cols(), b.lp.Rows())
	}
	for _, v := range [][]float64{sol.X, sol.RowDual} {
		for _, x := range v {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return nil, fmt.Errorf("release: the solver returns a value that is not finite")
			}
		}
	}
	return sol, nil
}

// ownSolver is that of this module. It begins at a basis, if it has one.
type ownSolver struct {
	progress func(Progress)
	start    *lp.Basis
	prices   []float64
	rows     func(dual []float64) []int // which rows to range, or nil
}

func (s ownSolver) Solve(ctx context.Context, p *Program) (*Solution, error) {
	o := lp.Options{Start: s.start, StartDual: s.prices}
	if s.progress != nil {
		o.Progress = func(at lp.Progress) {
			s.progress(Progress{Stage: Solving, Iterations: at.Iterations, Cost: at.Objective})
		}
	}
	solver, err := lp.NewSolver((*lp.Problem)(p))
	if err != nil {
		return nil, err
	}
	if s.start != nil {
		o.MaxIterations = int64(warmShare * float64(len(p.Cost)))
	}
	sol, err := solver.Solve(ctx, o)
	if err != nil {
		return nil, err
	}
	if s.start != nil && sol.Status != lp.Optimal && sol.Status != lp.Cancelled {
		return ownSolver{progress: s.progress, rows: s.rows}.Solve(ctx, p)
	}
	if sol.Status == lp.Cancelled {
		return nil, ctx.Err()
	}
	if sol.Status != lp.Optimal {
		return nil, fmt.Errorf("release: the program was not solved (status %d)", sol.Status)
	}
	methods := [...]string{lp.Auto: "auto", lp.Dual: "dual simplex", lp.Primal: "primal simplex", lp.IPM: "interior point"}
	answer := &Solution{X: sol.X, RowDual: sol.RowDual, Iterations: sol.Iterations, Method: methods[sol.Method],
		Rows: statuses(sol.Basis.Row), Columns: statuses(sol.Basis.Col)}
	if s.rows != nil {
		answer.ranges, err = ranges(solver, s.rows(sol.RowDual))
	}
	return answer, err
}

// warmShare is the number of iterations for each column after which a basis to
// begin with has not paid: from nothing it takes about one.
const warmShare = 0.75

// ranges returns how far the sides of rows can move.
func ranges(s *lp.Solver, rows []int) (map[int32]lp.Range, error) {
	list, err := s.RangeRows(rows...)
	if err != nil {
		return nil, err
	}
	m := make(map[int32]lp.Range, len(rows))
	for n, i := range rows {
		m[int32(i)] = list[n]
	}
	return m, nil
}

// priced returns the rows whose prices are reported.
func (b *build) priced(dual []float64) []int {
	var rows []int
	note := func(i int32, _ handle) {
		if math.Abs(dual[i]) > leastPrice {
			rows = append(rows, int(i))
		}
	}
	table("load", b.load, nil, note)
	list("line", b.line, note)
	return rows
}

func statuses(of []lp.BasisStatus) []Status {
	list := make([]Status, len(of))
	for i, s := range of {
		list[i] = AtLower + Status(s)
	}
	return list
}
