package lp

import "math"

// Inf is an absent bound. Any bound of magnitude 1e20 or more counts as one.
var Inf = math.Inf(1)

// A Problem is a linear program. The zero Problem is empty and ready to be
// built with [Problem.AddRow] and [Problem.AddCol]; solvers neither change nor
// keep it.
type Problem struct {
	Name   string
	Offset float64 // constant part of the objective

	Cost             []float64 // per column
	ColLower         []float64 // per column; -Inf if absent
	ColUpper         []float64 // per column; Inf if absent
	RowLower         []float64 // per row; -Inf if absent
	RowUpper         []float64 // per row; Inf if absent
	RowName, ColName []string  // per row and column, or nil

	// The matrix by columns: the entries of column j are Index[k], Value[k]
	// for Start[j] ≤ k < Start[j+1]. A problem without columns may have a
	// nil Start.
	Start []int
	Index []int32
	Value []float64
}

// Rows and Cols return the size of the problem.
func (p *Problem) Rows() int { return len(p.RowLower) }
func (p *Problem) Cols() int { return len(p.Cost) }

// Entries returns the number of stored matrix entries.
func (p *Problem) Entries() int { return len(p.Index) }

// AddRow appends an empty row with lower ≤ row ≤ upper and returns its index.
// It takes amortised constant time.
func (p *Problem) AddRow(lower, upper float64) int {
	p.RowLower = append(p.RowLower, lower)
	p.RowUpper = append(p.RowUpper, upper)
	return len(p.RowLower) - 1
}

// AddCol appends a column with its entries, which it copies, and returns its
// index. Rows may be added later than the columns that use them. It takes
// amortised time in proportion to the entries.
//
// It panics if rows and values differ in length.
func (p *Problem) AddCol(cost, lower, upper float64, rows []int32, values []float64) int {
	if len(rows) != len(values) {
		panic("lp: rows and values differ in length")
	}
	if len(p.Start) == 0 {
		p.Start = append(p.Start, 0)
	}
	p.Cost = append(p.Cost, cost)
	p.ColLower = append(p.ColLower, lower)
	p.ColUpper = append(p.ColUpper, upper)
	p.Index = append(p.Index, rows...)
	p.Value = append(p.Value, values...)
	p.Start = append(p.Start, len(p.Index))
	return len(p.Cost) - 1
}
