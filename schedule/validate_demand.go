package schedule

import "fmt"

func (c *checker) orders() {
	first := index(c.p.Orders, func(x *Order) OrderID { return x.ID })
	own(c, "Orders", c.p.Orders, first, func(x *Order) OrderID { return x.ID })
	for i := range c.p.Orders {
		c.order(&c.p.Orders[i])
	}
}

func (c *checker) order(x *Order) {
	at := func(field string) func() string {
		return func() string { return named("Orders", x.ID) + field }
	}
	c.stocked(x.Item, at(".Item"))
	refer(c, c.routing, x.Routing, false, "routing", at(".Routing"))
	c.qty(x.Qty, 1, at(".Qty"))
	between(c, x.Status, 0, Released, at(".Status"))
	refer(c, c.line, x.Line, true, "contract line", at(".Line"))
	i, ok := c.routing[x.Routing]
	if !ok {
		return
	}
	r := &c.p.Routings[i]
	if r.Item != x.Item {
		c.add(BadOrder, at(".Routing")(), "routing %q makes %q, not %q", r.ID, r.Item, x.Item)
	}
	all := c.exploded[i].Steps
	steps := index(all, func(s *Step) StepID { return s.ID })
	seen := make(map[StepID]int, len(x.Steps))
	for k := range x.Steps {
		s := &x.Steps[k]
		in := func(field string) func() string { return at(fmt.Sprintf(".Steps[%d]%s", k, field)) }
		refer(c, steps, s.Step, false, "step", in(".Step"))
		if n, ok := seen[s.Step]; ok {
			c.add(DuplicateID, in(".Step")(), "%q is in Steps[%d] already", s.Step, n)
		}
		seen[s.Step] = k
		if j, ok := steps[s.Step]; ok {
			c.state(x, s, &all[j], in)
		}
	}
}

// state checks what is known of a step of an existing order.
func (c *checker) state(x *Order, s *StepState, step *Step, at func(string) func() string) {
	bad := func(field, format string, args ...any) { c.add(BadOrder, at(field)(), format, args...) }
	if s.Mode < 0 || s.Mode > 0 && s.Mode >= len(step.Modes) {
		c.add(OutOfRange, at(".Mode")(), "%d is not the index of a mode of step %q, which has %d", s.Mode, step.ID, len(step.Modes))
	}
	c.qty(s.Progress.Good, 0, at(".Progress.Good"))
	c.qty(s.Progress.Scrap, 0, at(".Progress.Scrap"))
	c.qty(s.Progress.Remaining, 0, at(".Progress.Remaining"))
	c.duration(s.Progress.Spent, at(".Progress.Spent"))
	c.duration(s.Setup, at(".Setup"))
	now := c.p.Now
	if now.IsZero() {
		now = c.p.From
	}
	switch {
	case s.Done && s.Started:
		bad("", "is both done and started; a step that is done is not at work")
	case (s.Done || s.Started) && x.Status == Approved:
		bad("", "is at work or done, but the order is only approved")
	case s.Started && s.Start.IsZero():
		bad(".Start", "is missing; a started step has one")
	case s.Started && s.Start.After(now):
		bad(".Start", "%s is in the future, but the step has started", stamp(s.Start))
	case s.Done && s.End.After(now):
		bad(".End", "%s is in the future, but the step is done", stamp(s.End))
	case !s.End.IsZero() && s.End.Before(s.Start):
		bad(".End", "%s is before its start, %s", stamp(s.End), stamp(s.Start))
	}
}

func (c *checker) lines() {
	own(c, "Contracts", c.p.Contracts, c.contract, func(x *Contract) ContractID { return x.ID })
	own(c, "Lines", c.p.Lines, c.line, func(x *ContractLine) LineID { return x.ID })
	for i := range c.p.Lines {
		x := &c.p.Lines[i]
		at := func(field string) func() string {
			return func() string { return named("Lines", x.ID) + field }
		}
		refer(c, c.contract, x.Contract, true, "contract", at(".Contract"))
		c.stocked(x.Item, at(".Item"))
		c.place(x.Location, at(".Location"))
		c.qty(x.Qty, 1, at(".Qty"))
		c.qty(x.MinShipment, 0, at(".MinShipment"))
		between(c, x.Status, 0, ClosedLine, at(".Status"))
		between(c, x.Priority, -maxCount, maxCount, at(".Priority"))
		c.money(x.Price, at(".Price"))
		c.money(x.Late, at(".Late"))
		c.money(x.Early, at(".Early"))
		c.money(x.Short, at(".Short"))
		c.duration(x.MaxLate, at(".MaxLate"))
		switch {
		case x.Due.IsZero():
			c.add(BadDate, at(".Due")(), "is missing")
		case !x.Earliest.IsZero() && x.Earliest.After(x.Due):
			c.add(BadDate, at(".Earliest")(), "%s is after the due date, %s", stamp(x.Earliest), stamp(x.Due))
		}
	}
}
