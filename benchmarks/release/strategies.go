package main

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/simulate"
)

// A jobTuning holds the values of the parameters that are tried, in hours.
type jobTuning struct {
	leads      []float64 // fixed lead times
	allowances []float64 // for each step
	limits     []int     // of CONWIP
	gates      []float64 // before due dates; 0 means no gate
	norms      []float64 // of workload control
	check      float64
	drum       schedule.ResourceID
	buffers    []float64

	planEvery float64
	direction heuristic.Direction
	rolls     []roll
	reach     float64 // ahead of the plan, for machines without work
	period    float64 // of the linear program
	queues    []congestion
	sequencer bool
}

// A roll is a setting of planners.
type roll struct {
	safety float64 // time, in hours
	ahead  float64 // hours by which releases are ahead of the plan
	scale  float64 // of the variability that clearing functions are derived with
}

// jobStrategies are those of the make-to-order shops.
func jobStrategies(world func(uint64) *jobWorld, t jobTuning) []strategy {
	list := []strategy{
		{"immediate release", byRule, []setting{byRelease(world, "", 0, simulate.Immediate{})}},
		{"MRP, fixed lead time", byRule, nil}, {"due-date release", byRule, nil}, {"CONWIP", byRule, nil},
		{"LUMS COR", byRule, nil}, {"drum-buffer-rope", byRule, nil},
	}
	add := func(i int, s setting) { list[i].settings = append(list[i].settings, s) }
	for _, lead := range t.leads {
		add(1, byRelease(world, fmt.Sprintf("%g h", lead), hours(lead), simulate.Immediate{}))
	}
	for _, a := range t.allowances {
		add(2, byRelease(world, fmt.Sprintf("%g h a step", a), 0, simulate.DueDate{Allowance: hours(a)}))
	}
	for _, gate := range t.gates {
		for _, n := range t.limits {
			add(3, byRelease(world, label("%d", n, gate), 0, simulate.Conwip{Limit: n, Gate: hours(gate)}))
		}
		for _, norm := range t.norms {
			add(4, byRelease(world, label("%g h", norm, gate), 0, simulate.WorkloadControl{
				Norm: hours(norm), Check: hours(t.check), Allowance: hours(t.check), Gate: hours(gate),
			}))
		}
		for _, b := range t.buffers {
			add(5, byRelease(world, label("%g h", b, gate), 0, simulate.DrumBufferRope{Drum: t.drum, Buffer: hours(b), Gate: hours(gate)}))
		}
	}
	list = append(list, rollingStrategies(world, t)...)
	return append(list, strategy{"perfect information (bound)", reference, []setting{{"", func(ctx context.Context, seed uint64) (outcome, error) {
		return world(seed).perfect(ctx)
	}}}})
}

// rollingStrategies plan anew every so often from the state of the shop.
func rollingStrategies(world func(uint64) *jobWorld, t jobTuning) []strategy {
	how := heuristic.Options{Direction: t.direction}
	list := []strategy{
		{name: "Takt heuristic", kind: byTakt}, {name: "Takt LP, fixed lead times", kind: byTaktLP},
		{name: "Takt LP, clearing functions", kind: byTaktLP}, {name: "Takt LP, iterated", kind: byTaktLP}, {name: "Takt LP, steady", kind: byTaktLP},
	}
	if t.sequencer {
		list = append(list, strategy{name: "Takt heuristic and sequencer", kind: byTakt})
	}
	w := world(0)
	likeReal := func(seed uint64) simulate.Options {
		return simulate.Options{Seed: seed, Rule: simulate.EDD(), Work: w.work}
	}
	period := hours(t.period)
	for _, r := range t.rolls {
		for i, d := range []department{
			byHeuristic(how), byLP(program{period: period}), byLP(program{period: period, queues: clearing(t.queues, r.scale)}),
			byLP(program{period: period, observe: executed(likeReal, w.planCost)}),
			byLP(program{period: period, steady: true}), bySequencer(how),
		} {
			if i == len(list) {
				break
			}
			name := fmt.Sprintf("safety %g h, %g h ahead", r.safety, r.ahead)
			if i == 2 {
				name += fmt.Sprintf(", variability %g", r.scale)
			}
			policy := simulate.Planned{Ahead: hours(r.ahead), Reach: hours(t.reach)}
			list[i].settings = append(list[i].settings, rolling(world, name, hours(t.planEvery), hours(r.safety), policy, d))
		}
	}
	return list
}

func label(format string, value any, gate float64) string {
	text := fmt.Sprintf(format, value)
	if gate > 0 {
		text += fmt.Sprintf(", gate %g h", gate)
	}
	return text
}

// byRelease lets a release policy work on orders that come to its pool when
// they arrive, or a lead before their due dates.
func byRelease(world func(uint64) *jobWorld, label string, lead time.Duration, policy simulate.Release) setting {
	return setting{label, func(ctx context.Context, seed uint64) (outcome, error) {
		w := world(seed)
		plan := &schedule.Plan{}
		for i := range w.jobs {
			plan.Orders = append(plan.Orders, w.order(i, lead))
		}
		o := w.options()
		o.Release = policy
		r, err := simulate.Run(ctx, w.problem(), plan, o)
		if err != nil {
			return outcome{}, err
		}
		var promised map[schedule.OrderID]time.Time
		if lead > 0 { // the date of the plan is the due date
			promised = map[schedule.OrderID]time.Time{}
			for i := range plan.Orders {
				promised[plan.Orders[i].ID] = plan.Orders[i].Due
			}
		}
		out := w.outcome(r, promised)
		out.planning, out.changed = math.NaN(), math.NaN()
		return out, nil
	}}
}
