package standards

import (
	"math"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/norms"
)

// Options says by which rules standards are derived. The zero Options are
// usual ones.
type Options struct {
	// SetupShare is the accepted share of setup in the time of the leading
	// operation, in thousandths, 1 to 999; 0 means 50. Basis says of what.
	SetupShare int
	Basis      norms.ShareBasis
	// Fill is the working time that a lot has to keep its shortest operation
	// at work, such as half a shift. 0 means none.
	Fill time.Duration
	// Reserve is the safety time between stages, in working days. Items that
	// have an [schedule.Item.SafetyTime] keep that.
	Reserve time.Duration
	// Series are the launch periods of the plant, in working days. None means
	// those of a month of 20 days: see [norms.Series].
	Series []time.Duration
}

func (o Options) filled() Options {
	if o.SetupShare == 0 {
		o.SetupShare = 50
	}
	if len(o.Series) == 0 {
		o.Series = norms.Series(20, Day)
	}
	return o
}

// Derive returns the standards of all points that a programme needs, each
// before those that it takes from, down to what is bought.
//
// An item is looked at by the source that a planner tries first when the
// programme begins. Its need is that of the programme, through all levels,
// losses included and stocks not. From the need follow, in this order:
//
//   - the least lot: by the setup share on the leading operation, by Fill, and
//     the economic lot where there are a fixed cost and a price of holding;
//   - the launch period: the next of the series that nests with those of all
//     that take the item, and the lot that is used up in it, within the bounds
//     of the lot rule in force;
//   - the cycle of the lot: the longest way through the routing, transfer lots
//     overlapping, or the lead time of a supply or lane;
//   - the leads over the output of the plant, and the norms of stock in work
//     and at the point.
//
// The error is that of [schedule.Problem.Validate], of its calendars, or a
// [*wip.InvalidError] about programme and options. It takes O(n + s) time for
// n points of the network and s steps, times the sources of an item.
func Derive(p *schedule.Problem, g Programme, o Options) (*Table, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	p = schedule.Explode(p)
	x := schedule.NewIndex(p)
	if err := validate(p, x, &g, &o); err != nil {
		return nil, err
	}
	days, err := newDayCount(p, g.From, g.To)
	if err != nil {
		return nil, err
	}
	d := &derivation{
		options: o.filled(), days: days, floor: newShopFloor(p, x, days), network: newNetwork(p, x, g),
		table: &Table{Programme: g, Workdays: int(days.working / Day), Days: int(days.period / Day)},
	}
	for i := range d.network.nodes {
		if err := d.row(i); err != nil {
			return nil, err
		}
	}
	if err := d.leads(); err != nil {
		return nil, err
	}
	d.shops(p)
	return d.table, nil
}

// A derivation is the state of one call of Derive.
type derivation struct {
	options Options
	days    *dayCount
	floor   *shopFloor
	network *network
	table   *Table
}

// row derives what does not depend on what is below in the network.
func (d *derivation) row(i int) error {
	v := &d.network.nodes[i]
	r := Row{Point: v.point, Need: v.need, Reserve: d.options.Reserve}
	if v.item.SafetyTime > 0 {
		r.Reserve = d.days.elapsed(v.item.SafetyTime)
	}
	if err := d.leastLot(v, &r); err != nil {
		return err
	}
	if err := d.launch(v, &r); err != nil {
		return err
	}
	switch s := v.source; {
	case s.routing != nil:
		r.Shop, r.Routing = s.routing.Shop, s.routing.ID
		r.Cycle = d.floor.cycle(s.routing, r.Launch.Lot, v.item.Scale())
	case s.supply != nil:
		r.Supply = s.supply.ID
		r.Cycle.Waiting = d.days.elapsed(s.supply.LeadTime)
	case s.lane != nil:
		r.Lane = s.lane.ID
		r.Cycle.Waiting = d.days.elapsed(s.lane.Time)
	}
	d.network.pass(i, r.Launch.Lot)
	d.table.Rows = append(d.table.Rows, r)
	return d.norms(v, &d.table.Rows[i])
}

// rate returns how fast a point is taken from.
func (d *derivation) rate(v *node) norms.Rate { return norms.Rate{Qty: v.need, Per: d.days.working} }

// leastLot derives the least lot, at least 1.
func (d *derivation) leastLot(v *node, r *Row) error {
	r.LeastLot = 1
	raise := func(q wip.Qty, err error) error {
		r.LeastLot = max(r.LeastLot, q)
		return err
	}
	if routing := v.source.routing; routing != nil {
		var ops []norms.Operation
		var ids []schedule.StepID
		for k := range routing.Steps {
			if o := d.floor.operation(&routing.Steps[k], v.item.Scale()); o.Piece > 0 {
				ops, ids = append(ops, o), append(ids, routing.Steps[k].ID)
			}
		}
		if len(ops) > 0 {
			at, err := norms.Leading(ops)
			if err != nil {
				return err
			}
			r.Leading = ids[at]
			if err := raise(norms.SetupShareLot(ops[at], d.options.SetupShare, d.options.Basis)); err != nil {
				return err
			}
			if d.options.Fill > 0 {
				if err := raise(norms.ShiftLot(ops, d.options.Fill)); err != nil {
					return err
				}
			}
		}
	}
	return raise(d.economic(v))
}

// economic returns the economic lot, or 0 where there is no cost to weigh.
func (d *derivation) economic(v *node) (wip.Qty, error) {
	cost := int64(0)
	switch s := v.source; {
	case s.routing != nil:
		cost = s.routing.FixedCost
	case s.supply != nil:
		cost = s.supply.FixedCost
	}
	if cost <= 0 || v.item.Holding <= 0 || v.need <= 0 {
		return 0, nil
	}
	scale := float64(v.item.Scale())
	days := float64(d.days.period / Day)
	lot, err := norms.Economic{
		Demand: float64(v.need) / scale, SetupCost: float64(cost), Holding: float64(v.item.Holding) * days,
	}.Lot()
	return wip.Qty(min(math.Ceil(lot*scale), 1<<62)), err
}

// launch derives launch period and lot.
func (d *derivation) launch(v *node, r *Row) error {
	if v.need == 0 {
		r.Launch = norms.Launch{Lot: r.LeastLot}
		return nil
	}
	l, err := norms.LaunchPeriod(r.LeastLot, d.rate(v), d.options.Series)
	if err != nil {
		return err
	}
	var fed []time.Duration
	for _, t := range v.takers {
		if period := d.table.Rows[t].Launch.Period; period > 0 {
			fed = append(fed, period)
		}
	}
	if l.Period, err = norms.NestPeriod(l.Period, fed, d.options.Series); err != nil {
		return err
	}
	l.Lot, _ = d.rate(v).Over(l.Period)
	if s := v.source.common(); s != nil {
		rule := s.For(v.item)
		rule.Rule = schedule.LotForLot
		l.Lot = rule.Next(l.Lot)
	}
	r.Launch = l
	return nil
}

// norms derives the norms of stock. What nobody inside takes from has none at
// the point: it is made for customers, and leaves.
func (d *derivation) norms(v *node, r *Row) error {
	rate := d.rate(v)
	var err error
	if r.InWork, err = norms.InWork(v.point, rate, r.Launch.Lot, r.Cycle.Total()); err != nil {
		return err
	}
	if len(v.takers) == 0 {
		return nil
	}
	safety, err := norms.Safety(rate, r.Reserve)
	if err != nil {
		return err
	}
	r.Norm, err = norms.Store{In: r.Launch.Lot, Out: v.out, Safety: safety}.Norm(v.point)
	return err
}

// leads derives the lead offsets from cycles, periods and reserves.
func (d *derivation) leads() error {
	stages := make([]norms.Stage, len(d.table.Rows))
	for i := range d.table.Rows {
		r := &d.table.Rows[i]
		stages[i] = norms.Stage{Cycle: r.Cycle.Total(), Period: r.Launch.Period, Reserve: r.Reserve, Feeds: d.network.nodes[i].takers}
	}
	leads, err := norms.Leads(stages)
	if err != nil {
		return err
	}
	for i, l := range leads {
		r := &d.table.Rows[i]
		r.Lead = l
		r.LeadOut, r.LeadIn, _ = l.Pieces(d.rate(&d.network.nodes[i]))
	}
	return nil
}
