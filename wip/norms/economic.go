package norms

import "math"

// An Economic is what the cost of a lot size depends on. Demand, rate and
// holding refer to the same span of time, such as a year.
type Economic struct {
	Demand    float64 // units in the span
	SetupCost float64 // of a lot
	Holding   float64 // cost of keeping a unit for the span
	// Rate is how many units are made in the span while a lot is in work. 0
	// means that a lot comes at once.
	Rate float64
	// SetupTime is what a lot takes of the span. Only [CommonCycle] looks at
	// it.
	SetupTime float64
}

// Lot returns the lot size of least cost, before rounding: the economic order
// quantity √(2DS/h) of Harris 1913 or, where there is a rate p, the economic
// production quantity √(2DS/(h(1 − D/p))) of Taft 1918.
func (e Economic) Lot() (float64, error) {
	var c check
	if c.economic("", e); len(c) > 0 {
		return 0, c.err()
	}
	return math.Sqrt(2 * e.Demand * e.SetupCost / (e.Holding * e.idle())), nil
}

// idle returns the share of the span in which the unit is not being made.
func (e Economic) idle() float64 {
	if e.Rate == 0 {
		return 1
	}
	return 1 - e.Demand/e.Rate
}

func (c *check) economic(path string, e Economic) {
	c.amount(path+"Demand", e.Demand)
	c.amount(path+"SetupCost", e.SetupCost)
	c.amount(path+"Holding", e.Holding)
	if e.Rate != 0 && !(e.Rate > e.Demand) {
		c.add(OutOfRange, path+"Rate", "%v is neither 0 nor greater than the demand of %v", e.Rate, e.Demand)
	}
	if !(e.SetupTime >= 0) {
		c.add(OutOfRange, path+"SetupTime", "%v is negative or not a number", e.SetupTime)
	}
}

// A Rotation is a common cycle: every product is made once in it.
type Rotation struct {
	// Optimal is the cycle of least cost and Least the shortest in which all
	// setups find room, both as a part of the span. Time is the larger: the
	// one to use.
	Optimal, Least, Time float64
	// Lots are the demands of a cycle, in the order of the products.
	Lots []float64
}

// CommonCycle returns the repetition period of a sequence of lots on one
// machine, by the common-cycle solution of the economic lot scheduling problem
// (Hanssmann 1962): T = √(2 ΣS / Σ h d (1 − d/p)), at least Σs / (1 − Σ d/p).
// Every product needs a rate, and together they must leave the machine some
// time.
func CommonCycle(products []Economic) (Rotation, error) {
	var c check
	c.notEmpty("products", len(products))
	setups, holding, busy, setupTime := 0.0, 0.0, 0.0, 0.0
	for i, p := range products {
		c.economic(at("products", i, "."), p)
		if p.Rate == 0 {
			c.add(OutOfRange, at("products", i, ".Rate"), "is 0")
			continue
		}
		setups += p.SetupCost
		holding += float64(p.Holding * p.Demand * p.idle())
		busy += p.Demand / p.Rate
		setupTime += p.SetupTime
	}
	if len(c) == 0 && busy >= 1 {
		c.add(OutOfRange, "products", "need %.3g of the machine's time, which is not less than 1", busy)
	}
	if len(c) > 0 {
		return Rotation{}, c.err()
	}
	r := Rotation{Optimal: math.Sqrt(2 * setups / holding), Least: setupTime / (1 - busy)}
	r.Time = max(r.Optimal, r.Least)
	for _, p := range products {
		r.Lots = append(r.Lots, p.Demand*r.Time)
	}
	return r, nil
}
