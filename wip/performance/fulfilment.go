package performance

import "github.com/taktplan/takt/wip"

// A Position is a line of a plan by nomenclature: what was to be made of an
// item, and what was.
type Position struct {
	Plan, Fact wip.Qty
	Value      int64 // of a base unit, in any unit of money
}

// A Fulfilment says how far a plan was kept to. The three assortment figures
// are three definitions of one coefficient; none lets surplus of one position
// make up for another.
type Fulfilment struct {
	// Average is Σ min(plan, fact)·value / Σ plan·value, the average
	// percentage.
	Average float64
	// Least is the smallest fact/plan, at most 1: the least percentage.
	Least float64
	// ByPositions is the share of the planned positions that were reached.
	ByPositions float64
	// Volume is Σ fact·value / Σ plan·value: no measure of assortment.
	Volume float64
}

// MeasureFulfilment returns the fulfilment of the positions of a plan. What was
// made without a plan counts in the volume alone. Without a plan, or one of no
// value, the figures concerned are 1.
func MeasureFulfilment(positions []Position) (Fulfilment, error) {
	var c check
	var counted, planned, made weighted
	f := Fulfilment{Least: 1}
	lines, reached := 0, 0
	for i, p := range positions {
		c.notNegative(at("positions", i, "Plan"), int64(p.Plan))
		c.notNegative(at("positions", i, "Fact"), int64(p.Fact))
		c.notNegative(at("positions", i, "Value"), p.Value)
		counted.add(min(p.Plan, p.Fact), p.Value)
		planned.add(p.Plan, p.Value)
		made.add(p.Fact, p.Value)
		if p.Plan == 0 {
			continue
		}
		lines++
		if p.Fact >= p.Plan {
			reached++
		}
		f.Least = min(f.Least, float64(p.Fact)/float64(p.Plan))
	}
	if len(c) > 0 {
		return Fulfilment{}, c.err()
	}
	f.Average = counted.over(&planned, 1)
	f.Volume = made.over(&planned, 1)
	f.ByPositions = ratio(float64(reached), float64(lines), 1)
	return f, nil
}
