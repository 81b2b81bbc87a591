package verify

import (
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

type point = wip.Point

// A lot is an order of the plan with what it refers to.
type lot struct {
	*schedule.PlannedOrder
	known   *schedule.Order // nil for a new order
	routing *schedule.Routing
	scale   int64
	first   int   // of its tasks: one for each step of the routing, -1 if it is not placed
	tasks   []int // by position of the step
}

// A task is one step of an order as placed: an operation, or a subcontract.
type task struct {
	lot        int
	step       *schedule.Step
	mode       *schedule.Mode // nil for a step without
	operation  *schedule.Operation
	outside    *schedule.SubcontractOrder
	index      int // in the plan's slice of either
	state      *schedule.StepState
	qty        wip.Qty
	start, end int64 // ticks
	// kept tasks stay where the problem put them, or are history.
	kept bool
	// resources are the positions of what serves the uses; -1 if unknown.
	resources []int
	hours     working
	// setup is changeover and setup, work all of the working time, and lastLot
	// when the last transfer lot can be done at the earliest.
	setup, work, lastLot int64
}

func (t *task) started() bool { return t.state != nil && t.state.Started }
func (t *task) done() bool    { return t.state != nil && t.state.Done }

// at returns when the task starts.
func (t *task) at() time.Time {
	if t.operation != nil {
		return t.operation.Start
	}
	return t.outside.Start
}

// where begins a violation about a task.
func (j *judge) where(code Code, t *task) Violation {
	return Violation{Code: code, Order: j.lots[t.lot].ID, Step: t.step.ID, At: t.at()}
}

// resolve looks up what orders, operations and subcontracts refer to. What
// refers to nothing is left out, and reported elsewhere.
func (j *judge) resolve() {
	j.lotOf = make(map[schedule.OrderID]int, len(j.plan.Orders))
	steps := 0
	for i := range j.plan.Orders {
		o := &j.plan.Orders[i]
		r := j.x.Routings.Find(o.Routing)
		if r == nil {
			continue
		}
		if _, again := j.lotOf[o.ID]; again {
			continue
		}
		j.lotOf[o.ID] = len(j.lots)
		j.lots = append(j.lots, lot{PlannedOrder: o, known: j.x.Orders.Find(o.ID), routing: r, scale: j.scale(r.Item)})
		steps += len(r.Steps)
	}
	places := make([]int, steps)
	for i := range places {
		places[i] = -1
	}
	for i := range j.lots {
		n := len(j.lots[i].routing.Steps)
		j.lots[i].tasks, places = places[:n:n], places[n:]
	}
	j.tasks = make([]task, 0, len(j.plan.Operations)+len(j.plan.Subcontracts))
	for i := range j.plan.Operations {
		o := &j.plan.Operations[i]
		j.place(o.Order, o.Step, task{operation: o, index: i, qty: o.Qty, start: j.at(o.Start), end: j.at(o.End)})
	}
	for i := range j.plan.Subcontracts {
		o := &j.plan.Subcontracts[i]
		j.place(o.Order, o.Step, task{outside: o, index: i, qty: o.Qty, start: j.at(o.Start), end: j.at(o.End)})
	}
}

// place adds a task unless it refers to nothing. Of two that place one step,
// the second counts for what it occupies only.
func (j *judge) place(order schedule.OrderID, step schedule.StepID, t task) {
	at, ok := j.lotOf[order]
	if !ok {
		return
	}
	l := &j.lots[at]
	if t.step = j.x.Step(l.routing.ID, step); t.step == nil {
		return
	}
	t.lot = at
	t.state = j.x.State(order, step)
	t.kept = l.known != nil && j.keeps(l.known, t.state)
	if t.operation != nil {
		j.resolveMode(&t)
	}
	if k := j.position[t.step]; l.tasks[k] < 0 {
		l.tasks[k] = len(j.tasks)
	} else {
		v := j.where(Duplicate, &t)
		j.report(v)
	}
	if (t.outside != nil) != (t.step.Subcontract != nil) {
		j.report(j.where(Mismatch, &t))
	}
	j.tasks = append(j.tasks, t)
}

func (j *judge) resolveMode(t *task) {
	if m := t.operation.Mode; m >= 0 && m < len(t.step.Modes) {
		t.mode = &t.step.Modes[m]
	}
	t.hours = j.hours.always
	if t.mode == nil {
		return
	}
	known := 0
	first := len(j.arena)
	for i := range t.mode.Uses {
		r := j.x.Resources.Position(t.operation.Resource(t.mode, i))
		j.arena = append(j.arena, r)
		if r >= 0 {
			known++
		}
	}
	t.resources = j.arena[first:len(j.arena):len(j.arena)]
	if known == len(t.resources) {
		t.hours = j.together(t).with(t.operation.Overtime)
	}
}

// keeps reports whether a step of an existing order has to stay where its
// state says: what has happened, what is firm, and what starts in the frozen
// zone. What should have started before Now and has not cannot stay.
func (j *judge) keeps(o *schedule.Order, s *schedule.StepState) bool {
	switch {
	case s == nil:
		return false
	case s.Done || s.Started:
		return true
	case s.Start.IsZero() || s.Start.Before(j.t.Now):
		return false
	}
	return o.Status == schedule.Firm || s.Start.Before(j.t.FrozenUntil)
}

func (j *judge) scale(id schedule.ItemID) int64 {
	if it := j.x.Items.Find(id); it != nil {
		return it.Scale()
	}
	return 1
}
