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
	gates      []float64 // before due dates; none means no gate
	norms      []float64 // of workload control
	check      float64
	drum       schedule.ResourceID
	buffers    []float64
	planEvery  float64
	direction  heuristic.Direction
	safeties   []float64 // safety times of planners
	aheads     []float64 // releases ahead of the plan
	reach      float64   // the same for machines without work
	cuts       float64   // periods of the linear program
}

// jobStrategies are those of the make-to-order shops.
func jobStrategies(world func(uint64) *jobWorld, t jobTuning) []strategy {
	if len(t.gates) == 0 {
		t.gates = []float64{0}
	}
	list := []strategy{
		{"immediate release", []setting{byRelease(world, "", 0, simulate.Immediate{})}},
		{"MRP, fixed lead time", nil}, {"due-date release", nil}, {"CONWIP", nil}, {"LUMS COR", nil}, {"drum-buffer-rope", nil},
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
	return append(list, strategy{"infinite capacity (bound)", []setting{{"", func(_ context.Context, seed uint64) (outcome, error) {
		o := world(seed).bound()
		o.promise, o.planning = -1, math.NaN()
		return o, nil
	}}}})
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
		out.planning = math.NaN()
		return out, nil
	}}
}
