package main

import (
	"math"
	"slices"

	"github.com/taktplan/takt/internal/lp"
)

// sameMatrix says whether two programs have the same rows, columns and
// matrix, so that they differ in costs and bounds only.
func sameMatrix(p, q *lp.Problem) bool {
	return slices.Equal(p.RowName, q.RowName) && slices.Equal(p.ColName, q.ColName) &&
		slices.Equal(p.Start, q.Start) && slices.Equal(p.Index, q.Index) &&
		slices.Equal(p.Value, q.Value) && p.Offset == q.Offset
}

// change makes q of the program p in s.
func change(s *lp.Solver, p, q *lp.Problem) {
	for j := range q.Cost {
		if p.Cost[j] != q.Cost[j] {
			s.SetCost(j, q.Cost[j])
		}
		if p.ColLower[j] != q.ColLower[j] || p.ColUpper[j] != q.ColUpper[j] {
			s.SetColBounds(j, q.ColLower[j], q.ColUpper[j])
		}
	}
	for i := range q.RowLower {
		if p.RowLower[i] != q.RowLower[i] || p.RowUpper[i] != q.RowUpper[i] {
			s.SetRowBounds(i, q.RowLower[i], q.RowUpper[i])
		}
	}
}

// mapBasis carries a basis of p over to q by name. A new row is basic, a new
// column at its lower bound.
func mapBasis(b *lp.Basis, p, q *lp.Problem) *lp.Basis {
	return &lp.Basis{
		Row: mapStatus(b.Row, p.RowName, q.RowName, lp.Basic),
		Col: mapStatus(b.Col, p.ColName, q.ColName, lp.AtLower),
	}
}

func mapStatus(status []lp.BasisStatus, from, to []string, missing lp.BasisStatus) []lp.BasisStatus {
	at := make(map[string]int, len(from))
	for i, name := range from {
		at[name] = i
	}
	out := make([]lp.BasisStatus, len(to))
	for i, name := range to {
		out[i] = missing
		if k, ok := at[name]; ok {
			out[i] = status[k]
		}
	}
	return out
}

// finite replaces what JSON has no number for.
func finite(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}
