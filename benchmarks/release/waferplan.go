package main

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/release"
)

// A waferPlanning says how a line is planned.
type waferPlanning struct {
	groups        int
	factor        float64 // of times elsewhere, for waiting
	safety, every time.Duration
	// anew means that lots in the line are planned like those that wait, by due
	// date, each with the rest of its routing. Otherwise they are orders at work,
	// which go on as early as they can before any other is planned.
	anew bool
	department
}

func (how waferPlanning) setting(l *waferLine) setting {
	view := newWaferView(l, how.groups, how.factor)
	return setting{fmt.Sprintf("factor %g, safety %g d", how.factor, how.safety.Hours()/24), func(ctx context.Context, seed uint64) (outcome, error) {
		return newWaferControl(newWaferWorld(l, seed), view, how).run(ctx)
	}}
}

// byProgram releases as the linear program says, evenly within each period. No
// lots are placed: the line does that.
func byProgram(leads []release.LeadTime) department {
	lead := map[schedule.RoutingID]time.Duration{}
	for _, l := range leads {
		lead[l.Routing] = l.Time
	}
	return func() planner {
		var basis *release.Basis
		return func(ctx context.Context, p *schedule.Problem, _ *schedule.Plan) (*schedule.Plan, error) {
			r, err := release.Solve(ctx, p, release.Options{
				Cuts: (&program{period: day}).cuts(p), Utilization: 1, LeadTimes: leads, Previous: &release.Result{Basis: basis},
			})
			if err != nil {
				return nil, err
			}
			basis = r.Basis
			return lotsOf(r, lead), nil
		}
	}
}

// lotsOf starts a lot whenever half of it has been released.
func lotsOf(r *release.Result, lead map[schedule.RoutingID]time.Duration) *schedule.Plan {
	plan := &schedule.Plan{}
	sum := map[schedule.RoutingID]float64{}
	for _, x := range r.Releases {
		from, length := r.Cuts[x.Period], r.Cuts[x.Period+1].Sub(r.Cuts[x.Period])
		had := sum[x.Routing]
		for n := math.Floor(had+0.5) + 0.5; n <= had+x.Qty; n++ {
			at := from.Add(time.Duration((n - had) / x.Qty * float64(length)))
			plan.Orders = append(plan.Orders, schedule.PlannedOrder{
				ID: schedule.OrderID(fmt.Sprintf("%s %g", x.Routing, n)), Item: x.Item, Routing: x.Routing, Qty: whole,
				Release: at, Start: at, End: at.Add(lead[x.Routing]),
			})
		}
		sum[x.Routing] += x.Qty
	}
	return plan
}

// waferPlanners plan every third day. Lots are placed with a safety time, since
// placing reckons with little waiting; lead times have theirs in the factor.
func waferPlanners(l *waferLine) []strategy {
	list := []strategy{{name: "Takt heuristic", kind: byTakt}, {name: "Takt LP, fixed lead times", kind: byTaktLP}}
	add := func(i int, how waferPlanning) {
		how.groups, how.every = 6, 3*day
		list[i].settings = append(list[i].settings, how.setting(l))
	}
	for _, factor := range []float64{1.7, 1.8} {
		add(0, waferPlanning{factor: factor, safety: 2 * day, anew: true, department: byHeuristic(heuristic.Options{})})
		add(1, waferPlanning{factor: factor, department: byProgram(l.leadTimes(factor))})
	}
	return list
}

// leadTimes are the raw times of routings times a factor.
func (l *waferLine) leadTimes(factor float64) []release.LeadTime {
	var list []release.LeadTime
	for i := range l.routings {
		list = append(list, release.LeadTime{Routing: l.routings[i].ID, Time: time.Duration(factor * float64(l.raw[i])).Truncate(time.Minute)})
	}
	return list
}
