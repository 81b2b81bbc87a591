package simulate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A PlanError lists what a plan names that the problem does not have, and
// quantities that are none.
type PlanError struct {
	Issues []string // not empty
}

func (e *PlanError) Error() string { return "simulate: " + strings.Join(e.Issues, "; ") }

// pegKey is an alternate that a step takes.
type pegKey struct {
	order schedule.OrderID
	step  schedule.StepID
	item  schedule.ItemID
}

// Follow replaces the plan from now on. What the plant has begun goes on: orders
// in the shop, known by their ID, are given the new dates and resources for the
// steps that have not begun; orders that are not yet released, and purchases and
// transfers that have not been placed, are those of the new plan. The ID of an
// order that is finished may be used again.
//
// The error is a [*PlanError] if the plan does not fit the problem; then nothing
// changes.
func (s *Plant) Follow(plan *schedule.Plan) error {
	if err := s.checkPlan(plan); err != nil {
		return err
	}
	s.withdraw()
	pegged := map[pegKey]bool{}
	for i := range plan.Pegs {
		if d := &plan.Pegs[i].Demand; d.Kind == schedule.ForStep {
			pegged[pegKey{schedule.OrderID(d.ID), d.Step, plan.Pegs[i].Item}] = true
		}
	}
	known := len(s.orders)
	s.makeRoom(plan.Orders)
	for i := range plan.Orders {
		s.takeOn(&plan.Orders[i])
	}
	s.placeOperations(plan)
	for n := known; n < len(s.orders); n++ {
		o := &s.orders[n]
		for k := range o.routing.steps {
			if t := &s.tasks[int(o.first)+k]; t.state == waiting && !t.issued {
				s.claimMaterial(o.first+int32(k), pegged)
			}
		}
	}
	s.buy(plan)
	s.transferAll(plan)
	s.deliverAll(plan)
	s.sequence()
	s.growPoints()
	if s.keepsPlan() {
		s.dateClaims()
		s.reserve()
	}
	for i := range s.tasks {
		s.consider(int32(i))
	}
	for n := known; n < len(s.orders); n++ {
		s.begins(int32(n))
	}
	return nil
}

// makeRoom grows what holds orders once for all that may be taken on.
func (s *Plant) makeRoom(orders []schedule.PlannedOrder) {
	tasks, grants := 0, 0
	for i := range orders {
		if _, known := s.byID[orders[i].ID]; !known {
			r := &s.m.routings[s.m.x.Routings.Position(orders[i].Routing)]
			tasks += len(r.steps)
			grants += len(r.steps) * int(r.most)
		}
	}
	s.orders = slices.Grow(s.orders, len(orders))
	s.tasks = slices.Grow(s.tasks, tasks)
	s.grants = slices.Grow(s.grants, grants)
}

// checkPlan lists what does not fit the problem.
func (s *Plant) checkPlan(plan *schedule.Plan) error {
	var e PlanError
	add := func(format string, args ...any) { e.Issues = append(e.Issues, fmt.Sprintf(format, args...)) }
	routing := map[schedule.OrderID]schedule.RoutingID{}
	for i := range plan.Orders {
		o := &plan.Orders[i]
		if s.m.x.Routings.Find(o.Routing) == nil {
			add("Orders[%q].Routing: %q is unknown", o.ID, o.Routing)
		}
		if o.Qty <= 0 {
			add("Orders[%q].Qty: %d is not positive", o.ID, o.Qty)
		}
		if _, twice := routing[o.ID]; twice {
			add("Orders[%q]: is there twice", o.ID)
		}
		routing[o.ID] = o.Routing
	}
	for i := range plan.Operations {
		o := &plan.Operations[i]
		s.checkOperation(o, s.m.x.Step(routing[o.Order], o.Step), add)
	}
	for i := range plan.Subcontracts {
		if o := &plan.Subcontracts[i]; s.m.x.Step(routing[o.Order], o.Step) == nil {
			add("Subcontracts[%q/%q]: the step is unknown", o.Order, o.Step)
		}
	}
	for i := range plan.Purchases {
		if q := &plan.Purchases[i]; s.m.x.Supplies.Find(q.Supply) == nil {
			add("Purchases[%q].Supply: %q is unknown", q.ID, q.Supply)
		}
	}
	for i := range plan.Transfers {
		if t := &plan.Transfers[i]; s.m.x.Lanes.Find(t.Lane) == nil {
			add("Transfers[%q].Lane: %q is unknown", t.ID, t.Lane)
		}
	}
	for i := range plan.Deliveries {
		if d := &plan.Deliveries[i]; s.m.x.Lines.Find(d.Line) == nil {
			add("Deliveries[%d].Line: %q is unknown", i, d.Line)
		}
	}
	if len(e.Issues) == 0 {
		return nil
	}
	return &e
}

func (s *Plant) checkOperation(o *schedule.Operation, step *schedule.Step, add func(string, ...any)) {
	switch {
	case step == nil:
		add("Operations[%q/%q]: the step is unknown", o.Order, o.Step)
	case len(step.Modes) > 0 && (o.Mode < 0 || o.Mode >= len(step.Modes)):
		add("Operations[%q/%q].Mode: %d is unknown", o.Order, o.Step, o.Mode)
	case len(o.Resources) > 0 && (len(step.Modes) == 0 || len(o.Resources) != len(step.Modes[o.Mode].Uses)):
		add("Operations[%q/%q].Resources: %d do not fit the mode", o.Order, o.Step, len(o.Resources))
	case len(step.Modes) > 0:
		for u := range step.Modes[o.Mode].Uses {
			r := s.m.x.Resources.Find(o.Resource(&step.Modes[o.Mode], u))
			if r == nil || r.Units == 0 && len(r.Buckets) == 0 {
				add("Operations[%q/%q].Resources[%d]: %q is no resource with units", o.Order, o.Step, u, o.Resource(&step.Modes[o.Mode], u))
			}
		}
	}
}

// withdraw takes back what the plan before wanted and nothing has come of.
func (s *Plant) withdraw() {
	for n := range s.orders {
		o := &s.orders[n]
		if o.stage > pooled || o.rush || o.existing {
			continue
		}
		if o.stage == pooled {
			s.inPool--
			s.floor.leave(int32(n))
		}
		o.stage = dropped
	}
	for i := range s.tasks {
		if t := &s.tasks[i]; t.state <= ready {
			t.planned, t.plannedEnd, t.sequenced = never, never, false
		}
	}
	for i := range s.claims {
		c := &s.claims[i]
		c.key, c.place = never, 0
		if c.kind == forDelivery || c.kind == forTransfer || s.orders[s.tasks[c.index].order].stage == dropped {
			c.taken = true
		}
	}
	for i := range s.supplies {
		if x := &s.supplies[i]; !x.arrived && x.ordered >= s.now {
			x.off = true
		}
	}
}

// takeOn admits an order of the plan, unless it is in the shop already.
func (s *Plant) takeOn(o *schedule.PlannedOrder) {
	if n, ok := s.byID[o.ID]; ok && (s.orders[n].stage == released || s.orders[n].existing && s.orders[n].stage <= pooled) {
		return
	}
	known := s.m.x.Orders.Find(o.ID)
	n := order{
		id: o.ID, routing: &s.m.routings[s.m.x.Routings.Position(o.Routing)], qty: int64(o.Qty), planned: s.m.at(o.End),
		arrives: max(s.now, s.m.at(o.Release)), due: never, existing: known != nil && s.begun == s.now,
	}
	if n.existing && known.Status == schedule.Released {
		n.arrives = s.now
	}
	if !o.Due.IsZero() {
		n.due = s.m.at(o.Due)
	}
	i := s.admit(n)
	if n.existing {
		s.resumeOrder(i, known)
	}
}

// resumeOrder fills in what is known of the steps of an order that exists.
func (s *Plant) resumeOrder(n int32, known *schedule.Order) {
	o := &s.orders[n]
	for k := range o.routing.steps {
		t := &s.tasks[int(o.first)+k]
		state := s.m.x.State(known.ID, t.step.ID)
		if state == nil {
			continue
		}
		t.issued = state.Issued || state.Done || state.Started
		t.was = state
	}
}

// placeOperations gives tasks the dates and resources of the plan.
func (s *Plant) placeOperations(plan *schedule.Plan) {
	for i := range plan.Operations {
		o := &plan.Operations[i]
		t := s.taskOf(o.Order, o.Step)
		if t == nil || t.state > ready {
			continue
		}
		if t.queued {
			s.dequeue(s.numberOf(t))
		}
		t.planned, t.plannedEnd = s.m.at(o.Start), s.m.at(o.End)
		t.qty, t.overtime = int64(o.Qty), o.Overtime
		if t.pending == t.step.preds && t.state == waiting {
			t.in = t.qty
		}
		if len(t.step.modes) == 0 {
			continue
		}
		t.mode = int16(o.Mode)
		s.grantPlanned(t, o)
		t.sequenced = s.keepsPlan() && !o.Done && t.granted > 0
	}
	for i := range plan.Subcontracts {
		o := &plan.Subcontracts[i]
		if t := s.taskOf(o.Order, o.Step); t != nil && t.state <= ready {
			t.planned, t.plannedEnd, t.qty = s.m.at(o.Start), s.m.at(o.End), int64(o.Qty)
		}
	}
}

// grantPlanned writes down the resources of an operation. Where only the plan
// knows that they may be used at that time, it keeps its date.
func (s *Plant) grantPlanned(t *task, o *schedule.Operation) {
	m := &t.step.modes[t.mode]
	t.granted, t.dated = 0, false
	for u := range m.uses {
		r := int32(s.m.x.Resources.Position(o.Resource(m.Mode, u)))
		c := &s.m.resources[r]
		units := m.uses[u].units
		if c.counted {
			units = 0
		}
		skill := m.Uses[u].Skill
		t.dated = t.dated || c.counted || skill != "" && !slices.Contains(c.Skills, skill)
		s.grants[t.grant+int32(u)] = grant{r, units}
		t.granted++
		if u == 0 {
			t.hours = r
		} else {
			t.hours = s.m.together(t.hours, r)
		}
	}
	if t.step.calendar >= 0 && t.granted > 0 {
		t.hours = s.m.together(t.hours, t.step.calendar)
	}
}

// taskOf returns a step of an order of the plan, or nil.
func (s *Plant) taskOf(id schedule.OrderID, step schedule.StepID) *task {
	n, ok := s.byID[id]
	if !ok {
		return nil
	}
	o := &s.orders[n]
	for k := range o.routing.steps {
		if o.routing.steps[k].ID == step {
			return &s.tasks[int(o.first)+k]
		}
	}
	return nil
}

// numberOf returns the index of a task.
func (s *Plant) numberOf(t *task) int32 {
	o := &s.orders[t.order]
	for k := range o.routing.steps {
		if &s.tasks[int(o.first)+k] == t {
			return o.first + int32(k)
		}
	}
	return -1
}

// sequence makes the sequences of all resources: operations follow each other
// by their start in the plan.
func (s *Plant) sequence() {
	for r := range s.resources {
		s.resources[r].sequence, s.resources[r].next = nil, 0
		s.touch(int32(r))
	}
	for i := range s.tasks {
		t := &s.tasks[i]
		if !t.sequenced || t.state > ready || t.was != nil && t.was.Started {
			continue
		}
		granted := s.granted(t)
		for k, g := range granted {
			if !s.m.resources[g.resource].counted && !slices.ContainsFunc(granted[:k], func(o grant) bool { return o.resource == g.resource }) {
				s.resources[g.resource].sequence = append(s.resources[g.resource].sequence, int32(i))
			}
		}
	}
	for r := range s.resources {
		slices.SortFunc(s.resources[r].sequence, func(a, b int32) int {
			x, y := &s.tasks[a], &s.tasks[b]
			return cmp.Or(cmp.Compare(x.planned, y.planned), cmp.Compare(x.plannedEnd, y.plannedEnd),
				cmp.Compare(s.turnOf(x, a), s.turnOf(y, b)), cmp.Compare(a, b))
		})
	}
}

// turnOf returns the place of a task in the topological order of its routing.
func (s *Plant) turnOf(t *task, n int32) int32 {
	o := &s.orders[t.order]
	return o.routing.turn[n-o.first]
}

// dateClaims gives the claims of tasks the dates of the plan.
func (s *Plant) dateClaims() {
	for i := range s.claims {
		c := &s.claims[i]
		if c.taken || c.kind > forLateStep {
			continue
		}
		if t := &s.tasks[c.index]; t.planned != never {
			c.key = t.planned
			if c.kind == forLateStep {
				c.key += c.at
			}
		}
	}
}

// buy puts down the purchases of the plan.
func (s *Plant) buy(plan *schedule.Plan) {
	for i := range plan.Purchases {
		q := &plan.Purchases[i]
		v := s.m.x.Supplies.Find(q.Supply)
		if at := s.m.at(q.Order); at >= s.now || s.begun == s.now {
			s.expect(supply{id: q.ID, point: s.m.point(v.Item, v.Location), qty: int64(q.Qty), ordered: at}, s.m.at(q.Arrival))
		}
	}
}

// transferAll puts down the transfers of the plan.
func (s *Plant) transferAll(plan *schedule.Plan) {
	for i := range plan.Transfers {
		t := &plan.Transfers[i]
		if t.Departure.Before(s.m.time(s.now)) {
			continue
		}
		lane := s.m.x.Lanes.Find(t.Lane)
		n := int32(len(s.transfers))
		c := int32(len(s.claims))
		s.transfers = append(s.transfers, transfer{
			Transfer: t, lane: lane, travel: int64(t.Arrive.Sub(t.Departure)), vehicle: int32(s.m.x.Resources.Position(lane.Vehicle)),
		})
		at := s.m.at(t.Departure)
		s.claims = append(s.claims, claim{point: s.m.point(t.Item, lane.From), kind: forTransfer, index: n, qty: int64(t.Qty), at: at, key: at})
		s.agenda.push(at, mayTake, c, 0)
	}
}

// deliverAll puts down the deliveries of the plan, if it is to be kept.
func (s *Plant) deliverAll(plan *schedule.Plan) {
	for i := range plan.Deliveries {
		d := &plan.Deliveries[i]
		n := s.m.x.Lines.Position(d.Line)
		l := &s.lines[n]
		at := s.m.at(d.At)
		if s.begun == s.now && (l.planned == never || at > l.planned) {
			l.planned = at
		}
		if !s.keepsPlan() || l.off {
			continue
		}
		c := int32(len(s.claims))
		s.claims = append(s.claims, claim{point: l.point, kind: forDelivery, index: int32(n), qty: int64(d.Qty), at: max(at, l.earliest), key: at})
		s.agenda.push(max(s.now, at, l.earliest), mayTake, c, 0)
	}
}

// begins lets an order that has just been taken on come, or go on where it was.
func (s *Plant) begins(n int32) {
	o := &s.orders[n]
	s.agenda.push(o.arrives, arrives, n, 0)
	if o.existing && o.inProcess(s) {
		s.continueOrder(n)
	}
}

// inProcess reports whether anything of an order has begun.
func (o *order) inProcess(s *Plant) bool {
	for k := range o.routing.steps {
		if w := s.tasks[int(o.first)+k].was; w != nil && (w.Done || w.Started) {
			return true
		}
	}
	return false
}

// continueOrder takes up an order that was in the shop before the simulation:
// steps that are done let others follow, and started ones go on.
func (s *Plant) continueOrder(n int32) {
	o := &s.orders[n]
	o.stage, o.released, o.started = released, s.now, s.now
	s.inShop++
	s.workInShop += o.work
	if s.o.Release != nil {
		s.floor.load(n)
	}
	first := o.first
	for k := range o.routing.steps {
		if t := &s.tasks[first+int32(k)]; t.was != nil && t.was.Done {
			s.wasDone(first + int32(k))
		}
	}
	for k := range o.routing.steps {
		t := &s.tasks[first+int32(k)]
		switch {
		case t.state != waiting:
		case t.was != nil && t.was.Started:
			s.goesOn(first + int32(k))
		case t.pending == 0:
			s.becomeReady(first + int32(k))
		}
	}
	if s.orders[n].steps == 0 {
		s.finishOrder(n)
	}
}

// wasDone books a step that was done before the simulation.
func (s *Plant) wasDone(n int32) {
	t := &s.tasks[n]
	o := &s.orders[t.order]
	t.state, t.ended = done, s.m.at(t.was.End)
	o.steps--
	o.work -= t.standard
	s.workInShop -= t.standard
	if s.o.Release != nil {
		s.floor.unload(n)
	}
	for i := range t.step.links {
		l := &t.step.links[i]
		if at := t.ended + l.wait; at > s.now {
			s.agenda.push(at, linked, o.first+l.to, 0)
		} else {
			s.tasks[o.first+l.to].pending--
		}
	}
}

// goesOn continues a step that was started before the simulation, whether or
// not its resources have units for it.
func (s *Plant) goesOn(n int32) {
	t := &s.tasks[n]
	t.in = int64(t.was.ToDo(wip.Qty(t.qty)))
	t.before = t.qty - t.in
	t.pending = 0
	if len(t.step.modes) > 0 && t.granted == 0 {
		s.grantPlanned(t, &schedule.Operation{})
	}
	s.begin(n, 0)
}
