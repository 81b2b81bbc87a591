package mapping

import (
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
)

// A recipe is a variant of an operation as a way to fill one stock point.
type recipe struct {
	*mapper
	variant
	op    *model.Operation
	at    *point
	batch string
	// An order of the model's quantity q makes per·q + fixed of the item.
	per, fixed model.Amount
	offset     time.Duration // from the end of the order until the item is there
	tools      tools
	ids        map[*model.Operation]schedule.StepID
	r          schedule.Routing
}

// makes adds the routings by which an operation fills a stock point, and
// reports whether there is any.
func (mp *mapper) makes(o *model.Operation, at *point) bool {
	any := false
	for _, v := range mp.variants(o) {
		flows := mp.outputs(v, at)
		for n, span := range slicesOf(flows, func(f *model.Flow) model.Span { return f.Effective }) {
			rc := recipe{mapper: mp, variant: v, op: o, at: at, batch: at.batch}
			rc.effective = both(v.effective, span)
			for _, f := range flows {
				if covers(f.Effective, span) {
					rc.per += f.Quantity
					rc.fixed += f.Fixed
					rc.offset = f.Offset
				}
			}
			if n > 0 {
				rc.suffix += " from " + span.From.Format(time.DateOnly)
			}
			any = (rc.per > 0 || rc.fixed > 0) && rc.add() || any
		}
	}
	return any
}

// delivers adds the routings by which an operation delivers.
func (mp *mapper) delivers(o *model.Operation, at *point) {
	for _, v := range mp.variants(o) {
		rc := recipe{mapper: mp, variant: v, op: o, at: at, batch: at.batch, per: model.One}
		rc.add()
	}
}

// add adds the routings of a recipe, one for each choice of tools, and reports
// whether there is any that can ever be carried out.
func (rc recipe) add() bool {
	any := false
	for n, chosen := range rc.toolChoices(rc.variant) {
		with := rc
		with.tools, with.ids = chosen, map[*model.Operation]schedule.StepID{}
		if n > 0 {
			with.suffix += fmt.Sprintf(" (tools %d)", n+1)
		}
		any = with.addOne() || any
	}
	return any
}

func (rc *recipe) addOne() bool {
	if !rc.build() {
		return false
	}
	rc.p.Routings = append(rc.p.Routings, rc.r)
	rc.out.Operations[rc.r.ID] = rc.op
	rc.besides[rc.r.ID] = rc.makesBesides()
	return true
}

// makesBesides reports whether the recipe is for something that the operation
// makes besides its item.
func (rc *recipe) makesBesides() bool {
	return rc.op.Item != nil && rc.at.delivery == nil && rc.op.Item != rc.at.item
}

// parts returns all operations of a variant.
func (v variant) parts() []*model.Operation { return append(slices.Clone(v.wholes), v.steps...) }

// build makes the routing; false means that nobody can ever do it.
func (rc *recipe) build() bool {
	rc.r = schedule.Routing{
		ID: rc.newID(), Item: rc.at.id, Shop: schedule.ShopID(rc.at.place), Source: rc.source(),
	}
	if empty(rc.effective) {
		return false
	}
	for _, o := range rc.steps {
		if !rc.step(o) {
			return false
		}
	}
	rc.links()
	rc.wholeFlows()
	rc.holds()
	rc.takeTools()
	rc.wait()
	return true
}

func (rc *recipe) newID() schedule.RoutingID {
	id := rc.op.Name + rc.suffix
	if rc.batch != "" {
		id += " [" + rc.batch + "]"
	}
	if _, taken := rc.out.Operations[schedule.RoutingID(id)]; taken || rc.makesBesides() {
		id += " for " + string(rc.at.id)
	}
	for {
		if _, taken := rc.out.Operations[schedule.RoutingID(id)]; !taken {
			return schedule.RoutingID(id)
		}
		id += "'"
	}
}

// source maps priority, sizes, cost and dates. The model's dates are about the
// end of an order, so they are brought forward by the time it takes at least.
func (rc *recipe) source() schedule.Source {
	cost, shortest := model.Amount(0), time.Duration(0)
	for _, part := range rc.parts() {
		cost += part.Cost
	}
	for _, o := range rc.steps {
		shortest += max(0, o.Duration)
	}
	lot, dated := rc.lot(shortest)
	return schedule.Source{
		Priority: rc.priority, Share: rc.share, Cost: money(rc.perUnit(cost)), Lot: lot, Lots: dated,
		Effective: schedule.Span(earlier(rc.effective, shortest)), Fence: rc.fence(), SafetyTime: rc.safetyTime(),
	}
}

// safetyTime is the time after the order that should pass before its item is
// used: that of the routing and of its last step.
func (rc *recipe) safetyTime() time.Duration {
	soft := time.Duration(0)
	for _, w := range rc.wholes {
		soft += max(0, w.PostTime)
	}
	if n := len(rc.steps); n > 0 {
		soft += max(0, rc.steps[n-1].PostTime)
	}
	return soft
}

// fence returns the longest fence of the operations; lead times that do not
// count have none.
func (rc *recipe) fence() time.Duration {
	longest := time.Duration(0)
	for _, part := range rc.parts() {
		longest = max(longest, part.Fence)
	}
	if !rc.run.Timed() {
		return 0
	}
	return longest
}

// earlier brings a span forward.
func earlier(s model.Span, by time.Duration) model.Span {
	if !s.From.IsZero() {
		s.From = s.From.Add(-by)
	}
	if !s.To.IsZero() {
		s.To = s.To.Add(-by)
	}
	return s
}

// step maps one operation of the routing with its flows and loads. Work goes on
// after closed hours, but not after a time without capacity: as both pause it
// or neither does, closed hours decide.
func (rc *recipe) step(o *model.Operation) bool {
	s := schedule.Step{ID: rc.stepID(o), Name: o.Name}
	rc.ids[o] = s.ID
	s.Calendar = rc.calendars.open(append(rc.toolHours(o), o.Available, siteHours(o))...)
	s.Pausable = s.Calendar != ""
	before, after := schedule.Step{ID: s.ID + " (begin)"}, schedule.Step{ID: s.ID + " (end)"}
	during, atEnd := rc.loadGroups(o)
	var able, ableAtEnd bool
	fixed, perUnit := rc.workTimes(o)
	s.Modes, able = rc.modes(o, &s, during, schedule.Mode{Fixed: fixed, PerUnit: perUnit})
	after.Modes, ableAtEnd = rc.modes(o, &after, atEnd, schedule.Mode{})
	if !able || !ableAtEnd {
		return false
	}
	rc.consume(o, &s, &after)
	if rc.produce(o, &s, &before) {
		rc.r.Steps = append(rc.r.Steps, before)
	}
	rc.r.Steps = append(rc.r.Steps, s)
	if len(after.Needs) > 0 || len(after.Modes) > 0 {
		rc.r.Steps = append(rc.r.Steps, after)
	}
	return true
}

func siteHours(o *model.Operation) *model.Calendar {
	if o.Location == nil {
		return nil
	}
	return o.Location.Available
}

// stepID returns the name of an operation, made unique within the routing.
func (rc *recipe) stepID(o *model.Operation) schedule.StepID {
	id := schedule.StepID(o.Name)
	for slices.ContainsFunc(rc.r.Steps, func(s schedule.Step) bool { return s.ID == id }) {
		id += "'"
	}
	return id
}

// workTimes returns the time of an operation for an order, and for each unit
// of the item.
func (rc *recipe) workTimes(o *model.Operation) (fixed, perUnit time.Duration) {
	fixed = max(0, o.Duration)
	if o.Kind != "operation_time_per" {
		return fixed, 0
	}
	if rc.per == 0 {
		return fixed + time.Duration(float64(o.PerUnit)*rc.quantity().Float()), 0
	}
	return fixed, time.Duration(float64(max(0, o.PerUnit)) / rc.per.Float())
}

// links maps the order of the steps: by their numbers, or by what they are
// blocked by if any says so.
func (rc *recipe) links() {
	index := map[*model.Operation]int{}
	for i, o := range rc.steps {
		index[o] = i
	}
	if !slices.ContainsFunc(rc.steps, func(o *model.Operation) bool {
		return slices.ContainsFunc(rc.index.blockers[o], func(d *model.Dependency) bool { _, ok := index[d.BlockedBy]; return ok })
	}) {
		rc.chain()
		return
	}
	rc.network(index)
}

// chain makes each step follow the one before.
func (rc *recipe) chain() {
	hard := slices.ContainsFunc(rc.wholes, func(w *model.Operation) bool { return w.HardPost })
	for i := range rc.r.Steps[:max(0, len(rc.r.Steps)-1)] {
		l := schedule.Link{From: rc.r.Steps[i].ID, To: rc.r.Steps[i+1].ID}
		if o := rc.operation(i); o != nil && (o.HardPost || hard) {
			l.MinWait = max(0, o.PostTime)
		} else if o != nil {
			l.SoftWait = max(0, o.PostTime)
		}
		rc.r.Links = append(rc.r.Links, l)
	}
}

// operation returns the operation of a step of the routing.
func (rc *recipe) operation(i int) *model.Operation {
	for _, o := range rc.steps {
		if o.Name == rc.r.Steps[i].Name {
			return o
		}
	}
	return nil
}

// network makes steps follow those that block them.
func (rc *recipe) network(index map[*model.Operation]int) {
	id := func(o *model.Operation) schedule.StepID { return schedule.StepID(o.Name) }
	for i := range rc.r.Steps {
		s := &rc.r.Steps[i]
		if s.Name == "" && i > 0 && (len(s.Needs) > 0 || len(s.Modes) > 0) {
			rc.r.Links = append(rc.r.Links, schedule.Link{From: rc.r.Steps[i-1].ID, To: s.ID})
		} else if s.Name == "" && i+1 < len(rc.r.Steps) {
			rc.r.Links = append(rc.r.Links, schedule.Link{From: s.ID, To: rc.r.Steps[i+1].ID})
		}
	}
	for _, o := range rc.steps {
		for _, d := range rc.index.blockers[o] {
			if _, ok := index[d.BlockedBy]; !ok {
				continue
			}
			if rc.follows(id(d.BlockedBy), id(o)) {
				rc.note(d.Entity, "operations %q and %q wait for each other; the former does not", o.Name, d.BlockedBy.Name)
			} else {
				rc.r.Links = append(rc.r.Links, schedule.Link{From: id(d.BlockedBy), To: id(o),
					MinWait: max(0, d.Hard), SoftWait: max(0, d.Hard) + max(0, d.Soft)})
			}
		}
	}
}

// follows reports whether a step is another one or comes after it.
func (rc *recipe) follows(later, earlier schedule.StepID) bool {
	behind := map[schedule.StepID]bool{earlier: true}
	for open := []schedule.StepID{earlier}; len(open) > 0; open = open[1:] {
		for _, l := range rc.r.Links {
			if l.From == open[0] && !behind[l.To] {
				behind[l.To] = true
				open = append(open, l.To)
			}
		}
	}
	return behind[later]
}

// wait maps the time after the last step until the item is there. If that is
// negative the work is shortened by it, where no resource has to finish it.
func (rc *recipe) wait() {
	if rc.offset <= 0 {
		rc.hasten()
		return
	}
	last := rc.r.Steps[len(rc.r.Steps)-1].ID
	s := schedule.Step{ID: last + " (wait)", Pausable: true, Modes: []schedule.Mode{{Fixed: rc.offset}}}
	s.Calendar = rc.calendars.open(siteHours(rc.op))
	rc.r.Steps = append(rc.r.Steps, s)
	if len(rc.r.Links) > 0 {
		rc.r.Links = append(rc.r.Links, schedule.Link{From: last, To: s.ID})
	}
}

func (rc *recipe) hasten() {
	left := -rc.offset
	for i := len(rc.r.Steps) - 1; i >= 0 && left > 0; i-- {
		s := &rc.r.Steps[i]
		if len(s.Modes) != 1 || len(s.Modes[0].Uses) > 0 {
			break
		}
		cut := min(left, s.Modes[0].Fixed)
		s.Modes[0].Fixed -= cut
		left -= cut
		if s.Modes[0].Fixed == 0 && s.Modes[0].PerUnit == 0 {
			s.Modes = nil
		}
	}
	if left > 0 {
		rc.note(rc.op.Entity, "operation %q: that it makes %s before its end is left out", rc.op.Name, rc.at.id)
	}
}
