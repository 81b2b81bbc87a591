package scenario

import (
	"strings"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// verbs says how each line is read. It is not written to.
var verbs = map[string]func(*reader){
	"horizon":    (*reader).horizon,
	"calendar":   (*reader).calendar,
	"location":   (*reader).location,
	"shop":       (*reader).shop,
	"changeover": (*reader).changeover,
	"resource":   (*reader).resource,
	"item":       (*reader).item,
	"lane":       (*reader).lane,
	"partner":    (*reader).partner,
	"supply":     (*reader).supply,
	"provision":  (*reader).provision,
	"routing":    (*reader).routing,
	"step":       (*reader).step,
	"mode":       (*reader).mode,
	"need":       (*reader).need,
	"alternate":  (*reader).alternate,
	"product":    (*reader).product,
	"link":       (*reader).link,
	"hold":       (*reader).hold,
	"stock":      (*reader).stock,
	"receipt":    (*reader).receipt,
	"order":      (*reader).order,
	"state":      (*reader).state,
	"contract":   (*reader).contract,
	"line":       (*reader).contractLine,
	"norm":       (*reader).norm,
	"objective":  (*reader).objective,
	"lot":        (*reader).lot,
	"op":         (*reader).operation,
	"outside":    (*reader).outside,
	"buy":        (*reader).buy,
	"move":       (*reader).move,
	"ship":       (*reader).ship,
	"peg":        (*reader).peg,
	"promise":    (*reader).promise,
	"unplanned":  (*reader).unplanned,
	"spoil":      (*reader).spoil,
}

func (r *reader) horizon() {
	r.p.To = r.p.From.Add(r.toDuration(r.arg()))
	r.p.Now, r.p.FrozenUntil, r.p.ReleaseFrom = r.when("now"), r.when("frozen"), r.when("release")
	r.p.Tick = r.duration("tick")
}

func (r *reader) calendar() {
	c := calendar.Calendar{ID: calendar.ID(r.arg())}
	var shifts []calendar.Shift
	for r.more() {
		shifts = append(shifts, r.shift(r.arg(), false))
	}
	if o := r.option("overtime"); o != "" {
		shifts = append(shifts, r.shift(o, true))
	}
	c.Patterns = []calendar.Pattern{{Weeks: []calendar.Week{calendar.EveryDay(shifts...)}}}
	r.p.Calendars = append(r.p.Calendars, c)
}

func (r *reader) shift(s string, overtime bool) calendar.Shift {
	from, to, _ := strings.Cut(s, "-")
	return calendar.Shift{Start: r.clock(from), End: r.clock(to), Overtime: overtime}
}

func (r *reader) location() {
	r.p.Locations = append(r.p.Locations, schedule.Location{ID: schedule.LocationID(r.arg()), Area: r.int64("area")})
}

func (r *reader) shop() {
	r.p.Shops = append(r.p.Shops, schedule.Shop{
		ID: schedule.ShopID(r.arg()), Location: schedule.LocationID(r.option("at")), Calendar: schedule.CalendarID(r.option("calendar")),
	})
}

func (r *reader) changeover() {
	t := capacity.ChangeoverTable{ID: capacity.ChangeoverID(r.arg())}
	for r.more() {
		pair, takes, _ := strings.Cut(r.arg(), "=")
		from, to, _ := strings.Cut(pair, ">")
		c := capacity.Changeover{From: family(from), To: family(to), Forbidden: takes == "never"}
		if !c.Forbidden {
			c.Time = r.toDuration(takes)
		}
		t.Entries = append(t.Entries, c)
	}
	r.p.Changeovers = append(r.p.Changeovers, t)
}

func family(s string) capacity.Family { return capacity.Family(strings.TrimPrefix(s, "*")) }

func (r *reader) resource() {
	m := capacity.Resource{
		ID: capacity.ResourceID(r.arg()), Kind: capacity.Kind(r.option("kind")), Shop: capacity.ShopID(r.option("shop")),
		Units: 1, Pools: list[capacity.ResourceID](r.option("pools")), Skills: list[capacity.Skill](r.option("skills")),
		Calendar: calendar.ID(r.option("calendar")), Efficiency: r.int("efficiency"),
		Changeovers: capacity.ChangeoverID(r.option("changeover")), SetUpFor: capacity.Family(r.option("setup")),
		CostPerHour: r.int64("cost"), OvertimePerHour: r.int64("overtime"),
	}
	if r.has("units") {
		m.Units = r.int("units")
	}
	if s := r.span("exists"); s != (schedule.Span{}) {
		m.From, m.To = s.From, s.To
	}
	for _, s := range list[string](r.option("out")) {
		stretch, units, _ := strings.Cut(s, "*")
		from, to := r.stretch(stretch)
		m.Maintenance = append(m.Maintenance, capacity.Outage{From: from, To: to, Units: int(r.number64(units))})
	}
	for _, s := range list[string](r.option("qualified")) {
		skill, rest, _ := strings.Cut(s, "*")
		priority, span, _ := strings.Cut(rest, "*")
		when := r.toSpan(span)
		m.Qualifications = append(m.Qualifications, capacity.Qualification{
			Skill: capacity.Skill(skill), Priority: int(r.number64(priority)), From: when.From, To: when.To,
		})
	}
	for _, s := range list[string](r.option("buckets")) {
		stretch, amount, _ := strings.Cut(s, "*")
		from, to := r.stretch(stretch)
		m.Buckets = append(m.Buckets, capacity.Bucket{From: from, To: to, Work: capacity.Of(1, r.toDuration(amount))})
	}
	r.p.Resources = append(r.p.Resources, m)
}

func (r *reader) lotRule() schedule.Lot {
	l := schedule.Lot{Minimum: r.qty("minimum"), Multiple: r.qty("multiple"), Maximum: r.qty("maximum")}
	if r.has("fixed") {
		l.Rule, l.Size = schedule.FixedLot, r.qty("fixed")
	}
	if r.has("period") {
		l.Rule, l.Period = schedule.PeriodCover, r.duration("period")
	}
	return l
}

func (r *reader) source() schedule.Source {
	return schedule.Source{
		Priority: r.int("priority"), Effective: r.span("effective"), Fence: r.duration("fence"),
		SafetyTime: r.duration("safety"), Cost: r.int64("price"), Lot: r.lotRule(),
		Share: r.int("share"), Lots: r.lots(),
	}
}

// lots reads SPAN*MINIMUM/MULTIPLE/MAXIMUM, separated by commas.
func (r *reader) lots() (all []schedule.DatedLot) {
	for _, s := range list[string](r.option("lots")) {
		span, rule, _ := strings.Cut(s, "*")
		least, rule, _ := strings.Cut(rule, "/")
		multiple, most, _ := strings.Cut(rule, "/")
		all = append(all, schedule.DatedLot{Effective: r.toSpan(span), Lot: schedule.Lot{
			Minimum: wip.Qty(r.number64(least)), Multiple: wip.Qty(r.number64(multiple)), Maximum: wip.Qty(r.number64(most)),
		}})
	}
	return all
}

func (r *reader) item() {
	r.p.Items = append(r.p.Items, schedule.Item{
		ID: schedule.ItemID(r.arg()), Unit: wip.Unit{Decimals: r.int("decimals")}, Lot: r.lotRule(), Phantom: r.flag("phantom"),
		Provisions: list[schedule.ProvisionID](r.option("provisions")), Load: r.int64("load"), Area: r.int64("area"),
		Cost: r.int64("cost"), Holding: r.int64("holding"), SafetyTime: r.duration("safety"),
	})
}

func (r *reader) lane() {
	l := schedule.Lane{ID: schedule.LaneID(r.arg())}
	from, to, _ := strings.Cut(r.arg(), ">")
	l.From, l.To = schedule.LocationID(from), schedule.LocationID(to)
	l.Items = list[schedule.ItemID](r.option("items"))
	l.Time, l.Vehicle, l.TripTime = r.duration("time"), schedule.ResourceID(r.option("vehicle")), r.duration("trip")
	l.LoadPerTrip, l.TripCost = r.int64("load"), r.int64("tripcost")
	l.FromDock, l.ToDock = schedule.ResourceID(r.option("fromdock")), schedule.ResourceID(r.option("todock"))
	l.Handling, l.Source = r.duration("handling"), r.source()
	l.Uses = r.uses(r.option("uses"))
	r.p.Lanes = append(r.p.Lanes, l)
}

func (r *reader) partner() {
	r.p.Partners = append(r.p.Partners, schedule.Partner{
		ID: schedule.PartnerID(r.arg()), Calendar: schedule.CalendarID(r.option("calendar")), Capacity: r.limit("capacity"),
	})
}

func (r *reader) supply() {
	r.p.Supplies = append(r.p.Supplies, schedule.Supply{
		ID: schedule.SupplyID(r.arg()), Item: schedule.ItemID(r.arg()), Partner: schedule.PartnerID(r.arg()),
		Location: schedule.LocationID(r.option("at")), LeadTime: r.duration("lead"),
		FixedCost: r.int64("fixedcost"), Capacity: r.limit("capacity"), Uses: r.uses(r.option("uses")), Source: r.source(),
	})
}

func (r *reader) provision() {
	r.p.Provisions = append(r.p.Provisions, schedule.Provision{ID: schedule.ProvisionID(r.arg()), Ready: r.argTime()})
}

func (r *reader) routing() {
	r.p.Routings = append(r.p.Routings, schedule.Routing{
		ID: schedule.RoutingID(r.arg()), Item: schedule.ItemID(r.arg()), Shop: schedule.ShopID(r.option("shop")),
		FixedCost: r.int64("fixedcost"), LeadTime: r.duration("leadtime"), Source: r.source(),
	})
}

func (r *reader) step() {
	s := schedule.Step{
		ID: schedule.StepID(r.arg()), Family: capacity.Family(r.option("family")), Yield: r.int("yield"), Batch: r.qty("batch"),
		Transfer: r.qty("transfer"), Pausable: r.flag("pausable"), Queue: r.duration("queue"), Move: r.duration("move"),
		Provisions: list[schedule.ProvisionID](r.option("provisions")), Calendar: schedule.CalendarID(r.option("calendar")),
	}
	if partner := r.option("partner"); partner != "" {
		s.Subcontract = &schedule.Subcontract{Partner: schedule.PartnerID(partner), LeadTime: r.duration("lead"), Cost: r.int64("price")}
	}
	routing := last(r, r.p.Routings)
	routing.Steps = append(routing.Steps, s)
	if r.more() {
		r.mode()
	}
}

func (r *reader) mode() {
	m := schedule.Mode{
		Setup: r.duration("setup"), Fixed: r.duration("fixed"), PerUnit: r.duration("unit"), PerBatch: r.duration("perbatch"),
		Effective: r.span("effective"), Cost: r.int64("price"),
	}
	if uses := r.arg(); uses != "-" {
		m.Uses = r.uses(uses)
	}
	s := last(r, last(r, r.p.Routings).Steps)
	s.Modes = append(s.Modes, m)
}

// uses reads mill*2+man/welding+press:PERUNIT:FIXED.
func (r *reader) uses(s string) (list []schedule.Use) {
	if s == "" {
		return nil
	}
	for _, u := range strings.Split(s, "+") {
		u, amount, _ := strings.Cut(u, ":")
		perUnit, fixed, _ := strings.Cut(amount, ":")
		u, skill, _ := strings.Cut(u, "/")
		id, units, _ := strings.Cut(u, "*")
		list = append(list, schedule.Use{
			Resource: schedule.ResourceID(id), Units: int(r.number64(units)), Skill: capacity.Skill(skill),
			PerUnit: r.toDuration(perUnit), Fixed: r.toDuration(fixed),
		})
	}
	return list
}

func (r *reader) need() {
	s := last(r, last(r, r.p.Routings).Steps)
	s.Needs = append(s.Needs, schedule.Need{
		Item: schedule.ItemID(r.arg()), Per: r.argQty(), Fixed: r.qty("fixed"), Loss: r.int("loss"),
		Location: schedule.LocationID(r.option("at")), Offset: r.duration("offset"), Effective: r.span("effective"),
		Usable: r.span("usable"),
	})
}

func (r *reader) alternate() {
	n := last(r, last(r, last(r, r.p.Routings).Steps).Needs)
	n.Alternates = append(n.Alternates, schedule.Alternate{
		Item: schedule.ItemID(r.arg()), Per: r.qty("per"), Fixed: r.qty("fixed"), Effective: r.span("effective"), Cost: r.int64("price"),
		Priority: r.int("priority"),
	})
}

func (r *reader) product() {
	routing := last(r, r.p.Routings)
	routing.Products = append(routing.Products, schedule.Product{
		Item: schedule.ItemID(r.arg()), Per: r.argQty(), Fixed: r.qty("fixed"),
		Location: schedule.LocationID(r.option("at")), Step: schedule.StepID(r.option("step")), Effective: r.span("effective"),
	})
}

func (r *reader) link() {
	routing := last(r, r.p.Routings)
	from, to, _ := strings.Cut(r.arg(), ">")
	routing.Links = append(routing.Links, schedule.Link{
		From: schedule.StepID(from), To: schedule.StepID(to),
		MinWait: r.duration("min"), MaxWait: r.duration("max"), SoftWait: r.duration("soft"), NoWait: r.flag("nowait"),
	})
}

func (r *reader) hold() {
	routing := last(r, r.p.Routings)
	id, units, _ := strings.Cut(r.arg(), "*")
	from, to, _ := strings.Cut(r.arg(), ">")
	routing.Holds = append(routing.Holds, schedule.Hold{
		Resource: schedule.ResourceID(id), Units: int(r.number64(units)), From: schedule.StepID(from), To: schedule.StepID(to),
	})
}

func (r *reader) stock() {
	point := wip.Point{Item: schedule.ItemID(r.arg()), Place: schedule.LocationID(r.option("at"))}
	r.p.Stock = append(r.p.Stock, wip.Balance{Point: point, Qty: r.argQty()})
}

func (r *reader) receipt() {
	r.p.Receipts = append(r.p.Receipts, schedule.Receipt{
		ID: schedule.ReceiptID(r.arg()), Item: schedule.ItemID(r.arg()), Qty: r.argQty(), At: r.argTime(),
		Location: schedule.LocationID(r.option("at")),
	})
}

func (r *reader) order() {
	o := schedule.Order{
		ID: schedule.OrderID(r.arg()), Item: schedule.ItemID(r.arg()), Qty: r.argQty(),
		Routing: schedule.RoutingID(r.option("routing")), Due: r.when("due"), Line: schedule.LineID(r.option("line")),
	}
	r.status(&o.Status)
	r.p.Orders = append(r.p.Orders, o)
}

func (r *reader) state() {
	o := last(r, r.p.Orders)
	s := schedule.StepState{
		Step: schedule.StepID(r.arg()), Mode: r.int("mode"), Started: r.flag("started"), Done: r.flag("done"), Issued: r.flag("issued"),
		Progress: wip.Progress{Good: r.qty("good"), Scrap: r.qty("scrap"), Spent: r.duration("spent")}, Setup: r.duration("setup"),
	}
	if r.more() {
		s.Start, s.End = r.stretch(r.arg())
	}
	o.Steps = append(o.Steps, s)
}

func (r *reader) contract() {
	r.p.Contracts = append(r.p.Contracts, schedule.Contract{ID: schedule.ContractID(r.arg())})
}

func (r *reader) contractLine() {
	l := schedule.ContractLine{
		ID: schedule.LineID(r.arg()), Item: schedule.ItemID(r.arg()), Qty: r.argQty(), Due: r.argTime(),
		Contract: schedule.ContractID(r.option("contract")), Location: schedule.LocationID(r.option("at")),
		Earliest: r.when("earliest"), MinShipment: r.qty("min"), Together: r.option("together"), MaxLate: r.duration("maxlate"),
		Price: r.int64("price"), Priority: r.int("priority"), Late: r.int64("late"),
	}
	r.status(&l.Status)
	r.p.Lines = append(r.p.Lines, l)
}

func (r *reader) norm() {
	n := wip.Norm{Point: wip.Point{Item: schedule.ItemID(r.arg()), Place: schedule.LocationID(r.option("at"))}}
	low, high, _ := strings.Cut(r.arg(), "..")
	n.Min, n.Max = wip.Qty(r.number64(low)), wip.Qty(r.number64(high))
	n.Target = n.Min
	r.p.Norms = append(r.p.Norms, n)
}

func (r *reader) objective() {
	r.p.Objective = schedule.Objective{
		Late: r.int64("late"), LateLine: r.int64("lateline"), Short: r.int64("short"), Early: r.int64("early"),
		BelowNorm: r.int64("belownorm"), AboveNorm: r.int64("abovenorm"), Flow: r.int64("flow"), Makespan: r.int64("makespan"),
		Setup: r.int64("setup"), Rhythm: r.int64("rhythm"), EvenLoad: r.int64("evenload"), Money: r.int64("money"),
	}
}
