package lotsize

import (
	"fmt"
	"math"
	"strings"
)

// A Problem is a number of periods, and what to make in them on what. Solve
// neither changes nor keeps it.
type Problem struct {
	Periods int
	// Lengths, one a period, multiply the prices of stock and of what is owed
	// at its end. nil means that all periods are of length 1.
	Lengths   []float64
	Items     []Item
	Resources []Resource
	// CarryOver allows each resource to begin a period in the state that one
	// of its items was set up for in the period before, without a set-up.
	CarryOver bool
}

// An Item is something that is made in lots. No amount is negative.
type Item struct {
	Resource  int     // index of the resource that it is made on
	UnitTime  float64 // of the resource, for one unit
	SetupTime float64 // and for a set-up
	SetupCost float64
	Holding   float64 // price of a unit in stock at the end of a period of length 1
	Initial   float64 // stock before the first period
	// Demand, one a period, is what leaves the plant.
	Demand []float64
	// Backlog is the price of a unit that is owed at the end of a period of
	// length 1, but the last, in which nothing may be owed. 0 means that nothing
	// ever may.
	Backlog float64
	// Ready, one a period, is the period from which on a lot that is made in it
	// can be used: not before that period or that of an earlier lot. From
	// Periods on it is too late for anything. nil means at once.
	Ready []int
	// Uses is what a unit is made of, each item once.
	Uses []Use
}

func (p *Problem) length(t int) float64 {
	if len(p.Lengths) == 0 {
		return 1
	}
	return p.Lengths[t]
}

// ready is the period from which on a lot of period t can be used.
func (it *Item) ready(t int) int {
	if len(it.Ready) == 0 {
		return t
	}
	return it.Ready[t]
}

// A Use is an amount of a component.
type Use struct {
	Item int
	Qty  float64
}

// A Resource has time in each period.
type Resource struct {
	Capacity []float64 // one a period, not negative
	// Overtime is the price of a unit of time beyond the capacity. 0 means
	// that there is none: a plan that needs it has [Solution.Excess].
	Overtime float64
}

// A ProblemError lists what is wrong with a problem.
type ProblemError struct{ Mistakes []string }

func (e *ProblemError) Error() string { return "lotsize: " + strings.Join(e.Mistakes, "; ") }

// Validate reports whether p is well formed: dimensions that agree, indices in
// range, finite numbers that are not negative, no item made of itself. The
// error is a [*ProblemError].
func (p *Problem) Validate() error {
	var c checker
	c.require(p.Periods > 0, "Periods is %d, not positive", p.Periods)
	if len(p.Lengths) > 0 {
		c.amounts("Lengths", p.Periods, p.Lengths)
	}
	for i := range p.Items {
		c.item(p, i)
	}
	for r, res := range p.Resources {
		at := fmt.Sprintf("Resources[%d]", r)
		c.amounts(at+".Capacity", p.Periods, res.Capacity)
		c.amount(at+".Overtime", res.Overtime)
	}
	if len(c.mistakes) == 0 && len(p.topDown()) < len(p.Items) {
		c.require(false, "Items: some are made of themselves")
	}
	if len(c.mistakes) > 0 {
		return &ProblemError{c.mistakes}
	}
	return nil
}

type checker struct{ mistakes []string }

func (c *checker) require(ok bool, format string, args ...any) {
	if !ok {
		c.mistakes = append(c.mistakes, fmt.Sprintf(format, args...))
	}
}

func (c *checker) amount(at string, x float64) {
	c.require(x >= 0 && !math.IsInf(x, 1), "%s is %v", at, x)
}

func (c *checker) amounts(at string, n int, xs []float64) {
	c.require(len(xs) == n, "%s has %d periods, not %d", at, len(xs), n)
	for t, x := range xs {
		c.amount(fmt.Sprintf("%s[%d]", at, t), x)
	}
}

func (c *checker) ready(at string, n int, periods []int) {
	c.require(len(periods) == 0 || len(periods) == n, "%s has %d periods, not %d", at, len(periods), n)
	for t, u := range periods {
		c.require(u >= t && (t == 0 || u >= periods[t-1]), "%s[%d] is %d", at, t, u)
	}
}

func (c *checker) item(p *Problem, i int) {
	it := &p.Items[i]
	at := fmt.Sprintf("Items[%d]", i)
	c.require(it.Resource >= 0 && it.Resource < len(p.Resources), "%s.Resource is %d of %d", at, it.Resource, len(p.Resources))
	c.ready(at+".Ready", p.Periods, it.Ready)
	c.amounts(at+".Demand", p.Periods, it.Demand)
	for _, f := range []struct {
		name  string
		value float64
	}{
		{"UnitTime", it.UnitTime}, {"SetupTime", it.SetupTime}, {"SetupCost", it.SetupCost},
		{"Holding", it.Holding}, {"Initial", it.Initial}, {"Backlog", it.Backlog},
	} {
		c.amount(at+"."+f.name, f.value)
	}
	used := map[int]bool{}
	for k, u := range it.Uses {
		c.require(!used[u.Item], "%s.Uses[%d].Item is %d once more", at, k, u.Item)
		used[u.Item] = true
		c.require(u.Item >= 0 && u.Item < len(p.Items), "%s.Uses[%d].Item is %d of %d", at, k, u.Item, len(p.Items))
		c.amount(fmt.Sprintf("%s.Uses[%d].Qty", at, k), u.Qty)
	}
}

// topDown returns the items such that none comes before what it goes into. Of
// items made of themselves it returns none.
func (p *Problem) topDown() []int {
	parents := make([]int, len(p.Items))
	for _, it := range p.Items {
		for _, u := range it.Uses {
			parents[u.Item]++
		}
	}
	var order []int
	for i, n := range parents {
		if n == 0 {
			order = append(order, i)
		}
	}
	for k := 0; k < len(order); k++ {
		for _, u := range p.Items[order[k]].Uses {
			if parents[u.Item]--; parents[u.Item] == 0 {
				order = append(order, u.Item)
			}
		}
	}
	return order
}
