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
	if err := o.validate(); err != nil {
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
func solve(ctx context.Context, b *build, o *Options) (*Solution, error) {
	s := o.Solver
	if s == nil {
		s = ownSolver{o.Progress}
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

// ownSolver is that of this module.
type ownSolver struct{ progress func(Progress) }

func (s ownSolver) Solve(ctx context.Context, p *Program) (*Solution, error) {
	o := lp.Options{}
	if s.progress != nil {
		o.Progress = func(at lp.Progress) {
			s.progress(Progress{Stage: Solving, Iterations: at.Iterations, Cost: at.Objective})
		}
	}
	sol, err := lp.Solve(ctx, (*lp.Problem)(p), o)
	if err != nil {
		return nil, err
	}
	if sol.Status == lp.Cancelled {
		return nil, ctx.Err()
	}
	if sol.Status != lp.Optimal {
		return nil, fmt.Errorf("release: the program was not solved (status %d)", sol.Status)
	}
	methods := [...]string{lp.Auto: "auto", lp.Dual: "dual simplex", lp.Primal: "primal simplex", lp.IPM: "interior point"}
	return &Solution{X: sol.X, RowDual: sol.RowDual, Iterations: sol.Iterations, Method: methods[sol.Method]}, nil
}

// name gives rows and columns names.
func (b *build) name(problem string) {
	b.lp.Name = problem
	b.lp.RowName, b.lp.ColName = make([]string, b.lp.Rows()), make([]string, b.lp.Cols())
	fill := func(names []string, what string) {
		for i := range names {
			if names[i] == "" {
				names[i] = fmt.Sprintf("%s.%d", what, i)
			}
		}
	}
	label := func(names []string, what string, table [][]int32, pieces [][]int8) {
		for i := range table {
			for t, at := range table[i] {
				n := 1
				if pieces != nil {
					n = int(pieces[i][t])
				}
				for k := 0; at >= 0 && k < n; k++ {
					names[int(at)+k] = fmt.Sprintf("%s.%d.%d", what, i, t)
					if k > 0 {
						names[int(at)+k] += fmt.Sprintf(".%d", k)
					}
				}
			}
		}
	}
	label(b.lp.RowName, "balance", b.balance, nil)
	label(b.lp.RowName, "load", b.load, nil)
	fill(b.lp.RowName, "row")
	label(b.lp.ColName, "start", b.start, b.pieces)
	label(b.lp.ColName, "stock", b.stock, b.layers)
	label(b.lp.ColName, "overtime", b.overtime, nil)
	label(b.lp.ColName, "deliver", b.deliver, nil)
	fill(b.lp.ColName, "column")
}
