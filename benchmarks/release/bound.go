package main

import (
	"container/heap"
	"context"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/wip"
)

// perfect is what no strategy can do better than, even one that knows all jobs
// and how long each step will take. Work in process is at least the work. What
// is late on one machine alone is bounded by letting it interrupt jobs for
// shorter ones, with all that happens before and after it undisturbed: then the
// k-th job to end ends no later than in any schedule, and against sorted due
// dates the sum of tardiness is least (Chu 1992). The machine where that is most
// counts.
func (w *jobWorld) perfect(ctx context.Context) (outcome, error) {
	times, err := w.realised(ctx)
	if err != nil {
		return outcome{}, err
	}
	late, work := 0.0, 0.0
	for m := range w.machines {
		late = max(late, w.leastTardiness(m, times).Hours())
	}
	for i := range w.jobs {
		if w.counts(i) {
			for _, t := range times[i] {
				work += t.Hours()
			}
		}
	}
	span := (w.until - w.warm).Hours()
	nan := math.NaN()
	return outcome{
		cost: (w.wip*work + w.late*late) / span, wipCost: w.wip * work / span, lateCost: w.late * late / span,
		onTime: nan, tardiness: nan, tardiness95: nan, lateness: nan, shop: nan, total: nan, wip: work / span,
		promise: nan, planning: nan, variation: nan, changed: nan, overtime: nan,
	}, nil
}

// realised returns how long each step of each job takes in the world, which is
// the same whatever is done; 0 if it comes to nothing before the end.
func (w *jobWorld) realised(ctx context.Context) ([][]time.Duration, error) {
	times := make([][]time.Duration, len(w.jobs))
	plan := &schedule.Plan{}
	for i := range w.jobs {
		times[i] = make([]time.Duration, len(w.jobs[i].times))
		plan.Orders = append(plan.Orders, w.order(i, 0))
	}
	o := w.options()
	o.Event = func(e wip.Event) {
		if e.Kind == wip.Reported && e.Step != "" {
			i, _ := strconv.Atoi(string(e.Order)[1:])
			step, _ := strconv.Atoi(string(e.Step))
			times[i][step] += e.Spent // reports come in parts
		}
	}
	_, err := simulate.Run(ctx, w.problem(), plan, o)
	return times, err
}

// A visit is a job at one machine: when it can come there at the earliest, what
// is left to do, and when it has to be done so that the rest can be on time.
type visit struct{ comes, left, due time.Duration }

// A shortest is a heap of visits by what is left.
type shortest []visit

func (h shortest) Len() int           { return len(h) }
func (h shortest) Less(a, b int) bool { return h[a].left < h[b].left }
func (h shortest) Swap(a, b int)      { h[a], h[b] = h[b], h[a] }
func (h *shortest) Push(v any)        { *h = append(*h, v.(visit)) }
func (h *shortest) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// leastTardiness bounds the sum of tardiness of the jobs that count by one
// machine.
func (w *jobWorld) leastTardiness(machine int, times [][]time.Duration) time.Duration {
	visits := w.visits(machine, times)
	var due []time.Duration
	for _, v := range visits {
		due = append(due, v.due)
	}
	slices.Sort(due)
	slices.SortStableFunc(visits, func(a, b visit) int { return int(a.comes - b.comes) })
	sum, now := time.Duration(0), time.Duration(0)
	var waiting shortest
	for ended := 0; ended < len(due); {
		if waiting.Len() == 0 {
			now = max(now, visits[0].comes)
		}
		for len(visits) > 0 && visits[0].comes <= now {
			heap.Push(&waiting, visits[0])
			visits = visits[1:]
		}
		if at := &waiting[0]; len(visits) > 0 && now+at.left > visits[0].comes {
			at.left -= visits[0].comes - now
			now = visits[0].comes
			continue
		}
		now += heap.Pop(&waiting).(visit).left
		sum += max(0, now-due[ended])
		ended++
	}
	return sum
}

func (w *jobWorld) visits(machine int, times [][]time.Duration) []visit {
	var visits []visit
	for i := range w.jobs {
		k := slices.Index(w.jobs[i].machines, machine)
		if k < 0 || !w.counts(i) {
			continue
		}
		v := visit{comes: w.jobs[i].arrives, left: times[i][k], due: w.jobs[i].due}
		for before := range k {
			v.comes += times[i][before]
		}
		for _, t := range times[i][k+1:] {
			v.due -= t
		}
		visits = append(visits, v)
	}
	return visits
}
