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
	p       *Problem
	s       *simplex // nil if the structure has changed since the last solve
	carried carried  // of the last solve, where s is nil
	added   []entry  // of rows, not yet in the columns
}

// carried is the state that is carried over a change of the structure: per
// column and row that was there at the last solve.
type carried struct {
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
	if err := s.check(); err != nil {
		return nil, err
	}
	if contradictory(s.p) {
		return contradiction(s.p), nil
	}
	if o.Method == IPM || o.Start == nil && s.s == nil && s.carried.cols == nil && s.carried.rows == nil {
		return s.cold(ctx, o), nil
	}
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
	return s.s.solve(ctx, s.p, o), nil
}

// resume begins at the carried state. New rows are basic, new columns not.
func (s *Solver) resume() {
	if s.carried.cols == nil && s.carried.rows == nil {
		return
	}
	b := &Basis{Col: make([]BasisStatus, s.p.Cols()), Row: make([]BasisStatus, s.p.Rows())}
	for i := range b.Row {
		b.Row[i] = Basic
	}
	for j, at := range s.carried.cols {
		b.Col[j] = at.status
		s.s.byVar[j] = at.weight
	}
	for i, at := range s.carried.rows {
		b.Row[i] = at.status
		s.s.byVar[s.s.n+i] = at.weight
	}
	s.s.loadBasis(b)
	s.s.takeWeights(len(s.carried.rows))
	s.carried = carried{}
}

// check is Check for what changes can have made wrong.
func (s *Solver) check() error {
	for _, e := range s.added {
		if e.col < 0 || int(e.col) >= s.p.Cols() {
			return &ProblemError{Flaws: []Flaw{{"column-range", "an added row has an entry in a column that does not exist"}}}
		}
	}
	s.flush()
	return Check(s.p)
}
