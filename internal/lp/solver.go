package lp

import (
	"context"
	"slices"
)

// A Solver holds a problem and, between solves, the basis, factors and pricing
// weights of the last one, so that a slightly changed problem is solved from
// there. Changes take effect at the next Solve, which also reports what is
// wrong with them; an index out of range is the caller's mistake and panics.
// A Solver is not safe for concurrent use.
type Solver struct {
	p     *Problem
	s     *simplex // nil if the structure has changed since the last solve
	added []entry  // of rows, not yet in the columns

	optimal bool // s holds an optimum of p

	// Where s is nil, what is carried over from the last solve: per column
	// and row that was there.
	cols, rows []place
}

// An entry of the matrix.
type entry struct {
	row, col int32
	value    float64
}

// NewSolver returns a solver of a copy of p. The error is that of [Check].
func NewSolver(p *Problem) (*Solver, error) {
	if err := Check(p); err != nil {
		return nil, err
	}
	return &Solver{p: clone(p)}, nil
}

// clone copies p deeply.
func clone(p *Problem) *Problem {
	q := *p
	for _, s := range []*[]float64{&q.Cost, &q.ColLower, &q.ColUpper, &q.RowLower, &q.RowUpper, &q.Value} {
		*s = slices.Clone(*s)
	}
	q.Start, q.Index = slices.Clone(q.Start), slices.Clone(q.Index)
	q.RowName, q.ColName = slices.Clone(q.RowName), slices.Clone(q.ColName)
	return &q
}

// Solve solves the problem as it is now. It begins at o.Start, or else at the
// basis of the last call. The error lists what the changes since then have
// made wrong, as [Check] does.
func (s *Solver) Solve(ctx context.Context, o Options) (*Solution, error) {
	s.optimal = false
	if err := s.check(o); err != nil {
		return nil, err
	}
	if contradictory(s.p) {
		return contradiction(s.p), nil
	}
	var sol *Solution
	if o.Method == IPM || o.Start == nil && s.isNew() {
		sol = s.cold(ctx, o)
	} else {
		sol = s.warm(ctx, o)
	}
	s.optimal = sol.Status == Optimal
	return sol, nil
}

// isNew says whether there is nothing to begin with.
func (s *Solver) isNew() bool { return s.s == nil && s.cols == nil && s.rows == nil }

// warm solves the problem as given from o.Start or what is left of the last
// solve.
func (s *Solver) warm(ctx context.Context, o Options) *Solution {
	if s.s == nil {
		s.s = newSimplex(s.p, newScaling(s.p))
		s.resume()
	} else {
		s.s.loadProgram(s.p)
	}
	if o.Start != nil {
		s.s.loadBasis(o.Start)
	}
	s.s.place()
	if o.StartDual != nil {
		s.s.keepDual(o.StartDual)
	}
	return s.s.solve(ctx, s.p, o)
}

// check is Check, and the same for what changes and options can have made
// wrong.
func (s *Solver) check(o Options) error {
	c := checker{p: s.p}
	for _, e := range s.added {
		if e.col < 0 || int(e.col) >= s.p.Cols() {
			c.add("column-range", "row %s has an entry in column %d of %d", c.row(int(e.row)), e.col, s.p.Cols())
		}
	}
	if len(c.found.Flaws) == 0 {
		s.flush()
		c.problem()
	}
	c.start(o)
	return c.err()
}
