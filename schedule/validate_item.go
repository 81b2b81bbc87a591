package schedule

import "fmt"

func (c *checker) items() {
	own(c, "Items", c.p.Items, c.item, func(x *Item) ItemID { return x.ID })
	for i := range c.p.Items {
		x := &c.p.Items[i]
		at := func(field string) func() string {
			return func() string { return named("Items", x.ID) + field }
		}
		between(c, x.Unit.Decimals, 0, 9, at(".Unit.Decimals"))
		c.money(x.Cost, at(".Cost"))
		c.money(x.Holding, at(".Holding"))
		c.money(x.Load, at(".Load"))
		c.money(x.Area, at(".Area"))
		c.duration(x.SafetyTime, at(".SafetyTime"))
		c.lot(x.Lot, at(".Lot"))
		c.needed(x.Provisions, at(".Provisions"))
	}
}

func (c *checker) needed(ids []ProvisionID, path func() string) {
	for k, id := range ids {
		refer(c, c.provision, id, false, "provision", func() string { return fmt.Sprintf("%s[%d]", path(), k) })
	}
}

func (c *checker) lot(l Lot, path func() string) {
	in := func(field string) func() string { return func() string { return path() + field } }
	between(c, l.Rule, 0, PeriodCover, in(".Rule"))
	c.qty(l.Size, 0, in(".Size"))
	c.qty(l.Minimum, 0, in(".Minimum"))
	c.qty(l.Multiple, 0, in(".Multiple"))
	c.qty(l.Maximum, 0, in(".Maximum"))
	c.duration(l.Period, in(".Period"))
	switch {
	case l.Rule == FixedLot && l.Size == 0:
		c.add(BadLot, path()+".Size", "is 0; a fixed lot needs a size")
	case l.Rule == PeriodCover && l.Period == 0:
		c.add(BadLot, path()+".Period", "is 0; period cover needs a period")
	case l.Maximum > 0 && l.Minimum >= 0 && l.Multiple >= 0 && roundUp(max(l.Minimum, 1), l.Multiple) > l.Maximum:
		c.add(BadLot, path()+".Maximum", "%d allows no lot with a minimum of %d and a multiple of %d",
			l.Maximum, l.Minimum, l.Multiple)
	}
}

func (c *checker) source(s Source, path func(field string) func() string) {
	c.span(s.Effective, path(".Effective"))
	c.duration(s.Fence, path(".Fence"))
	c.duration(s.SafetyTime, path(".SafetyTime"))
	c.money(s.Cost, path(".Cost"))
	c.lot(s.Lot, path(".Lot"))
	for k := range s.Lots {
		in := func(field string) func() string { return path(fmt.Sprintf(".Lots[%d]%s", k, field)) }
		c.span(s.Lots[k].Effective, in(".Effective"))
		c.lot(s.Lots[k].Lot, in(".Lot"))
	}
	between(c, s.Share, 0, maxCount, path(".Share"))
}

func (c *checker) lanes() {
	first := index(c.p.Lanes, func(x *Lane) LaneID { return x.ID })
	own(c, "Lanes", c.p.Lanes, first, func(x *Lane) LaneID { return x.ID })
	for i := range c.p.Lanes {
		x := &c.p.Lanes[i]
		at := func(field string) func() string {
			return func() string { return named("Lanes", x.ID) + field }
		}
		refer(c, c.location, x.From, false, "location", at(".From"))
		refer(c, c.location, x.To, false, "location", at(".To"))
		if x.From == x.To {
			c.add(OutOfRange, at(".To")(), "%q is where the lane begins", x.To)
		}
		for k, id := range x.Items {
			refer(c, c.item, id, false, "item", at(fmt.Sprintf(".Items[%d]", k)))
		}
		c.duration(x.Time, at(".Time"))
		c.duration(x.TripTime, at(".TripTime"))
		c.duration(x.Handling, at(".Handling"))
		c.money(x.LoadPerTrip, at(".LoadPerTrip"))
		c.money(x.TripCost, at(".TripCost"))
		c.unitsOnly(x.Vehicle, at(".Vehicle"))
		c.unitsOnly(x.FromDock, at(".FromDock"))
		c.unitsOnly(x.ToDock, at(".ToDock"))
		c.takes(x.Uses, at)
		c.source(x.Source, at)
	}
}

func (c *checker) supplies() {
	first := index(c.p.Supplies, func(x *Supply) SupplyID { return x.ID })
	own(c, "Supplies", c.p.Supplies, first, func(x *Supply) SupplyID { return x.ID })
	for i := range c.p.Supplies {
		x := &c.p.Supplies[i]
		at := func(field string) func() string {
			return func() string { return named("Supplies", x.ID) + field }
		}
		refer(c, c.item, x.Item, false, "item", at(".Item"))
		refer(c, c.partner, x.Partner, false, "partner", at(".Partner"))
		c.place(x.Location, at(".Location"))
		c.duration(x.LeadTime, at(".LeadTime"))
		c.money(x.FixedCost, at(".FixedCost"))
		c.limit(x.Capacity, at(".Capacity"))
		c.takes(x.Uses, at)
		c.source(x.Source, at)
	}
}

// stock checks opening balances and receipts.
func (c *checker) stock() {
	for i := range c.p.Stock {
		x := &c.p.Stock[i]
		at := func(field string) func() string {
			return func() string { return fmt.Sprintf("Stock[%d]%s", i, field) }
		}
		c.stocked(x.Point.Item, at(".Point.Item"))
		c.place(x.Point.Place, at(".Point.Place"))
		c.qty(x.Qty, 0, at(".Qty"))
	}
	first := index(c.p.Receipts, func(x *Receipt) ReceiptID { return x.ID })
	own(c, "Receipts", c.p.Receipts, first, func(x *Receipt) ReceiptID { return x.ID })
	for i := range c.p.Receipts {
		x := &c.p.Receipts[i]
		at := func(field string) func() string {
			return func() string { return named("Receipts", x.ID) + field }
		}
		c.stocked(x.Item, at(".Item"))
		c.place(x.Location, at(".Location"))
		c.qty(x.Qty, 1, at(".Qty"))
		refer(c, c.partner, x.Partner, true, "partner", at(".Partner"))
		if x.At.IsZero() {
			c.add(BadDate, at(".At")(), "is missing")
		}
	}
}

// stocked checks a reference to an item that has to lie somewhere.
func (c *checker) stocked(id ItemID, path func() string) {
	refer(c, c.item, id, false, "item", path)
	if i, ok := c.item[id]; ok && c.p.Items[i].Phantom {
		c.add(BadPhantom, path(), "%q is a phantom, which is never in stock", id)
	}
}

func (c *checker) norms() {
	for i := range c.p.Norms {
		x := &c.p.Norms[i]
		at := func(field string) func() string {
			return func() string { return fmt.Sprintf("Norms[%d]%s", i, field) }
		}
		c.stocked(x.Point.Item, at(".Point.Item"))
		c.place(x.Point.Place, at(".Point.Place"))
		if err := x.Validate(); err != nil {
			c.add(BadNorm, at("")(), "%v", err)
		}
		c.qty(x.Min, 0, at(".Min"))
		c.qty(x.Max, 0, at(".Max"))
	}
}
