package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/taktplan/takt/internal/lp"
	"github.com/taktplan/takt/schedule"
)

// printEvenness says what even output costs a day in the contract shop at the
// least, whoever plans it, on the first held-out seeds: if the parts have to be
// made as much earlier, and if they are there anyway.
func printEvenness(ctx context.Context, w io.Writer, seeds int) error {
	fmt.Fprintf(w, "| V at most | stock at least | its holding | beyond that of its parts |\n|---|---|---|---|\n")
	for _, v := range []float64{1.3, 1.1, 0.9, 0.75, 0.635, 0.5, 0.3} {
		stock, holding, beyond := 0.0, 0.0, 0.0
		for seed := range uint64(seeds) {
			world := contractWorld(firstHeldOut + seed)
			for _, r := range world.Routings[len(world.Routings)-products:] {
				least, err := leastStock(ctx, dailyDemand(world, r.Item), v)
				if err != nil {
					return err
				}
				price := float64(itemOf(world, r.Item).Holding)
				stock, holding = stock+least, holding+least*price
				for _, part := range r.Steps[0].Needs {
					price -= float64(itemOf(world, part.Item).Holding)
				}
				beyond += least * price
			}
		}
		n := float64(seeds)
		fmt.Fprintf(w, "| %g | %.1f | %.0f | %.0f |\n", v, stock/n, holding/n, beyond/n)
	}
	return nil
}

// dailyDemand is what is due of a product on each workday of the weeks that
// count.
func dailyDemand(p *schedule.Problem, product schedule.ItemID) []float64 {
	daily := make([]float64, workdays*(contractWeeks-warmWeeks))
	for i := range p.Lines {
		l := &p.Lines[i]
		day := int(l.Due.Sub(p.From)/(24*time.Hour)) - 7*warmWeeks
		if at := day/7*workdays + day%7; l.Item == product && day >= 0 && at < len(daily) {
			daily[at] += float64(l.Qty)
		}
	}
	return daily
}

// workdays of a week, on which lines are due.
const workdays = 5

// leastStock returns the least mean stock, over all days of the week, with which
// output on workdays can meet a demand on time and vary by no more than v: with
// perfect foresight, lots of any size, no limit of capacity, nothing unforeseen,
// and as much in the end as in the beginning. Squares are bounded from below by
// tangents.
func leastStock(ctx context.Context, demand []float64, v float64) (float64, error) {
	n, total := len(demand), 0.0
	for _, d := range demand {
		total += d
	}
	mean := total / float64(n)
	var p lp.Problem
	squares := int32(p.AddRow(-lp.Inf, float64(n)*v*v*mean*mean))
	for _, d := range demand {
		p.AddRow(d, d)
	}
	for t := range demand {
		const fine = 10 // tangents for each mean
		today := int32(1 + t)
		output, square := []int32{today}, []int32{squares}
		slopes, ones := []float64{1}, []float64{1}
		for k := -fine; k <= 4*fine; k++ { // square ≥ 2a(output − mean) − a²
			a := mean * float64(k) / fine
			r := int32(p.AddRow(-a*a-2*a*mean, lp.Inf))
			output, slopes = append(output, r), append(slopes, -2*a)
			square, ones = append(square, r), append(ones, 1)
		}
		p.AddCol(0, 0, lp.Inf, output, slopes)
		p.AddCol(0, 0, lp.Inf, square, ones)
		nights := 1.0
		if t%workdays == workdays-1 {
			nights += 7 - workdays
		}
		p.AddCol(nights, 0, lp.Inf, []int32{today, int32(1 + (t+1)%n)}, []float64{-1, 1})
	}
	sol, err := lp.Solve(ctx, &p, lp.Options{})
	if err != nil {
		return 0, err
	}
	if sol.Status != lp.Optimal {
		return 0, fmt.Errorf("no least stock (status %d)", sol.Status)
	}
	return sol.Objective / float64(n) * workdays / 7, nil
}
