package verify

import (
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// orders judges each order as a whole, and that none is missing.
func (j *judge) orders() {
	for i := range j.lots {
		l := &j.lots[i]
		if l.Shop != l.routing.Shop {
			j.report(Violation{Code: Mismatch, Order: l.ID, Item: l.Item, Ref: string(l.Shop), At: l.Release})
		}
		if l.known != nil {
			j.knownOrder(l)
		} else {
			j.newOrder(l)
		}
		j.bounds(l)
		j.steps(l)
		j.stepQuantities(l)
	}
	excused := make(map[schedule.OrderID]bool, len(j.plan.Unplanned))
	for i := range j.plan.Unplanned {
		u := &j.plan.Unplanned[i]
		excused[u.Order] = excused[u.Order] || len(u.Why) > 0
	}
	for i := range j.p.Orders {
		id := j.p.Orders[i].ID
		if _, ok := j.lotOf[id]; !ok && !excused[id] {
			j.report(Violation{Code: MissingOrder, Order: id})
		}
	}
}

// knownOrder judges an order of the problem, which stays what it is.
func (j *judge) knownOrder(l *lot) {
	o := l.known
	if l.Item != o.Item || l.Routing != o.Routing || l.Qty != o.Qty || !l.Existing {
		j.report(Violation{Code: NotKept, Order: l.ID, Item: o.Item, At: l.Start})
	}
	for _, k := range l.tasks {
		if k >= 0 {
			j.keptStep(o, &j.tasks[k])
		}
	}
}

// keptStep judges whether a step is where the problem put it.
func (j *judge) keptStep(o *schedule.Order, t *task) {
	if t.operation != nil && (t.operation.Done != t.done() || t.operation.Started != (t.started() && !t.done())) {
		j.report(j.where(NotKept, t))
		return
	}
	if s := t.state; t.kept && !s.Start.IsZero() {
		moved := t.start != j.at(s.Start)
		if !s.End.IsZero() && (s.Done || !s.Started) {
			moved = moved || t.end != j.at(s.End)
		}
		if moved || t.operation != nil && t.operation.Mode != s.Mode {
			v := j.where(NotKept, t)
			v.By = j.duration(t.start - j.at(s.Start))
			j.report(v)
		}
	}
}

// newOrder judges an order that the planner made.
func (j *judge) newOrder(l *lot) {
	at := Violation{Order: l.ID, Item: l.Item, At: l.Release}
	say := func(code Code, by int64) {
		at.Code, at.By = code, by
		j.report(at)
	}
	if l.Existing {
		say(NotKept, 0)
	}
	if l.Item != l.routing.Item {
		say(Mismatch, 0)
		return
	}
	if l.Release.Before(j.t.ReleaseFrom) {
		say(BeforeFence, int64(j.t.ReleaseFrom.Sub(l.Release)))
	}
	if own := j.fence(&l.routing.Source); l.Start.Before(own) && !l.Release.Before(j.t.ReleaseFrom) {
		say(BeforeFence, int64(own.Sub(l.Start)))
	}
	if !l.routing.Effective.Contains(l.Start) {
		say(NotEffective, 0)
	}
	if item := j.x.Items.Find(l.Item); item != nil && !l.routing.LotAt(item, l.Start).Allows(l.Qty) {
		say(BadLot, int64(l.Qty))
	}
}

// bounds judges the dates of an order against those of its steps.
func (j *judge) bounds(l *lot) {
	at := Violation{Code: WrongBounds, Order: l.ID, Item: l.Item, At: l.Start}
	if l.Start.Before(l.Release) {
		at.By = int64(l.Release.Sub(l.Start))
		j.report(at)
	}
	if l.End.Before(l.Start) {
		at.By = int64(l.Start.Sub(l.End))
		j.report(at)
	}
	j.within(l.End, Violation{Code: OutsideHorizon, Order: l.ID, Item: l.Item})
	start, end := j.at(l.Start), j.at(l.End)
	for _, k := range l.tasks {
		if k < 0 {
			continue
		}
		t := &j.tasks[k]
		if early := start - t.start; early > 0 && !t.kept {
			v := j.where(WrongBounds, t)
			v.By = j.duration(early)
			j.report(v)
		}
		if late := t.end - end; late > 0 && !t.done() {
			v := j.where(WrongBounds, t)
			v.At, v.By = j.time(t.end), j.duration(late)
			j.report(v)
		}
	}
}

// steps judges whether all steps are placed. Those that are done need not be.
func (j *judge) steps(l *lot) {
	for k, at := range l.tasks {
		s := &l.routing.Steps[k]
		if at >= 0 {
			continue
		}
		if state := j.x.State(l.ID, s.ID); l.known == nil || state == nil || !state.Done {
			j.report(Violation{Code: MissingStep, Order: l.ID, Step: s.ID, At: l.Start})
		}
	}
}

// stepQuantities judges what enters each step: what the steps after it take
// in, or the order's quantity, raised by its yield. Of an order in process the
// quantities depend on what has been reported, so that only the quantity of
// the whole is judged.
func (j *judge) stepQuantities(l *lot) {
	if l.known != nil && reported(l.known) {
		return
	}
	wanted := j.inputs(l)
	for k, at := range l.tasks {
		if at < 0 {
			continue
		}
		if t := &j.tasks[at]; t.qty != wanted[k] && !t.done() {
			v := j.where(WrongQuantity, t)
			v.By = int64(t.qty - wanted[k])
			j.report(v)
		}
	}
}

func reported(o *schedule.Order) bool {
	for i := range o.Steps {
		if p := &o.Steps[i].Progress; p.Good != 0 || p.Scrap != 0 {
			return true
		}
	}
	return false
}

// inputs returns what enters each step of an order.
func (j *judge) inputs(l *lot) []wip.Qty {
	steps := l.routing.Steps
	in := make([]wip.Qty, len(steps))
	for _, a := range j.networks[l.routing].backwards {
		// What leaves a step is what the steps after it take in.
		in[a.from] = max(in[a.from], l.input(&steps[a.to], in[a.to]))
	}
	for k := range in {
		in[k] = l.input(&steps[k], in[k])
	}
	return in
}

// input returns what has to enter a step for what the steps after it take in;
// if there are none, for the quantity of the order.
func (l *lot) input(s *schedule.Step, taken wip.Qty) wip.Qty {
	if taken == 0 {
		taken = l.Qty
	}
	return s.Input(taken)
}

// within reports an instant before Now or after the end of the horizon.
func (j *judge) within(t time.Time, v Violation) bool {
	switch {
	case t.Before(j.t.Now):
		v.By = int64(j.t.Now.Sub(t))
	case t.After(j.t.To):
		v.By = int64(t.Sub(j.t.To))
	default:
		return true
	}
	v.At = t
	j.report(v)
	return false
}
