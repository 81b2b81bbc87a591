package verify

import (
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// operations judges each operation by itself, but for its duration.
func (j *judge) operations() {
	changeovers := schedule.Changeovers(j.p, j.plan)
	for i := range j.tasks {
		t := &j.tasks[i]
		if t.operation == nil || t.done() {
			continue
		}
		change := changeovers[t.index]
		if t.mode != nil {
			setup, run := j.left(t)
			t.setup = j.ticks(setup)
			if !t.started() {
				t.setup += j.ticks(change.Time)
			}
			t.work = t.setup + j.ticks(run)
		}
		if t.kept {
			continue
		}
		j.allowed(t)
		if t.mode != nil {
			j.served(t)
			j.setUp(t, change.Forbidden)
		}
	}
}

// left returns what is left of the working time of a task, without changeover.
func (j *judge) left(t *task) (setup, run time.Duration) {
	lot := j.processing(t, t.qty)
	return lot.Left(t.state)
}

// run returns the time in ticks that the machine needs for a quantity.
func (j *judge) run(t *task, qty wip.Qty) int64 {
	if t.mode == nil {
		return 0
	}
	lot := j.processing(t, qty)
	_, run := lot.Time()
	return j.ticks(run)
}

func (j *judge) processing(t *task, qty wip.Qty) schedule.Processing {
	lot := schedule.Processing{Step: t.step, Mode: t.mode, Qty: qty, Scale: j.lots[t.lot].scale, Tick: j.t.Tick}
	if len(t.resources) > 0 && t.resources[0] >= 0 {
		lot.Efficiency = j.p.Resources[t.resources[0]].Efficiency
	}
	return lot
}

// allowed judges whether a step may start when it does.
func (j *judge) allowed(t *task) {
	v := j.where(OutsideHorizon, t)
	start := t.at()
	if j.within(start, v) && t.operation != nil {
		j.within(t.operation.End, v)
	}
	if t.mode != nil && !t.mode.Effective.Contains(start) {
		j.report(j.where(NotEffective, t))
	}
	j.provided(t, t.step.Provisions)
	if item := j.x.Items.Find(j.lots[t.lot].routing.Item); item != nil {
		j.provided(t, item.Provisions)
	}
}

// provided judges whether provisions are ready when a step starts.
func (j *judge) provided(t *task, provisions []schedule.ProvisionID) {
	for _, id := range provisions {
		if q := j.x.Provisions.Find(id); q != nil && t.start < j.at(q.Ready) && !q.Ready.IsZero() {
			v := j.where(NotProvided, t)
			v.Ref, v.By = string(id), j.duration(j.at(q.Ready)-t.start)
			j.report(v)
		}
	}
}

// served judges what serves the uses of the mode.
func (j *judge) served(t *task) {
	if n := len(t.operation.Resources); n > 0 && n != len(t.mode.Uses) {
		j.report(j.where(WrongResource, t))
		return
	}
	for i := range t.mode.Uses {
		u := &t.mode.Uses[i]
		if t.resources[i] < 0 {
			continue
		}
		r := &j.p.Resources[t.resources[i]]
		able := u.Skill == "" || slices.ContainsFunc(r.Qualified(u.Skill), func(q capacity.Qualification) bool { return q.EffectiveAt(t.at()) })
		named := r.ID == u.Resource || slices.Contains(r.Pools, u.Resource)
		if !able || !named || r.Units == 0 {
			v := j.where(WrongResource, t)
			v.Resource = r.ID
			j.report(v)
		}
	}
}

// setUp judges the setup of an operation.
func (j *judge) setUp(t *task, forbidden bool) {
	v := j.where(ForbiddenChangeover, t)
	v.Resource = t.operation.Machine(t.mode)
	if forbidden {
		j.report(v)
	}
	if by := j.ticks(t.operation.Setup) - t.setup; by != 0 && !forbidden {
		v.Code, v.By = WrongSetup, j.duration(by)
		j.report(v)
	}
}

// durations judges whether operations take the time that they have to: from
// the start of work to the first tick at which it can be done, and no pause
// unless they may be interrupted. It comes after sequence, which finds out how
// long they have to wait for transfer lots.
func (j *judge) durations() {
	for i := range j.tasks {
		t := &j.tasks[i]
		if t.operation == nil || t.done() || t.kept && !t.started() {
			continue
		}
		if t.end > j.at(j.t.To) || !t.kept && t.start < j.at(j.t.Now) {
			continue // outside the horizon, where there is no working time
		}
		j.onShift(t)
		j.lasts(t)
	}
}

// onShift judges whether work starts, and unless it is pausable goes on, in
// working time.
func (j *judge) onShift(t *task) {
	if t.kept || t.start >= t.end {
		return
	}
	off := t.hours.off(t.start, t.end)
	if t.step.Pausable {
		off, _ = t.hours.wait(t.start)
	}
	if off > 0 {
		v := j.where(OffShift, t)
		v.By = j.duration(off)
		if t.mode != nil && len(t.mode.Uses) > 0 {
			v.Resource = t.operation.Machine(t.mode)
		}
		j.report(v)
	}
}

// lasts judges the end of an operation. A wrong setup is judged by itself: the
// duration may be right by the setup that the plan says or by the true one.
func (j *judge) lasts(t *task) {
	from := t.start
	if t.started() {
		from = max(from, j.at(j.t.Now))
	}
	stated := t.work
	if !t.started() {
		stated += max(0, j.ticks(t.operation.Setup)) - t.setup
	}
	end, ok := t.hours.after(from, t.work)
	alternative, alsoOK := t.hours.after(from, stated)
	end, alternative = max(end, t.lastLot), max(alternative, t.lastLot)
	if ok && t.end == end || alsoOK && t.end == alternative {
		return
	}
	v := j.where(WrongDuration, t)
	v.By = j.duration(t.end - end)
	if !ok {
		worked, _ := t.hours.done(t.end)
		begun, _ := t.hours.done(from)
		v.By = j.duration((worked-begun)/1000 - t.work)
	}
	j.report(v)
}

// sequence judges the links between the steps of each order.
func (j *judge) sequence() {
	for i := range j.lots {
		l := &j.lots[i]
		for k := range j.networks[l.routing].links {
			link := &j.networks[l.routing].links[k]
			if a, b := l.tasks[link.from], l.tasks[link.to]; a >= 0 && b >= 0 {
				j.link(&link.Link, &j.tasks[a], &j.tasks[b])
			}
		}
	}
}

// link judges one link. What both ends of it are kept by is history.
func (j *judge) link(link *schedule.Link, a, b *task) {
	if b.done() || a.kept && b.kept {
		return
	}
	wait := j.ticks(link.MinWait + a.step.Move + b.step.Queue)
	ready := a.end + wait
	if j.overlaps(link, a, b) {
		ready = j.firstLot(a) + wait
		j.awaitLastLot(a, b, a.end+wait)
	}
	v := j.where(OutOfSequence, b)
	if early := ready - b.start; early > 0 {
		v.By = j.duration(early)
		j.report(v)
	}
	late := j.duration(b.start-a.end) - int64(link.MaxWait)
	if link.NoWait {
		late = j.duration(b.start - ready)
	}
	if (link.NoWait || link.MaxWait > 0) && late > 0 {
		v.Code, v.By = WaitTooLong, late
		j.report(v)
	}
}

// overlaps reports whether transfer lots of a go on to b before a ends.
func (j *judge) overlaps(link *schedule.Link, a, b *task) bool {
	return !link.NoWait && a.mode != nil && b.operation != nil && !a.done() && !b.kept &&
		a.step.Transfer > 0 && a.step.Transfer < a.qty
}

// firstLot returns when the first transfer lot leaves a.
func (j *judge) firstLot(a *task) int64 {
	if a.started() {
		return a.start
	}
	at, ok := a.hours.after(a.start, a.setup+j.run(a, a.step.Transfer))
	if !ok {
		return a.end
	}
	return min(at, a.end)
}

// awaitLastLot judges whether b ends late enough to work on the last transfer
// lot of a after it has arrived.
func (j *judge) awaitLastLot(a, b *task, arrival int64) {
	rest := a.qty % a.step.Transfer
	if rest == 0 {
		rest = a.step.Transfer
	}
	if a.step.Yield > 0 {
		rest = rest * wip.Qty(a.step.Yield) / 1000
	}
	work := j.run(b, b.qty) - j.run(b, b.qty-min(rest, b.qty))
	end, ok := b.hours.after(arrival, work)
	if !ok {
		return
	}
	b.lastLot = max(b.lastLot, end)
	if early := end - b.end; early > 0 {
		v := j.where(OutOfSequence, b)
		v.At, v.By = j.time(b.end), j.duration(early)
		j.report(v)
	}
}
