package lp

import (
	"context"
	"slices"
)

// A Side is one bound of a column or row.
type Side struct {
	Ref
	Upper bool
}

// IIS returns an irreducible infeasible subsystem of p: bounds that cannot be
// kept together, though any all but one of them can. It returns none if p is
// feasible, or if ctx was done before it was found. The error is that of
// [Check].
//
// The filter (Chinneck & Dravnieks 1991) begins with the bounds that a Farkas
// certificate uses (Gleeson & Ryan 1990) and leaves out one after the other,
// rows first. If the rest is feasible, the bound belongs to the subsystem; if
// not, the new certificate shortens the list again. Each step is a warm
// restart, and there are at most as many as bounds in the first certificate.
func IIS(ctx context.Context, p *Problem) ([]Side, error) {
	s, err := NewSolver(p)
	if err != nil {
		return nil, err
	}
	clear(s.p.Cost)
	sides := crossing(p)
	if sides == nil {
		sol, err := s.Solve(ctx, Options{NoPresolve: true})
		if err != nil || sol.Status != Infeasible {
			return nil, err
		}
		sides = support(s.p, sol.Ray)
	}
	for k := 0; k < len(sides); {
		trial := slices.Delete(slices.Clone(sides), k, k+1)
		s.impose(p, trial)
		sol, err := s.Solve(ctx, Options{})
		switch {
		case err != nil || sol.Status == Cancelled || sol.Status == Numerical:
			return nil, err
		case sol.Status == Infeasible:
			used := support(s.p, sol.Ray)
			sides = slices.DeleteFunc(trial, func(x Side) bool { return !slices.Contains(used, x) })
		default:
			k++
		}
	}
	return sides, nil
}

// crossing returns the two sides of a row or column that contradict each
// other, if there is one.
func crossing(p *Problem) []Side {
	at := Ref{Row: true, Index: crossed(p.RowLower, p.RowUpper)}
	if at.Index < 0 {
		at = Ref{Index: crossed(p.ColLower, p.ColUpper)}
	}
	if at.Index < 0 {
		return nil
	}
	return []Side{{at, false}, {at, true}}
}

// support lists the sides that the multipliers y of an infeasible p use, rows
// first.
func support(p *Problem, y []float64) []Side {
	var sides []Side
	for i, m := range y {
		if m != 0 {
			sides = append(sides, Side{Ref{true, i}, m < 0})
		}
	}
	for j := range p.Cost {
		if c := combined(p, j, y); c != 0 {
			sides = append(sides, Side{Ref{false, j}, c > 0})
		}
	}
	return sides
}

// impose keeps of the bounds of p the given ones only.
func (s *Solver) impose(p *Problem, sides []Side) {
	for i := range p.RowLower {
		s.SetRowBounds(i, -Inf, Inf)
	}
	for j := range p.ColLower {
		s.SetColBounds(j, -Inf, Inf)
	}
	for _, side := range sides {
		s.p.sides(side)[side.Index] = p.sides(side)[side.Index]
	}
}

// sides returns the slice of bounds that x is one of.
func (p *Problem) sides(x Side) []float64 {
	switch {
	case x.Row && x.Upper:
		return p.RowUpper
	case x.Row:
		return p.RowLower
	case x.Upper:
		return p.ColUpper
	}
	return p.ColLower
}
