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

// mapStart carries basis and multipliers of a solution of p over to q by name.
// What is new takes those of the same thing a period earlier, if its name ends
// in a number and there is one; else a row is basic and a column at its lower
// bound.
func mapStart(o *lp.Options, sol *lp.Solution, p, q *lp.Problem) {
	o.Start = &lp.Basis{
		Row: mapByName(sol.Basis.Row, p.RowName, q.RowName, lp.Basic),
		Col: mapByName(sol.Basis.Col, p.ColName, q.ColName, lp.AtLower),
	}
	o.StartDual = mapByName(sol.RowDual, p.RowName, q.RowName, 0)
}

func mapByName[T any](values []T, from, to []string, missing T) []T {
	at := make(map[string]int, len(from))
	for i, name := range from {
		at[name] = i
	}
	out := make([]T, len(to))
	for i, name := range to {
		k, ok := at[name]
		if !ok {
			k, ok = at[periodBefore(name)]
		}
		if ok {
			out[i] = values[k]
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
