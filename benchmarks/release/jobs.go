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
	product      int           // jobs of one go the same way; 0 if each has its own
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
		p.Routings = append(p.Routings, w.routing(i, schedule.ItemID(jobID(i))))
	}
	return p
}

// item is what planners take a job for.
func (w *jobWorld) item(i int) schedule.ItemID {
	if n := w.jobs[i].product; n > 0 {
		return schedule.ItemID(fmt.Sprintf("product %d", n))
	}
	return schedule.ItemID(jobID(i))
}

func (w *jobWorld) routing(i int, item schedule.ItemID) schedule.Routing {
	j := &w.jobs[i]
	r := schedule.Routing{ID: schedule.RoutingID(item), Item: item}
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

// counts reports whether a job is measured.
func (w *jobWorld) counts(i int) bool { return w.jobs[i].due >= w.warm && w.jobs[i].due < w.until }

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
		if !w.counts(i) {
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
	o.variation = w.variation(r)
	o.promise = -1
	if promised != nil {
		o.promise = errors / n
	}
	return o
}

// variation is V of the number of orders that end on a day.
func (w *jobWorld) variation(r *simulate.Result) float64 {
	const day = 24 * time.Hour
	daily := make([]float64, (w.until-w.warm)/day)
	for i := range r.Orders {
		if x := &r.Orders[i]; !x.Ended.IsZero() {
			if k := int((x.Ended.Sub(start) - w.warm) / day); k >= 0 && k < len(daily) && !x.Ended.Before(w.at(w.warm)) {
				daily[k]++
			}
		}
	}
	return deviation(daily) / mean(daily)
}

func deviation(values []float64) float64 {
	m, squares := mean(values), 0.0
	for _, v := range values {
		squares += (v - m) * (v - m)
	}
	return math.Sqrt(squares / float64(len(values)))
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 20260101)) }

func hours(h float64) time.Duration { return time.Duration(h * float64(time.Hour)) }

// planCost is what a plan comes to in a simulation, in costs of an order and
// period.
func (w *jobWorld) planCost(_ *schedule.Problem, r *simulate.Result) float64 {
	shop, late, stock := 0.0, 0.0, 0.0 // order days
	for i := range r.Orders {
		x := &r.Orders[i]
		ended := x.Ended
		if ended.IsZero() {
			ended = r.To
		}
		shop += ended.Sub(x.Released).Hours() / 24
	}
	for i := range r.Lines {
		late += r.Lines[i].LateUnitDays / whole
	}
	for i := range r.Points {
		stock += r.Points[i].MeanStock / whole * r.To.Sub(r.From).Hours() / 24
	}
	return (w.wip*shop + w.late*late + w.stock*stock) * 24 / w.period.Hours()
}
