package norms

import (
	"slices"
	"time"

	"github.com/taktplan/takt/wip"
)

// A Stage is a shop, or a step of a product's tree, that makes one thing in
// lots.
type Stage struct {
	Cycle   time.Duration // of a lot, at least 0
	Period  time.Duration // between launches of a lot, at least 0
	Reserve time.Duration // safety time before the stages it feeds, at least 0
	// Feeds are the positions of the stages that take what it makes. The
	// final stages feed none.
	Feeds []int
}

// A Lead is by how much a stage is ahead of the output of the final one: its
// output and its launch («опережение выпуска, запуска»).
type Lead struct{ Out, In time.Duration }

// Pieces returns the leads as cumulative quantities at the rate of the final
// output, rounded up (Fortschrittszahlen), and whether they fit.
func (l Lead) Pieces(r Rate) (out, in wip.Qty, ok bool) {
	out, ok1 := r.Over(l.Out)
	in, ok2 := r.Over(l.In)
	return out, in, ok1 && ok2
}

// Leads returns the lead offsets of stages, in their order. For a final stage
// the output leads by nothing; else by the largest of what the stages that it
// feeds ask for, each
//
//	O_out = O_in of the fed stage + reserve + max(0, R − R of the fed stage)
//	O_in  = O_out + cycle
//
// where R is the launch period: a lot that covers several of the fed stage has
// to be there for the first of them. It takes O(n + m) time for n stages that
// feed m.
func Leads(stages []Stage) ([]Lead, error) {
	var c check
	for i, s := range stages {
		c.notNegative(at("stages", i, ".Cycle"), int64(s.Cycle))
		c.notNegative(at("stages", i, ".Period"), int64(s.Period))
		c.notNegative(at("stages", i, ".Reserve"), int64(s.Reserve))
		for k, f := range s.Feeds {
			c.within(at("stages", i, at(".Feeds", k, "")), int64(f), 0, int64(len(stages)-1))
		}
	}
	if len(c) > 0 {
		return nil, c.err()
	}
	order, ok := sorted(len(stages), func(i int) []int { return stages[i].Feeds })
	if !ok {
		c.add(Loop, "stages", "feed each other in a circle")
		return nil, c.err()
	}
	leads := make([]Lead, len(stages))
	for _, i := range slices.Backward(order) {
		s := &stages[i]
		l := &leads[i]
		for _, f := range s.Feeds {
			out, ok := sum(leads[f].In, s.Reserve, max(0, s.Period-stages[f].Period))
			if !ok {
				return nil, tooLarge(at("stages", i, ""))
			}
			l.Out = max(l.Out, out)
		}
		if l.In, ok = sum(l.Out, s.Cycle); !ok {
			return nil, tooLarge(at("stages", i, ""))
		}
	}
	return leads, nil
}

// sorted returns 0..n-1 so that each comes before those that follow it, and
// whether there is such an order. Ties go by position.
func sorted(n int, follow func(int) []int) (order []int, ok bool) {
	waits := make([]int, n)
	for i := range n {
		for _, f := range follow(i) {
			waits[f]++
		}
	}
	for i := range n {
		if waits[i] == 0 {
			order = append(order, i)
		}
	}
	for k := 0; k < len(order); k++ {
		for _, f := range follow(order[k]) {
			if waits[f]--; waits[f] == 0 {
				order = append(order, f)
			}
		}
	}
	return order, len(order) == n
}
