package mapping

import (
	"cmp"
	"slices"
	"time"

	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
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
	r          schedule.Routing
}

// makes adds the routings by which an operation fills a stock point, and
// reports whether there is any.
func (mp *mapper) makes(o *model.Operation, at *point) bool {
	any := false
	for _, v := range mp.variants(o) {
		flows := mp.outputs(v, at)
		for n, span := range slicesOf(flows, func(f *model.Flow) model.Span { return f.Effective }) {
			rc := &recipe{mapper: mp, variant: v, op: o, at: at, batch: at.batch}
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

// outputs returns the flows of a variant that fill a stock point.
func (mp *mapper) outputs(v variant, at *point) []*model.Flow {
	var list []*model.Flow
	for _, part := range v.parts() {
		for _, f := range mp.index.flows[part] {
			if produces(f) && mp.flowPoint(f, part, at.batch) == at {
				list = append(list, f)
			}
		}
	}
	return list
}

// delivers adds the routings by which an operation delivers.
func (mp *mapper) delivers(o *model.Operation, at *point) {
	for _, v := range mp.variants(o) {
		rc := &recipe{mapper: mp, variant: v, op: o, at: at, batch: at.batch, per: model.One}
		rc.add()
	}
}

// add adds the routing of a recipe, if it can ever be carried out.
func (rc *recipe) add() bool {
	if !rc.build() {
		return false
	}
	rc.p.Routings = append(rc.p.Routings, rc.r)
	rc.out.Operations[rc.r.ID] = rc.op
	return true
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
	rc.wait()
	if len(rc.r.Steps) == 0 {
		rc.r.Steps = []schedule.Step{{ID: "none"}}
	}
	return true
}

func (rc *recipe) newID() schedule.RoutingID {
	id := rc.op.Name + rc.suffix
	if rc.batch != "" {
		id += " [" + rc.batch + "]"
	}
	if _, taken := rc.out.Operations[schedule.RoutingID(id)]; taken {
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

// lot maps the sizes, which are quantities of orders, to amounts of the item.
func (rc *recipe) lot(lead time.Duration) (schedule.Lot, []schedule.DatedLot) {
	s := rc.sized.Sizes
	if rc.per == 0 {
		return schedule.Lot{Rule: schedule.FixedLot, Size: wip.Qty(rc.fixed)}, nil
	}
	if batch := rc.transferBatch(); batch > 0 && (s.Maximum == 0 || s.Maximum > batch) {
		s.Maximum = max(batch, s.Minimum, s.Multiple)
		rc.note(rc.sized.Entity, "operation %q: what moves on in batches is made in orders of %s", rc.sized.Name, s.Maximum)
	}
	size := func(q model.Amount) wip.Qty { return times(q, rc.per) + wip.Qty(rc.fixed) }
	if s.MinimumCalendar == nil {
		return rc.lotOf(s, size, rc.sized.Entity), nil
	}
	var dated []schedule.DatedLot
	for _, v := range rc.calendars.values(s.MinimumCalendar) {
		s.Minimum = v.Value
		dated = append(dated, schedule.DatedLot{Effective: schedule.Span(earlier(model.Span{From: v.From, To: v.To}, lead)), Lot: rc.lotOf(s, size, rc.sized.Entity)})
	}
	return schedule.Lot{}, dated
}

// transferBatch returns the least batch in which an operation passes material
// on, if it takes no time whatever the quantity: then an order of several
// batches is as good as several orders.
func (rc *recipe) transferBatch() model.Amount {
	if len(rc.steps) != 1 || rc.steps[0].Duration > 0 {
		return 0
	}
	least := model.Amount(0)
	for _, f := range rc.index.flows[rc.steps[0]] {
		if f.Kind == "flow_transfer_batch" && f.Transfer > 0 && (least == 0 || f.Transfer < least) {
			least = f.Transfer
		}
	}
	return least
}

// lotOf maps sizes, of which size gives the amount.
func (mp *mapper) lotOf(s model.Sizes, size func(model.Amount) wip.Qty, e model.Entity) schedule.Lot {
	lot := schedule.Lot{}
	if s.Minimum > 0 {
		lot.Minimum = size(s.Minimum)
	}
	if s.Multiple > 0 {
		lot.Multiple = size(s.Multiple) - size(0)
	}
	if s.Maximum > 0 && s.Maximum < model.MaxAmount {
		lot.Maximum = size(s.Maximum)
	}
	if lot.Maximum > 0 && lot.Maximum < lot.Minimum {
		mp.note(e, "the maximum size is below the minimum; it is left out")
		lot.Maximum = 0
	}
	if lot.Maximum > 0 && lot.Multiple > 0 && (max(1, lot.Minimum)+lot.Multiple-1)/lot.Multiple*lot.Multiple > lot.Maximum {
		mp.note(e, "no multiple lies between minimum and maximum size; the maximum is left out")
		lot.Maximum = 0
	}
	if s.BatchWindow > 0 {
		lot.Rule, lot.Period = schedule.PeriodCover, s.BatchWindow
	}
	return lot
}

// quantity is what an order of which per is not known is taken to have: that
// which makes a fixed amount.
func (rc *recipe) quantity() model.Amount { return max(model.One, rc.sized.Sizes.Minimum) }

// perUnit returns what an amount per unit of an order's quantity comes to per
// unit of the item.
func (rc *recipe) perUnit(a model.Amount) model.Amount {
	if rc.per == 0 {
		return 0
	}
	return model.Amount(float64(a) / rc.per.Float())
}

// once returns what an order takes whatever its size: the fixed part, and all
// of it if the order always makes a fixed amount.
func (rc *recipe) once(fixed, per model.Amount) wip.Qty {
	if rc.per == 0 {
		fixed += model.Amount(times(rc.quantity(), per))
	}
	return wip.Qty(fixed)
}

// times multiplies two amounts.
func times(a, b model.Amount) wip.Qty {
	q, ok := wip.Qty(a).MulDiv(int64(b), int64(model.One))
	if !ok || q > wip.Qty(model.MaxAmount)*1000 {
		return wip.Qty(model.MaxAmount) * 1000
	}
	return q
}

// step maps one operation of the routing with its flows and loads. Work goes on
// after closed hours, but not after a time without capacity: as both pause it
// or neither does, closed hours decide.
func (rc *recipe) step(o *model.Operation) bool {
	s := schedule.Step{ID: rc.stepID(o), Name: o.Name}
	s.Calendar = rc.calendars.open(o.Available, siteHours(o))
	s.Pausable = s.Calendar != ""
	modes, ok := rc.modes(o, &s)
	if !ok {
		return false
	}
	s.Modes = modes
	before, after := schedule.Step{ID: s.ID + " (begin)"}, schedule.Step{ID: s.ID + " (end)"}
	rc.consume(o, &s, &after)
	if rc.produce(o, &s, &before) {
		rc.r.Steps = append(rc.r.Steps, before)
	}
	rc.r.Steps = append(rc.r.Steps, s)
	if len(after.Needs) > 0 {
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

// consume maps the flows of an operation that take material; those at the end
// go to a step of no time behind it.
func (rc *recipe) consume(o *model.Operation, start, end *schedule.Step) {
	for _, d := range rc.index.blockers[o] {
		if !slices.Contains(rc.steps, d.BlockedBy) {
			start.Needs = append(start.Needs, rc.blocked(d))
		}
	}
	for _, group := range alternatives(rc.index.flows[o]) {
		to := start
		if group[0].Kind == "flow_end" {
			to = end
		}
		to.Needs = append(to.Needs, rc.needs(group, o)...)
	}
}

// blocked maps an operation that has to be done before: its completion is an
// item on paper.
func (rc *recipe) blocked(d *model.Dependency) schedule.Need {
	pt := rc.completion(d.BlockedBy)
	if d.Soft > 0 {
		for i := range rc.p.Items {
			if rc.p.Items[i].ID == pt.id {
				rc.p.Items[i].SafetyTime = max(rc.p.Items[i].SafetyTime, d.Soft)
			}
		}
	}
	return schedule.Need{Item: pt.id, Location: pt.place, Offset: -max(0, d.Hard),
		Per: wip.Qty(rc.perUnit(d.Quantity)), Fixed: rc.once(0, d.Quantity)}
}

// alternatives groups the flows that take material by their name; those
// without are groups of their own. Flows of one item with disjoint dates are
// no alternates of each other.
func alternatives(flows []*model.Flow) [][]*model.Flow {
	var groups [][]*model.Flow
	for _, f := range flows {
		if produces(f) || f.Quantity == 0 && f.Fixed == 0 {
			continue
		}
		i := slices.IndexFunc(groups, func(g []*model.Flow) bool { return f.Name != "" && g[0].Name == f.Name })
		if i < 0 {
			groups = append(groups, []*model.Flow{f})
		} else {
			groups[i] = append(groups[i], f)
		}
	}
	for _, g := range groups {
		slices.SortStableFunc(g, func(a, b *model.Flow) int { return cmp.Compare(rank(a.Priority), rank(b.Priority)) })
	}
	return groups
}

// rank sorts what is only used by hand, priority 0, behind all others.
func rank(priority int) int {
	if priority == 0 {
		return 1 << 30
	}
	return priority
}

// needs maps a group of alternate flows: for every span in which the same of
// them are in effect, the first one with the others as its alternates.
func (rc *recipe) needs(group []*model.Flow, o *model.Operation) []schedule.Need {
	var list []schedule.Need
	for _, span := range slicesOf(group, func(f *model.Flow) model.Span { return f.Effective }) {
		var n *schedule.Need
		for _, f := range group {
			if !covers(f.Effective, span) || f.Priority == 0 && len(group) > 1 {
				continue
			}
			pt := rc.flowPoint(f, o, rc.batch)
			per := wip.Qty(rc.perUnit(-f.Quantity))
			if n == nil {
				list = append(list, schedule.Need{Item: pt.id, Location: pt.place, Per: per, Fixed: rc.once(-f.Fixed, -f.Quantity),
					Offset: f.Offset, Effective: schedule.Span(span)})
				n = &list[len(list)-1]
				continue
			}
			if pt.place != n.Location {
				rc.note(f.Entity, "operation %q: the alternate at another location, %s, is left out", o.Name, pt.id)
				continue
			}
			n.Alternates = append(n.Alternates, schedule.Alternate{Item: pt.id, Per: per, Fixed: rc.once(-f.Fixed, -f.Quantity), Priority: f.Priority})
		}
	}
	return list
}

// slicesOf cuts time where one of a list comes into effect or goes out of it.
func slicesOf[T any](list []T, effective func(T) model.Span) []model.Span {
	var cuts []time.Time
	for _, x := range list {
		for _, t := range []time.Time{effective(x).From, effective(x).To} {
			if !t.IsZero() {
				cuts = append(cuts, t)
			}
		}
	}
	slices.SortFunc(cuts, time.Time.Compare)
	cuts = slices.CompactFunc(cuts, time.Time.Equal)
	spans := []model.Span{{}}
	for _, t := range cuts {
		spans[len(spans)-1].To = t
		spans = append(spans, model.Span{From: t})
	}
	return spans
}

// covers reports whether all of a slice lies in a span.
func covers(s, slice model.Span) bool {
	return !slice.From.Before(s.From) && (s.To.IsZero() || !slice.To.IsZero() && !slice.To.After(s.To))
}

// produce maps the flows of an operation that make something besides the
// recipe's item. It reports whether any comes at the beginning, before the step.
func (rc *recipe) produce(o *model.Operation, s, before *schedule.Step) bool {
	early := false
	for _, f := range rc.index.flows[o] {
		if !produces(f) {
			continue
		}
		pt := rc.flowPoint(f, o, rc.batch)
		if pt == rc.at {
			continue
		}
		c := schedule.Product{Item: pt.id, Location: pt.place, Step: s.ID, Per: wip.Qty(rc.perUnit(f.Quantity)), Fixed: rc.once(f.Fixed, f.Quantity), Effective: schedule.Span(f.Effective)}
		if f.Kind == "flow_start" {
			c.Step, early = before.ID, true
		}
		rc.r.Products = append(rc.r.Products, c)
	}
	return early
}

// wholeFlows maps the flows of the routing itself: material is taken by the
// first step, and what is made comes from the last.
func (rc *recipe) wholeFlows() {
	if len(rc.r.Steps) == 0 {
		rc.r.Steps = []schedule.Step{{ID: "none"}}
	}
	first, last := &rc.r.Steps[0], &rc.r.Steps[len(rc.r.Steps)-1]
	for _, w := range rc.wholes {
		var before schedule.Step
		rc.consume(w, first, last)
		rc.produce(w, last, &before)
	}
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
	for i := range rc.r.Steps[:max(0, len(rc.r.Steps)-1)] {
		l := schedule.Link{From: rc.r.Steps[i].ID, To: rc.r.Steps[i+1].ID}
		if o := rc.operation(i); o != nil && o.HardPost {
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
		if s.Name == "" && i > 0 && len(s.Needs) > 0 {
			rc.r.Links = append(rc.r.Links, schedule.Link{From: rc.r.Steps[i-1].ID, To: s.ID})
		} else if s.Name == "" && i+1 < len(rc.r.Steps) {
			rc.r.Links = append(rc.r.Links, schedule.Link{From: s.ID, To: rc.r.Steps[i+1].ID})
		}
	}
	for _, o := range rc.steps {
		for _, d := range rc.index.blockers[o] {
			if _, ok := index[d.BlockedBy]; ok {
				rc.r.Links = append(rc.r.Links, schedule.Link{From: id(d.BlockedBy), To: id(o),
					MinWait: max(0, d.Hard), SoftWait: max(0, d.Hard) + max(0, d.Soft)})
			}
		}
	}
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
