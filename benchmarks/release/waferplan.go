package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/wip"
)

// A waferView is a line as planners see it: the busiest groups of tools, and
// between their steps a queue for all that happens elsewhere, which is the raw
// time of that times a factor. A lot of some hundred steps so becomes some dozens
// of operations.
type waferView struct {
	line      *waferLine
	resources []capacity.Resource
	items     []schedule.Item
	routings  []schedule.Routing
	steps     [][]int           // of the line, by part: those that are planned
	passed    [][]time.Duration // raw time before each step of the line, by part
	factor    float64
}

// newWaferView keeps the given number of groups. Breakdowns count as slowness.
func newWaferView(l *waferLine, groups int, factor float64) *waferView {
	v := &waferView{line: l, factor: factor}
	kept := map[schedule.ResourceID]bool{}
	for _, x := range l.busiest(groups) {
		kept[schedule.ResourceID(l.fab.Tools[x.group].Name)] = true
	}
	for _, r := range l.resources {
		if kept[r.ID] {
			r.Efficiency = int(1000 * l.fab.Tools[l.group(r.ID)].Availability())
			v.resources = append(v.resources, r)
		}
	}
	for i := range l.routings {
		v.add(&l.routings[i], kept)
	}
	return v
}

// add takes up the routing of the next part.
func (v *waferView) add(r *schedule.Routing, kept map[schedule.ResourceID]bool) {
	coarse := schedule.Routing{ID: r.ID, Item: r.Item}
	var steps []int
	passed := make([]time.Duration, len(r.Steps)+1)
	elsewhere := time.Duration(0) // since the last step that is planned
	for k := range r.Steps {
		m := r.Steps[k].Modes[0]
		passed[k+1] = passed[k] + m.Setup + m.Fixed + r.Steps[k].Move
		if len(m.Uses) == 0 || !kept[m.Uses[0].Resource] {
			elsewhere += passed[k+1] - passed[k]
			continue
		}
		coarse.Steps = append(coarse.Steps, schedule.Step{
			ID: r.Steps[k].ID, Pausable: true, Modes: []schedule.Mode{m}, Queue: v.stretched(elsewhere),
		})
		steps = append(steps, k)
		elsewhere = r.Steps[k].Move
	}
	if last := len(coarse.Steps) - 1; last >= 0 {
		coarse.Steps[last].Move = v.stretched(elsewhere)
	}
	v.steps, v.passed = append(v.steps, steps), append(v.passed, passed)
	v.routings = append(v.routings, coarse)
	v.items = append(v.items, schedule.Item{ID: r.Item, Unit: perMille, Lot: schedule.Lot{Rule: schedule.FixedLot, Size: whole}})
}

func (v *waferView) stretched(d time.Duration) time.Duration {
	return time.Duration(v.factor * float64(d)).Truncate(time.Second)
}

// states are the planned steps of a lot that are done when so many of the line
// are. The last of them ended as long ago as what has been done since takes.
func (v *waferView) states(part, done int, now time.Time) []schedule.StepState {
	var list []schedule.StepState
	for i, k := range v.steps[part] {
		if k >= done {
			break
		}
		m := &v.routings[part].Steps[i].Modes[0]
		since := v.stretched(max(0, v.passed[part][done]-v.passed[part][k]-m.Setup-m.Fixed))
		list = append(list, schedule.StepState{
			Step: v.routings[part].Steps[i].ID, Start: now.Add(-since - m.Setup - m.Fixed), End: now.Add(-since), Done: true, Issued: true,
			Progress: wip.Progress{Good: whole},
		})
	}
	return list
}

// rest is the routing of what a lot in the line has still to undergo, as if it
// were an item of its own.
func (v *waferView) rest(id schedule.ItemID, part, done int) schedule.Routing {
	next, _ := slices.BinarySearch(v.steps[part], done)
	r := schedule.Routing{ID: schedule.RoutingID(id), Item: id, Steps: slices.Clone(v.routings[part].Steps[next:])}
	if len(r.Steps) > 0 {
		r.Steps[0].Queue = v.stretched(v.passed[part][v.steps[part][next]] - v.passed[part][done])
	}
	return r
}

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

// A waferControl is a line that is planned again and again. It releases what
// the plan starts until the next one.
type waferControl struct {
	w        *waferWorld
	view     *waferView
	how      waferPlanning
	plan     planner
	plant    *simulate.Plant
	done     []int // steps of each lot
	state    []lotState
	promised map[schedule.OrderID]time.Time
	last     *schedule.Plan
	planning planningFacts
}

type lotState uint8

const (
	waits lotState = iota
	inLine
	finished
)

func newWaferControl(w *waferWorld, view *waferView, how waferPlanning) *waferControl {
	c := &waferControl{
		w: w, view: view, how: how, plan: how.department(), done: slices.Clone(w.done),
		state: make([]lotState, len(w.jobs)), promised: map[schedule.OrderID]time.Time{},
	}
	for i := range w.line.fab.Lots {
		c.state[i] = inLine
	}
	return c
}

func (c *waferControl) run(ctx context.Context) (outcome, error) {
	o := c.w.options()
	o.Event = c.report
	first := &schedule.Plan{}
	for i := range c.w.line.fab.Lots {
		first.Orders = append(first.Orders, c.w.order(i, 0))
	}
	var err error
	if c.plant, err = simulate.New(c.w.problem(), first, o); err != nil {
		return outcome{}, err
	}
	for now := time.Duration(0); now < c.w.end; now += c.how.every {
		if err := c.plant.Run(ctx, c.w.at(now)); err != nil {
			return outcome{}, err
		}
		if err := c.replan(ctx, now); err != nil {
			return outcome{}, err
		}
	}
	if err := c.plant.Run(ctx, c.w.at(c.w.end)); err != nil {
		return outcome{}, err
	}
	out := c.w.outcome(c.plant.Result(), c.promised)
	c.planning.report(&out)
	return out, nil
}

// report takes note of what happens in the line.
func (c *waferControl) report(e wip.Event) {
	i, err := strconv.Atoi(string(e.Order)[min(1, len(e.Order)):])
	if err != nil {
		return // of a tool
	}
	switch e.Kind {
	case wip.Released:
		c.state[i] = inLine
	case wip.Finished:
		c.done[i]++
	case wip.Closed:
		c.state[i] = finished
	}
}

func (c *waferControl) replan(ctx context.Context, now time.Duration) error {
	p, waiting := c.problem(now)
	if len(waiting) == 0 {
		return nil
	}
	began := time.Now()
	made, err := c.plan(ctx, p, c.last)
	if err != nil {
		return err
	}
	spent := time.Since(began)
	next := c.named(made, waiting)
	c.planning.note(c.last, next, c.w.at(now), day, spent)
	c.last = next
	near := &schedule.Plan{}
	for _, o := range next.Orders {
		if o.Release.Before(c.w.at(now + c.how.every)) {
			near.Orders = append(near.Orders, o)
		}
	}
	for i := range c.w.line.fab.Lots { // existing orders are in every plan
		if c.state[i] != finished {
			near.Orders = append(near.Orders, c.w.order(i, 0))
		}
	}
	return c.plant.Follow(near)
}

// planAhead is the horizon of planners.
const planAhead = 12 * week

// problem is what is known at an instant, and the lots that wait, by due date.
func (c *waferControl) problem(now time.Duration) (p *schedule.Problem, waiting []int) {
	const scale = 1000
	w := c.w
	p = &schedule.Problem{
		From: w.at(now - planAhead), Now: w.at(now), To: w.at(now + planAhead), Tick: time.Minute,
		Resources: c.view.resources, Routings: slices.Clip(c.view.routings), Items: slices.Clone(c.view.items),
		Objective: schedule.Objective{Late: int64(w.late * scale), Short: int64(1000 * w.late * scale), Flow: int64(w.wip * scale), Money: 1000},
	}
	for i := range p.Items {
		p.Items[i].SafetyTime, p.Items[i].Holding = c.how.safety, int64(w.stock*scale)
	}
	for i := range w.jobs {
		j := &w.jobs[i]
		if j.arrives > now || c.state[i] == finished {
			continue
		}
		line := schedule.ContractLine{ID: schedule.LineID(jobID(i)), Item: w.item(i), Qty: whole, Due: w.at(j.due)}
		if j.due > now {
			line.Earliest = line.Due
		}
		p.Lines = append(p.Lines, line)
		if c.state[i] == waits {
			waiting = append(waiting, i)
			continue
		}
		if c.how.anew {
			c.planRest(p, i)
			continue
		}
		p.Orders = append(p.Orders, schedule.Order{
			ID: schedule.OrderID(jobID(i)), Item: w.item(i), Routing: schedule.RoutingID(w.item(i)), Qty: whole, Due: line.Due,
			Status: schedule.Released, Line: line.ID, Steps: c.view.states(j.product, c.done[i], p.Now),
		})
	}
	slices.SortStableFunc(waiting, func(a, b int) int { return cmp.Compare(w.jobs[a].due, w.jobs[b].due) })
	return p, waiting
}

// planRest has the rest of a lot planned for the last line of a problem.
func (c *waferControl) planRest(p *schedule.Problem, i int) {
	id := schedule.ItemID(jobID(i))
	r := c.view.rest(id, c.w.jobs[i].product, c.done[i])
	if len(r.Steps) == 0 {
		p.Lines = p.Lines[:len(p.Lines)-1] // it needs no tool that is planned
		return
	}
	item := c.view.items[c.w.jobs[i].product]
	item.ID = id
	p.Items, p.Routings = append(p.Items, item), append(p.Routings, r)
	p.Lines[len(p.Lines)-1].Item = id
}

// named gives the starts of a plan to the lots that wait, part by part in the
// order of their due dates. What found no start is released at once.
func (c *waferControl) named(made *schedule.Plan, waiting []int) *schedule.Plan {
	starts := map[schedule.ItemID][]schedule.PlannedOrder{}
	orders := slices.Clone(made.Orders)
	slices.SortStableFunc(orders, func(a, b schedule.PlannedOrder) int { return a.Release.Compare(b.Release) })
	for _, o := range orders {
		if !o.Existing {
			starts[o.Item] = append(starts[o.Item], o)
		}
	}
	plan := &schedule.Plan{}
	for _, i := range waiting {
		o := c.w.order(i, c.plant.Now().Sub(start))
		if list := starts[o.Item]; len(list) > 0 {
			o.Start, o.Release, o.End = list[0].Start, list[0].Release, list[0].End
			starts[o.Item] = list[1:]
		}
		if _, ok := c.promised[o.ID]; !ok {
			c.promised[o.ID] = o.End
		}
		plan.Orders = append(plan.Orders, o)
	}
	return plan
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

// waferPlanners plan every other day.
func waferPlanners(l *waferLine) []strategy {
	list := []strategy{{name: "Takt heuristic", kind: byTakt}, {name: "Takt LP, fixed lead times", kind: byTaktLP}}
	const groups, every = 6, 2 * day
	for _, factor := range []float64{1.6, 1.7, 1.8, 1.9} {
		list[0].settings = append(list[0].settings, waferPlanning{
			groups: groups, factor: factor, safety: 2 * day, every: every, anew: true, department: byHeuristic(heuristic.Options{}),
		}.setting(l))
		list[1].settings = append(list[1].settings, waferPlanning{
			groups: groups, factor: factor, every: every, department: byProgram(l.leadTimes(factor)),
		}.setting(l))
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
