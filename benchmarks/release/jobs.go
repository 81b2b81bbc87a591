package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/wip"
)

// A job is an order that comes in and has to be made by a date.
type job struct {
	arrives, due time.Duration // from the start
	machines     []int
	times        []time.Duration // as planners know them
}

// A jobWorld is a make-to-order shop over a stretch of time. Orders count if
// they are due after the warm-up and before the tail, which lets the last of
// them end.
type jobWorld struct {
	machines    []string
	jobs        []job
	period      time.Duration // of costs and tables
	warm, until time.Duration
	end         time.Duration
	work        simulate.Variation // of the times
	seed        uint64
	// Costs of an order and period: in the shop, finished before its due date,
	// and after its due date.
	wip, stock, late float64
}

var start = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func (w *jobWorld) at(d time.Duration) time.Time { return start.Add(d) }

// A job is one piece, accounted in thousandths so that planners can be told how
// far a step has come.
const whole = 1000

var perMille = wip.Unit{Decimals: 3}

func jobID(i int) string { return fmt.Sprintf("j%d", i) }

// problem has an item and a routing for each job.
func (w *jobWorld) problem() *schedule.Problem {
	p := &schedule.Problem{From: start, To: w.at(w.end)}
	for _, m := range w.machines {
		p.Resources = append(p.Resources, capacity.Resource{ID: capacity.ResourceID(m), Units: 1})
	}
	for i := range w.jobs {
		p.Items = append(p.Items, schedule.Item{ID: schedule.ItemID(jobID(i)), Unit: perMille})
		p.Routings = append(p.Routings, w.routing(i))
	}
	return p
}

func (w *jobWorld) routing(i int) schedule.Routing {
	j := &w.jobs[i]
	r := schedule.Routing{ID: schedule.RoutingID(jobID(i)), Item: schedule.ItemID(jobID(i))}
	for k, m := range j.machines {
		r.Steps = append(r.Steps, schedule.Step{
			ID: schedule.StepID(fmt.Sprint(k)), Pausable: true,
			Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: capacity.ResourceID(w.machines[m])}}, PerUnit: j.times[k]}},
		})
	}
	return r
}

// order is a job as it comes to the pool, no earlier than lead before its due
// date if that is not 0.
func (w *jobWorld) order(i int, lead time.Duration) schedule.PlannedOrder {
	j := &w.jobs[i]
	release := j.arrives
	if lead > 0 {
		release = max(release, j.due-lead)
	}
	return schedule.PlannedOrder{
		ID: schedule.OrderID(jobID(i)), Item: schedule.ItemID(jobID(i)), Routing: schedule.RoutingID(jobID(i)), Qty: whole,
		Release: w.at(release), Start: w.at(release), End: w.at(j.due), Due: w.at(j.due),
	}
}

func (w *jobWorld) options() simulate.Options {
	return simulate.Options{Seed: w.seed, Rule: simulate.EDD(), Work: w.work}
}

// outcome measures what became of the jobs. Promised, if not nil, holds the
// planned ends.
func (w *jobWorld) outcome(r *simulate.Result, promised map[schedule.OrderID]time.Time) outcome {
	var o outcome
	var tardy, late []float64
	n, onTime, errors := 0.0, 0.0, 0.0
	seen := map[schedule.OrderID]*simulate.OrderResult{}
	for i := range r.Orders {
		seen[r.Orders[i].ID] = &r.Orders[i]
	}
	periods := func(d time.Duration) float64 { return float64(d) / float64(w.period) }
	for i := range w.jobs {
		j := &w.jobs[i]
		if j.due < w.warm || j.due >= w.until {
			continue
		}
		n++
		due, ended, released := w.at(j.due), w.at(w.end), w.at(w.end)
		if x := seen[schedule.OrderID(jobID(i))]; x != nil {
			if !x.Ended.IsZero() {
				ended = x.Ended
			}
			if !x.Released.IsZero() {
				released = x.Released
			}
			if at, ok := promised[x.ID]; ok {
				errors += math.Abs(periods(ended.Sub(at)))
			}
		}
		lateness := periods(ended.Sub(due))
		late, tardy = append(late, lateness), append(tardy, max(0, lateness))
		if lateness <= 0 {
			onTime++
		}
		o.shop += periods(ended.Sub(released))
		o.total += periods(ended.Sub(w.at(j.arrives)))
		o.stockCost += w.stock * max(0, -lateness)
		o.lateCost += w.late * max(0, lateness)
	}
	span := periods(w.until - w.warm)
	o.wip = o.shop / span
	o.wipCost, o.stockCost, o.lateCost = w.wip*o.wip, o.stockCost/span, o.lateCost/span
	o.cost = o.wipCost + o.stockCost + o.lateCost
	o.shop, o.total, o.onTime, o.tardiness = o.shop/n, o.total/n, onTime/n, mean(tardy)
	slices.Sort(tardy)
	o.tardiness95 = tardy[len(tardy)*95/100]
	o.lateness = deviation(late)
	o.promise = -1
	if promised != nil {
		o.promise = errors / n
	}
	return o
}

func deviation(values []float64) float64 {
	m, squares := mean(values), 0.0
	for _, v := range values {
		squares += (v - m) * (v - m)
	}
	return math.Sqrt(squares / float64(len(values)))
}

// bound is what no strategy can do better than: orders with their planned
// times and nothing in their way.
func (w *jobWorld) bound() outcome {
	r := &simulate.Result{}
	for i := range w.jobs {
		j := &w.jobs[i]
		work := time.Duration(0)
		for _, t := range j.times {
			work += t
		}
		released := max(j.arrives, j.due-work)
		r.Orders = append(r.Orders, simulate.OrderResult{
			ID: schedule.OrderID(jobID(i)), Released: w.at(released), Ended: w.at(released + work),
		})
	}
	return w.outcome(r, nil)
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 20260101)) }

func hours(h float64) time.Duration { return time.Duration(h * float64(time.Hour)) }
