package lp

import "context"

// A Status says what a solver found out.
type Status int

const (
	_              Status = iota
	Optimal               // residuals on the given problem are within tolerance
	Infeasible            // Solution.Ray is a Farkas certificate over the rows
	Unbounded             // Solution.Ray is a direction over the columns
	IterationLimit        // Options.MaxIterations were made
	Cancelled             // the context was done
	Numerical             // no answer within tolerance was found
)

// A Method names an algorithm.
type Method int

const (
	Auto   Method = iota // by size and structure
	Dual                 // dual simplex
	Primal               // primal simplex
	IPM                  // interior point with crossover
)

// A BasisStatus says where a column or row stands in a basis.
type BasisStatus int8

const (
	AtLower BasisStatus = iota
	AtUpper
	Basic
	Free // nonbasic at zero
)

// A Basis holds a status per column and per row (that is, per row's logical
// variable). As many as there are rows are Basic; a solver repairs one that
// has too many, too few or dependent ones.
type Basis struct {
	Col, Row []BasisStatus
}

// Options says how to solve. The zero value is ready to use.
type Options struct {
	Method Method
	// MaxIterations ends the run after that many. 0 means no limit.
	MaxIterations int64
	// Start is the basis to begin with, or nil. It is not modified.
	Start *Basis
	// StartDual, if not nil, holds multipliers per row that go with Start: the
	// RowDual of the solution it came from, carried over in the same way. They
	// need not be exact, and shorten the way from a basis that fits badly.
	StartDual []float64
	// NoPresolve solves the problem as it stands.
	NoPresolve bool
	// Progress, if not nil, is called before the first iteration and every few
	// hundred, from the solving goroutine, which waits for it.
	Progress func(Progress)
}

// Progress is a look at a running solver.
type Progress struct {
	Method     Method
	Iterations int64
	Objective  float64
	PrimalInf  float64 // sum of primal infeasibilities, or relative residual of the interior point
	DualInf    float64 // the same for the dual
}

// A Solution is what a solver returns. Signs: with y = RowDual and d = ColDual,
// d = c - Aᵀy; at an optimum y_i ≥ 0 where row i is at its lower bound and
// y_i ≤ 0 at its upper, and the same for d_j and the bounds of column j.
type Solution struct {
	Status    Status
	Objective float64
	X         []float64 // per column
	RowValue  []float64 // Ax, per row
	RowDual   []float64 // per row
	ColDual   []float64 // reduced cost per column
	Basis     *Basis
	// Ray is the certificate of Infeasible (one multiplier a row) or
	// Unbounded (one entry a column). It is nil otherwise, and where a
	// lower bound of the problem is above the upper.
	Ray []float64

	Method     Method // that gave the answer
	Iterations int64
	// Residuals on the problem as given, absolute maxima: bound and row
	// violation, dual violation, and products of slack and multiplier
	// relative to 1 + |objective|.
	PrimalResidual, DualResidual, Complementarity float64
}

// Solve solves p once. The error is that of [Check]: what is not malformed has
// an answer, even if its status says that there is no solution. It runs until
// ctx is done, which it sees within milliseconds.
func Solve(ctx context.Context, p *Problem, o Options) (*Solution, error) {
	return (&Solver{p: clone(p)}).Solve(ctx, o)
}
