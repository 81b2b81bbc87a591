package control

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Card is what a dispatcher decides by when something has broken down: the
// ways out, each replanned, the cheapest first.
type Card struct {
	Breakdown Breakdown
	// Hit counts the operations that cannot stay where they are.
	Hit     int
	Options []Option
}

// An Option is one way out of a disruption.
type Option struct {
	Extent   Extent
	Revision *Revision
	// Late and Short count the lines that are late or short in it and were not.
	Late, Short int
	// Cost is what the plan costs more than the one before, by the objective:
	// penalties, work, overtime, outside help; and the price of its changes.
	Cost int64
}

// Disruption makes the card of a breakdown in a plan for p, as p is now: waiting
// ([RightShift]), and all further extents, each planned for itself. Of o, the
// Extent does not count.
//
// Options are ranked by cost, and those that cost alike by how little they
// disturb. The errors are those of [Replan], and that there is no such resource.
func Disruption(ctx context.Context, p *schedule.Problem, plan *schedule.Plan, b Breakdown, o Options) (*Card, error) {
	broken, err := Scenario{Name: "breakdown", Events: []Event{b}}.Apply(p)
	if err != nil {
		return nil, err
	}
	before, err := schedule.Evaluate(p, plan)
	if err != nil {
		return nil, err
	}
	price := p.Objective.Change
	if o.Change != 0 {
		price = o.Change
	}
	card := &Card{Breakdown: b, Hit: hit(p, plan, b)}
	for e := RightShift; e <= Full; e++ {
		o.Extent = e
		r, err := revise(ctx, broken, plan, taken(plan, new(wip.State)), o)
		if err != nil {
			return nil, err
		}
		option := Option{Extent: e, Revision: r, Cost: r.Plan.Metrics.Cost - before.Cost + price*int64(len(r.Changes))}
		option.count(plan)
		card.Options = append(card.Options, option)
	}
	slices.SortStableFunc(card.Options, func(a, b Option) int { return cmp.Compare(a.Cost, b.Cost) })
	return card, nil
}

// hit counts what a plan has on a resource while it is out of service.
func hit(p *schedule.Problem, plan *schedule.Plan, b Breakdown) int {
	n := 0
	for id, operations := range schedule.ByResource(p, plan) {
		for _, o := range operations {
			if id == b.Resource && !o.Done && o.Start.Before(b.Until) && o.End.After(b.From) {
				n++
			}
		}
	}
	return n
}

// count finds the lines that have become late or short.
func (c *Option) count(before *schedule.Plan) {
	was := map[schedule.LineID]*schedule.Promise{}
	for i := range before.Promises {
		was[before.Promises[i].Line] = &before.Promises[i]
	}
	for i := range c.Revision.Plan.Promises {
		q := &c.Revision.Plan.Promises[i]
		old := was[q.Line]
		switch {
		case q.Short > 0 && (old == nil || old.Short == 0):
			c.Short++
		case q.Short == 0 && q.Late() && (old == nil || !old.Late()):
			c.Late++
		}
	}
}

// String draws the card: a line for each option, the best first, with what it
// does to contracts below it.
func (c *Card) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s is down from %s to %s; %d operations are hit\n",
		c.Breakdown.Resource, stamp(c.Breakdown.From), stamp(c.Breakdown.Until), c.Hit)
	for i, o := range c.Options {
		fmt.Fprintf(&b, "%d. %s: costs %d more, %d changes, %d more lines late, %d more short\n",
			i+1, o.Extent, o.Cost, len(o.Revision.Changes), o.Late, o.Short)
		for _, e := range o.Revision.Effects {
			fmt.Fprintf(&b, "   %s\n", e)
		}
	}
	return b.String()
}
