package main

import (
	"math"
	"slices"
	"strconv"
	"strings"

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

// mapBasis carries a basis of p over to q by name. What is new takes the status
// of the same thing a period earlier, if its name ends in a number and there is
// one; else a row is basic and a column at its lower bound.
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
		k, ok := at[name]
		if !ok {
			k, ok = at[periodBefore(name)]
		}
		if ok {
			out[i] = status[k]
		} else {
			out[i] = missing
		}
	}
	return out
}

// periodBefore counts the number at the end of a name down by one.
func periodBefore(name string) string {
	digits := len(name) - len(strings.TrimRight(name, "0123456789"))
	stem := name[:len(name)-digits]
	number, err := strconv.Atoi(name[len(stem):])
	if err != nil {
		return ""
	}
	return stem + strconv.Itoa(number-1)
}

// finite replaces what JSON has no number for.
func finite(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}
