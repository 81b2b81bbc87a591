package lp

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// changeRandomly makes one random change to the problem in s and the same
// change to p, of a kind that needs nothing else to be known.
func changeRandomly(r *rand.Rand, s *Solver, p *Problem) {
	m, n := p.Rows(), p.Cols()
	switch r.IntN(7) {
	case 0:
		if n > 0 {
			j := r.IntN(n)
			p.Cost[j] = float64(r.IntN(9) - 3)
			s.SetCost(j, p.Cost[j])
		}
	case 1:
		if n > 0 {
			j := r.IntN(n)
			p.ColLower[j], p.ColUpper[j] = randomBounds(r)
			s.SetColBounds(j, p.ColLower[j], p.ColUpper[j])
		}
	case 2:
		if m > 0 {
			i := r.IntN(m)
			p.RowLower[i], p.RowUpper[i] = randomBounds(r)
			s.SetRowBounds(i, p.RowLower[i], p.RowUpper[i])
		}
	case 3:
		lower, upper := randomBounds(r)
		rows, values := randomEntries(r, m)
		cost := float64(r.IntN(9) - 3)
		p.AddCol(cost, lower, upper, rows, values)
		s.AddCol(cost, lower, upper, rows, values)
	case 4:
		addRow(r, s, p)
	case 5:
		drop := randomDrop(r, n)
		s.RemoveCols(drop)
		*p = *withoutCols(p, drop)
	case 6:
		drop := randomDrop(r, m)
		s.RemoveRows(drop)
		*p = *withoutRows(p, drop)
	}
}

func randomEntries(r *rand.Rand, size int) (index []int32, values []float64) {
	for i := range size {
		if v := r.IntN(7) - 3; v != 0 && r.IntN(2) == 0 {
			index = append(index, int32(i))
			values = append(values, float64(v))
		}
	}
	return index, values
}

func randomDrop(r *rand.Rand, size int) []bool {
	drop := make([]bool, size)
	if size > 2 {
		drop[r.IntN(size)] = true
	}
	return drop
}

// addRow adds the same row to both, to p by building it again.
func addRow(r *rand.Rand, s *Solver, p *Problem) {
	lower, upper := randomBounds(r)
	cols, values := randomEntries(r, p.Cols())
	s.AddRow(lower, upper, cols, values)
	q := &Problem{Offset: p.Offset}
	for i := range p.RowLower {
		q.AddRow(p.RowLower[i], p.RowUpper[i])
	}
	row := q.AddRow(lower, upper)
	for j := range p.Cost {
		index := append([]int32(nil), p.Index[p.Start[j]:p.Start[j+1]]...)
		value := append([]float64(nil), p.Value[p.Start[j]:p.Start[j+1]]...)
		for k, c := range cols {
			if int(c) == j {
				index, value = append(index, int32(row)), append(value, values[k])
			}
		}
		q.AddCol(p.Cost[j], p.ColLower[j], p.ColUpper[j], index, value)
	}
	*p = *q
}

func withoutCols(p *Problem, drop []bool) *Problem {
	q := &Problem{Offset: p.Offset}
	for i := range p.RowLower {
		q.AddRow(p.RowLower[i], p.RowUpper[i])
	}
	for j := range p.Cost {
		if !drop[j] {
			b, e := p.Start[j], p.Start[j+1]
			q.AddCol(p.Cost[j], p.ColLower[j], p.ColUpper[j], p.Index[b:e], p.Value[b:e])
		}
	}
	return q
}

func withoutRows(p *Problem, drop []bool) *Problem {
	q := &Problem{Offset: p.Offset}
	at := make([]int32, len(drop))
	for i := range p.RowLower {
		if !drop[i] {
			at[i] = int32(q.AddRow(p.RowLower[i], p.RowUpper[i]))
		}
	}
	for j := range p.Cost {
		var rows []int32
		var values []float64
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			if !drop[p.Index[k]] {
				rows = append(rows, at[p.Index[k]])
				values = append(values, p.Value[k])
			}
		}
		q.AddCol(p.Cost[j], p.ColLower[j], p.ColUpper[j], rows, values)
	}
	return q
}

// TestWarmAgainstEnumeration changes small programs again and again in one
// Solver and compares each answer with enumeration.
func TestWarmAgainstEnumeration(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for k := range 300 {
		p := randomProblem(r, 4)
		s, err := NewSolver(p)
		require.NoError(t, err)
		for step := range 12 {
			sol, err := s.Solve(context.Background(), Options{Method: Method(r.IntN(3))})
			require.NoError(t, err)
			status, objective := enumerated(p)
			require.Equal(t, status, sol.Status, "program %d, step %d\n%s", k, step, describe(p))
			requireProven(t, p, sol)
			if status == Optimal {
				require.InDelta(t, objective, sol.Objective, 1e-7, "program %d, step %d", k, step)
			}
			for range 1 + r.IntN(3) {
				if p.Rows() < 5 && p.Cols() < 5 {
					changeRandomly(r, s, p)
				}
			}
		}
	}
}

// TestAnyStartBasis begins at random statuses, most of them no basis.
func TestAnyStartBasis(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for k := range 1500 {
		p := randomProblem(r, 4)
		o := Options{Method: Method(r.IntN(3)), Start: &Basis{}}
		for range p.Cols() {
			o.Start.Col = append(o.Start.Col, BasisStatus(r.IntN(4)))
		}
		for range p.Rows() {
			o.Start.Row = append(o.Start.Row, BasisStatus(r.IntN(4)))
			o.StartDual = append(o.StartDual, float64(r.IntN(5)-2))
		}
		if r.IntN(2) == 0 {
			o.StartDual = nil
		}
		sol, err := Solve(context.Background(), p, o)
		require.NoError(t, err)
		status, objective := enumerated(p)
		require.Equal(t, status, sol.Status, "program %d\n%s\n%v", k, describe(p), o)
		requireProven(t, p, sol)
		if status == Optimal {
			require.InDelta(t, objective, sol.Objective, 1e-7)
		}
	}
}
