package lp

import (
	"context"
	"slices"
)

// A Solver holds a problem and, between solves, the basis, factors and pricing
// weights of the last one, so that a slightly changed problem is solved from
// there. It is not safe for concurrent use.
type Solver struct {
	p     *Problem
	s     *simplex // nil if the structure has changed since the last solve
	basis *Basis   // of the last solve, nil before
	added []entry  // of rows not yet in p's columns
}

type entry struct {
	row, col int32
	value    float64
}

// NewSolver returns a solver of a copy of p. The error is that of [Check].
func NewSolver(p *Problem) (*Solver, error) {
	if err := Check(p); err != nil {
		return nil, err
	}
	q := *p
	for _, s := range []*[]float64{&q.Cost, &q.ColLower, &q.ColUpper, &q.RowLower, &q.RowUpper, &q.Value} {
		*s = slices.Clone(*s)
	}
	q.Start, q.Index = slices.Clone(q.Start), slices.Clone(q.Index)
	q.RowName, q.ColName = slices.Clone(q.RowName), slices.Clone(q.ColName)
	return &Solver{p: &q}, nil
}

// Solve solves the problem as it is now. It begins at o.Start, or else at the
// basis of the last call. The error lists what the changes since then have
// made wrong, as [Check] does.
func (s *Solver) Solve(ctx context.Context, o Options) (*Solution, error) {
	s.flush()
	if err := Check(s.p); err != nil {
		return nil, err
	}
	if contradictory(s.p) {
		return contradiction(s.p), nil
	}
	if s.s == nil {
		s.s = newSimplex(s.p, nil)
		if s.basis != nil {
			s.s.loadBasis(s.basis)
		}
	} else {
		s.s.loadProgram(s.p)
	}
	if o.Start != nil {
		s.s.loadBasis(o.Start)
	}
	s.s.place()
	sol := s.s.solve(ctx, s.p, o)
	s.basis = sol.Basis
	return sol, nil
}

// flush puts the entries of added rows into the columns.
func (s *Solver) flush() {
}
