package main

import (
	"fmt"
	"time"

	"github.com/taktplan/takt/benchmarks/internal/smtfile"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/wip"
)

const (
	day  = 24 * time.Hour
	week = 7 * day
)

// waferSpan is how long the line is simulated, and waferWarm and waferTail what
// of the due dates is left out at its ends.
const (
	waferSpan = 15 * week
	waferWarm = 6 * week
	waferTail = 2 * week
)

// A waferWorld is a line and the lots that come to it: those in process at the
// start, then those of the orders. Only arrivals, dates and products of its jobs
// count.
type waferWorld struct {
	jobWorld
	line *waferLine
	done []int // steps of each job that were done before the start
}

// demandSpread is by how much a week's orders of a stream may be more or less
// than the file says. It is ours: the file has them come by the clock.
const demandSpread = 0.5

// newWaferWorld draws the orders of a seed. The rate of each stream of orders
// changes from week to week; the mean is the file's.
func newWaferWorld(l *waferLine, seed uint64) *waferWorld {
	w := &waferWorld{line: l, jobWorld: jobWorld{
		seed: seed, period: day, warm: waferWarm, until: waferSpan - waferTail, end: waferSpan, wip: 1, stock: 2, late: 16,
		work: simulate.Variation{Shape: simulate.Uniform, CV: l.spread()},
	}}
	for i := range l.fab.Lots {
		x := &l.fab.Lots[i]
		w.jobs = append(w.jobs, job{due: x.Due.Sub(l.fab.Start), product: x.Part})
		w.done = append(w.done, x.Step)
	}
	draw := newRand(seed)
	for i := range l.fab.Orders {
		x := &l.fab.Orders[i]
		rate, changes := 1.0, time.Duration(0)
		for at := time.Duration(0); at < waferSpan; at += time.Duration(float64(x.Every) / rate) {
			for at >= changes {
				rate = 1 + demandSpread*(2*draw.Float64()-1)
				changes += week
			}
			w.jobs = append(w.jobs, job{arrives: at, due: at + x.Allowance, product: x.Part})
			w.done = append(w.done, 0)
		}
	}
	return w
}

// spread is the coefficient of variation of the times of steps, which is that
// of the first step: the files have one for all.
func (l *waferLine) spread() float64 {
	const ofUniform = 1.7320508075688772 // half the width over the deviation
	return l.fab.Routes[0].Steps[0].Spread / ofUniform
}

func (w *waferWorld) problem() *schedule.Problem {
	p := &schedule.Problem{From: start, To: w.at(w.end), Resources: w.line.resources, Items: w.line.items, Routings: w.line.routings}
	for i := range w.line.fab.Lots {
		o := schedule.Order{
			ID: schedule.OrderID(jobID(i)), Item: w.item(i), Routing: schedule.RoutingID(w.item(i)), Qty: whole,
			Due: w.at(w.jobs[i].due), Status: schedule.Released,
		}
		for k := range w.done[i] {
			o.Steps = append(o.Steps, schedule.StepState{
				Step: schedule.StepID(fmt.Sprint(k)), Start: start, End: start, Done: true, Progress: wip.Progress{Good: whole},
			})
		}
		p.Orders = append(p.Orders, o)
	}
	return p
}

func (w *waferWorld) item(i int) schedule.ItemID {
	return schedule.ItemID(w.line.fab.Parts[w.jobs[i].product].Name)
}

// order is a job as it comes to the pool at an instant.
func (w *waferWorld) order(i int, release time.Duration) schedule.PlannedOrder {
	due := w.at(w.jobs[i].due)
	return schedule.PlannedOrder{
		ID: schedule.OrderID(jobID(i)), Item: w.item(i), Routing: schedule.RoutingID(w.item(i)), Qty: whole,
		Existing: i < len(w.line.fab.Lots), Release: w.at(release), Start: w.at(release), End: due, Due: due,
	}
}

// stepAllowance is what operation due dates give a step for waiting and moves:
// about what the allowances of the orders do.
const stepAllowance = 100 * time.Minute

func (w *waferWorld) options() simulate.Options {
	return simulate.Options{Seed: w.seed, Rule: simulate.OperationDue(stepAllowance), Work: w.work, Breakdowns: w.line.breakdowns()}
}

// readWafer reads the fab in a folder.
func readWafer(dir string) (*waferLine, error) {
	fab, err := smtfile.Read(dir)
	if err != nil {
		return nil, err
	}
	return newWaferLine(fab, waferSpan), nil
}
