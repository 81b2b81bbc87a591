package lp_test

import (
	"context"
	"fmt"

	"github.com/taktplan/takt/internal/lp"
)

// Two products share 40 hours of a machine.
func ExampleSolve() {
	var p lp.Problem
	hours := int32(p.AddRow(-lp.Inf, 40))
	p.AddCol(-3, 0, 15, []int32{hours}, []float64{2}) // profit 3, 2 hours, at most 15
	p.AddCol(-2, 0, 30, []int32{hours}, []float64{1})
	sol, err := lp.Solve(context.Background(), &p, lp.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(sol.Status == lp.Optimal, sol.Objective, sol.X, sol.RowDual)
	// Output: true -75 [5 30] [-1.5]
}

// A Solver goes on from the last solution when something has changed.
func ExampleSolver() {
	var p lp.Problem
	hours := int32(p.AddRow(-lp.Inf, 40))
	p.AddCol(-3, 0, 15, []int32{hours}, []float64{2})
	p.AddCol(-2, 0, 30, []int32{hours}, []float64{1})
	s, err := lp.NewSolver(&p)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, available := range []float64{40, 36, 44} {
		s.SetRowBounds(int(hours), -lp.Inf, available)
		sol, err := s.Solve(context.Background(), lp.Options{})
		if err != nil {
			fmt.Println(err)
			return
		}
		ranges, err := s.RangeRows(int(hours))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(available, sol.Objective, sol.X, "priced alike from", ranges[0].Down.Value, "to", ranges[0].Up.Value)
	}
	// Output:
	// 40 -75 [5 30] priced alike from 30 to 60
	// 36 -69 [3 30] priced alike from 30 to 60
	// 44 -81 [7 30] priced alike from 30 to 60
}
