package verify_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

// allowed is a plan that uses most of the model and is allowed.
const allowed = `
	horizon 7d now=06:00 frozen=08:00 release=06:00
	calendar two 06:00-22:00 overtime=22:00-23:00
	calendar day 08:00-16:00
	location S area=1000
	location T area=100
	shop W at=S calendar=two
	shop Y at=T
	changeover C red>blue=20m blue>red=10m red>green=never
	resource M changeover=C setup=red shop=W
	resource N units=2 out=12:00-13:00*1 efficiency=500
	resource crew units=0 kind=labour
	resource ann kind=labour skills=weld pools=crew
	resource bob kind=labour pools=crew
	resource van kind=vehicle
	resource dock kind=dock
	partner P calendar=day capacity=20/1d
	provision drawing 07:00
	item A area=1 load=2 multiple=5 provisions=drawing
	item B
	item C
	item E area=1 load=2
	lane ST S>T time=1h vehicle=van trip=2h load=40 fromdock=dock todock=dock handling=10m
	supply buyB B P lead=2h fence=1h multiple=10 at=S capacity=100/1d
	routing RA A shop=W
	  step cut M setup=10m unit=6m family=blue transfer=5 pausable
	    need B 2 loss=100
	      alternate C per=3
	  step weld N+crew/weld unit=3m yield=500 queue=30m
	  step paint partner=P lead=4h
	  link cut>weld max=12h
	  link weld>paint
	  product E 1 step=weld
	routing RE E shop=Y effective=..5d00:00
	  step melt M batch=4 perbatch=1h family=red
	stock B 100 at=S
	stock C 10 at=S
	receipt R B 5 08:30 at=S
	order W1 E 8 routing=RE status=released
	  state melt 06:00-08:00 started
	contract K
	line L1 A 10 4d00:00 at=T contract=K price=5 min=5 earliest=1d00:00 maxlate=2d together=G
	line L2 A 5 2d00:00 at=T together=G
	norm E 5..50 at=T

	lot W1 E 8
	op W1/melt 06:00-08:00 started
	lot 1 A 15
	op 1/cut 08:00-11:30 qty=30
	op 1/weld 10:00-13:00 qty=30 on=N,ann
	outside 1/paint 13:00-1d09:00 qty=15
	buy b1 buyB 20 08:00-10:00
	move t1 ST A 15 1d10:00-1d11:00
	ship L1 10 1d12:00
	ship L2 5 1d12:00
`

// A mutation spoils an allowed plan, or its problem, in one way.
type mutation struct {
	code  verify.Code
	spoil func(p *schedule.Problem, plan *schedule.Plan)
}

// Positions in the allowed plan.
const (
	melt, cut, weld = 0, 1, 2 // operations
	w1, first       = 0, 1    // orders
)

var mutations = map[string]mutation{
	"problem not valid": {verify.InvalidProblem, func(p *schedule.Problem, _ *schedule.Plan) { p.Items[0].ID = "" }},
	"unknown routing":   {verify.UnknownReference, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Orders[first].Routing = "?" }},
	"unknown step":      {verify.UnknownReference, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Operations[cut].Step = "?" }},
	"unknown mode":      {verify.UnknownReference, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Operations[cut].Mode = 1 }},
	"unknown supply":    {verify.UnknownReference, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Purchases[0].Supply = "?" }},
	"unknown cause": {verify.UnknownReference, func(_ *schedule.Problem, plan *schedule.Plan) {
		plan.Promises[0].Why = []schedule.Cause{{Resource: "?"}}
	}},
	"order twice": {verify.Duplicate, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Orders = append(plan.Orders, plan.Orders[first]) }},
	"step twice": {verify.Duplicate, func(_ *schedule.Problem, plan *schedule.Plan) {
		plan.Operations = append(plan.Operations, plan.Operations[weld])
	}},
	"transfer twice": {verify.Duplicate, func(_ *schedule.Problem, plan *schedule.Plan) {
		plan.Transfers = append(plan.Transfers, plan.Transfers[0])
	}},
	"promise twice": {verify.Duplicate, func(_ *schedule.Problem, plan *schedule.Plan) {
		plan.Promises = append(plan.Promises, plan.Promises[0])
	}},
	"item of another routing":    {verify.Mismatch, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Orders[first].Item = "E" }},
	"item of another supply":     {verify.Mismatch, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Purchases[0].Item = "C" }},
	"item not for the lane":      {verify.Mismatch, func(p *schedule.Problem, _ *schedule.Plan) { p.Lanes[0].Items = []schedule.ItemID{"B"} }},
	"shop of another routing":    {verify.Mismatch, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Orders[first].Shop = "Y" }},
	"alternate not in effect":    {verify.NotEffective, alternateNotInEffect},
	"subcontract of a step":      {verify.Mismatch, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Subcontracts[0].Step = "weld" }},
	"delivery after the end":     {verify.OutsideHorizon, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Deliveries[0].At = day(8) }},
	"operation before now":       {verify.OutsideHorizon, func(_ *schedule.Problem, plan *schedule.Plan) { shift(&plan.Operations[cut], -3*time.Hour) }},
	"arrival after the end":      {verify.OutsideHorizon, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Purchases[0].Arrival = day(8) }},
	"order left out":             {verify.MissingOrder, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Orders = plan.Orders[1:] }},
	"step left out":              {verify.MissingStep, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Operations = plan.Operations[:weld] }},
	"subcontract left out":       {verify.MissingStep, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Subcontracts = nil }},
	"started step moved":         {verify.NotKept, func(_ *schedule.Problem, plan *schedule.Plan) { shift(&plan.Operations[melt], time.Minute) }},
	"started step not started":   {verify.NotKept, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Operations[melt].Started = false }},
	"new order of the problem":   {verify.NotKept, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Orders[first].Existing = true }},
	"quantity of a known order":  {verify.NotKept, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Orders[w1].Qty++ }},
	"frozen step moved":          {verify.NotKept, frozenStepMoved},
	"order not of a multiple":    {verify.BadLot, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Orders[first].Qty = 14 }},
	"purchase not of a multiple": {verify.BadLot, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Purchases[0].Qty = 21 }},
	"transfer of nothing":        {verify.BadLot, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Transfers[0].Qty = 0 }},
	"routing not in effect":      {verify.NotEffective, func(p *schedule.Problem, _ *schedule.Plan) { p.Routings[0].Effective.From = day(1) }},
	"mode not in effect":         {verify.NotEffective, func(p *schedule.Problem, _ *schedule.Plan) { p.Routings[0].Steps[0].Modes[0].Effective.To = p.Now }},
	"supply not in effect":       {verify.NotEffective, func(p *schedule.Problem, _ *schedule.Plan) { p.Supplies[0].Effective.From = day(1) }},
	"lane not in effect":         {verify.NotEffective, func(p *schedule.Problem, _ *schedule.Plan) { p.Lanes[0].Effective.To = day(1) }},
	"order before the fence":     {verify.BeforeFence, func(p *schedule.Problem, _ *schedule.Plan) { p.ReleaseFrom = day(2) }},
	"purchase in its fence":      {verify.BeforeFence, func(p *schedule.Problem, _ *schedule.Plan) { p.Supplies[0].Fence = 3 * time.Hour }},
	"released too late":          {verify.WrongBounds, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Orders[first].Release = plan.Orders[first].End }},
	"ended too early":            {verify.WrongBounds, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Orders[first].End = plan.Orders[first].Start }},
	"yield not covered":          {verify.WrongQuantity, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Operations[weld].Qty = 15 }},
	"without the skill":          {verify.WrongResource, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Operations[weld].Resources[1] = "bob" }},
	"served by the pool":         {verify.WrongResource, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Operations[weld].Resources[1] = "crew" }},
	"served by another":          {verify.WrongResource, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Operations[weld].Resources[0] = "M" }},
	"one resource too few": {verify.WrongResource, func(_ *schedule.Problem, plan *schedule.Plan) {
		plan.Operations[weld].Resources = []schedule.ResourceID{"N"}
	}},
	"two on one machine": {verify.Overload, func(_ *schedule.Problem, plan *schedule.Plan) { shift(&plan.Operations[cut], -time.Minute) }},
	"too few units":      {verify.Overload, func(p *schedule.Problem, _ *schedule.Plan) { p.Routings[0].Steps[1].Modes[0].Uses[0].Units = 2 }},
	"too few vehicles":   {verify.Overload, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Transfers[0].Trips = 2 }},
	"dock twice at once": {verify.Overload, func(p *schedule.Problem, plan *schedule.Plan) {
		p.Lanes[0].Time = 0
		plan.Transfers[0].Arrive = plan.Transfers[0].Departure.Add(-5 * time.Minute)
	}},
	"at night": {verify.OffShift, func(_ *schedule.Problem, plan *schedule.Plan) { shift(&plan.Operations[cut], 15*time.Hour) }},
	"overtime that is not asked": {verify.OffShift, func(_ *schedule.Problem, plan *schedule.Plan) {
		shift(&plan.Operations[cut], 14*time.Hour+30*time.Minute)
	}},
	"over a pause": {verify.OffShift, func(p *schedule.Problem, plan *schedule.Plan) {
		p.Routings[0].Steps[0].Pausable = false
		shift(&plan.Operations[cut], 12*time.Hour)
	}},
	"vehicle that does not work": {verify.OffShift, func(p *schedule.Problem, _ *schedule.Plan) { p.Resources[5].To = day(1) }},
	"too short": {verify.WrongDuration, func(_ *schedule.Problem, plan *schedule.Plan) {
		plan.Operations[weld].End = plan.Operations[weld].End.Add(-time.Second)
	}},
	"too long": {verify.WrongDuration, func(_ *schedule.Problem, plan *schedule.Plan) {
		plan.Operations[weld].End = plan.Operations[weld].End.Add(time.Second)
	}},
	"efficiency forgotten":        {verify.WrongDuration, func(p *schedule.Problem, _ *schedule.Plan) { p.Resources[1].Efficiency = 1000 }},
	"changeover forgotten":        {verify.WrongSetup, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Operations[cut].Setup -= 20 * time.Minute }},
	"another family before":       {verify.WrongSetup, func(p *schedule.Problem, _ *schedule.Plan) { p.Routings[1].Steps[0].Family = "blue" }},
	"family that may not follow":  {verify.ForbiddenChangeover, func(p *schedule.Problem, _ *schedule.Plan) { p.Routings[0].Steps[0].Family = "green" }},
	"before the first lot":        {verify.OutOfSequence, func(_ *schedule.Problem, plan *schedule.Plan) { shift(&plan.Operations[weld], -31*time.Minute) }},
	"before the last lot":         {verify.OutOfSequence, func(_ *schedule.Problem, plan *schedule.Plan) { shift(&plan.Operations[cut], 31*time.Minute) }},
	"queue forgotten":             {verify.OutOfSequence, func(p *schedule.Problem, _ *schedule.Plan) { p.Routings[0].Steps[1].Queue = 2 * time.Hour }},
	"before the end without lots": {verify.OutOfSequence, func(p *schedule.Problem, _ *schedule.Plan) { p.Routings[0].Steps[0].Transfer = 0 }},
	"waited too long":             {verify.WaitTooLong, func(_ *schedule.Problem, plan *schedule.Plan) { shift(&plan.Operations[weld], 14*time.Hour) }},
	"waited at all": {verify.WaitTooLong, func(p *schedule.Problem, plan *schedule.Plan) {
		p.Routings[0].Links[1].NoWait = true
		plan.Subcontracts[0].Start = plan.Subcontracts[0].Start.Add(time.Second)
	}},
	"drawing not ready":           {verify.NotProvided, func(p *schedule.Problem, _ *schedule.Plan) { p.Provisions[0].Ready = day(1) }},
	"not enough material":         {verify.OutOfStock, func(p *schedule.Problem, _ *schedule.Plan) { p.Stock[0].Qty = 50 }},
	"delivered before it is made": {verify.OutOfStock, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Deliveries[0].At = day(1) }},
	"moved before it is made":     {verify.OutOfStock, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Transfers[0].Departure = day(1) }},
	"no room":                     {verify.NoRoom, func(p *schedule.Problem, _ *schedule.Plan) { p.Locations[1].Area = 20 }},
	"purchase too soon": {verify.TooSoon, func(_ *schedule.Problem, plan *schedule.Plan) {
		plan.Purchases[0].Arrival = plan.Purchases[0].Arrival.Add(-time.Minute)
	}},
	"transfer too soon": {verify.TooSoon, func(_ *schedule.Problem, plan *schedule.Plan) {
		plan.Transfers[0].Arrive = plan.Transfers[0].Arrive.Add(-time.Minute)
	}},
	"subcontract too soon": {verify.TooSoon, func(_ *schedule.Problem, plan *schedule.Plan) {
		plan.Subcontracts[0].End = plan.Subcontracts[0].End.Add(-time.Minute)
	}},
	"too much for the partner":   {verify.OverLimit, func(p *schedule.Problem, _ *schedule.Plan) { p.Partners[0].Capacity.Qty = 14 }},
	"too much for the supply":    {verify.OverLimit, func(p *schedule.Problem, _ *schedule.Plan) { p.Supplies[0].Capacity.Qty = 19 }},
	"too much for a trip":        {verify.OverfullTrip, func(p *schedule.Problem, _ *schedule.Plan) { p.Lanes[0].LoadPerTrip = 29 }},
	"no trip":                    {verify.OverfullTrip, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Transfers[0].Trips = 0 }},
	"delivered too much":         {verify.OverDelivered, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Deliveries[0].Qty++ }},
	"delivered on a closed line": {verify.OverDelivered, func(p *schedule.Problem, _ *schedule.Plan) { p.Lines[0].Status = schedule.ClosedLine }},
	"delivered in part":          {verify.SmallShipment, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Deliveries[1].Qty-- }},
	"less than the least":        {verify.SmallShipment, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Deliveries[0].Qty = 4 }},
	"before it is accepted":      {verify.TooEarly, func(p *schedule.Problem, _ *schedule.Plan) { p.Lines[0].Earliest = day(2) }},
	"after it is accepted": {verify.TooLate, func(p *schedule.Problem, _ *schedule.Plan) {
		p.Lines[0].Due = p.Now
		p.Lines[0].MaxLate = time.Hour
		p.Lines[0].Earliest = p.Now
	}},
	"not together":              {verify.NotTogether, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Deliveries[1].At = day(2) }},
	"promise of another amount": {verify.WrongPromise, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Promises[0].Delivered++ }},
	"promise of another date":   {verify.WrongPromise, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Promises[0].Last = day(2) }},
	"no promise":                {verify.WrongPromise, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Promises = plan.Promises[1:] }},
	"late without reason":       {verify.NoReason, func(p *schedule.Problem, _ *schedule.Plan) { p.Lines[0].Due = day(1) }},
	"a reason on time": {verify.NoReason, func(_ *schedule.Problem, plan *schedule.Plan) {
		plan.Promises[0].Why = []schedule.Cause{{Kind: schedule.NoSource}}
	}},
	"peg of another item":    {verify.WrongPeg, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Pegs[0].Item = "C" }},
	"peg of nothing":         {verify.WrongPeg, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Pegs[0].Qty = 0 }},
	"peg to an unknown line": {verify.WrongPeg, func(_ *schedule.Problem, plan *schedule.Plan) { pegOfLine(plan).Demand.ID = "?" }},
	"line without peg": {verify.Unpegged, func(_ *schedule.Problem, plan *schedule.Plan) {
		pegOfLine(plan).Demand = schedule.DemandRef{Kind: schedule.ForNorm, Location: "T"}
	}},
	"pegged twice":               {verify.Unpegged, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Pegs = append(plan.Pegs, *pegOfLine(plan)) }},
	"more pegged than there is":  {verify.OverPegged, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Pegs = append(plan.Pegs, normPeg("t1", 1)) }},
	"pegged to what comes later": {verify.PegTooLate, func(p *schedule.Problem, plan *schedule.Plan) { p.Receipts[0].At = day(2); pegReceipt(plan) }},
	"metrics of another plan":    {verify.WrongMetrics, func(_ *schedule.Problem, plan *schedule.Plan) { plan.Metrics.Work++ }},
}

func day(n int) time.Time { return scenario.Start().AddDate(0, 0, n) }

func shift(o *schedule.Operation, d time.Duration) { o.Start, o.End = o.Start.Add(d), o.End.Add(d) }

// frozenStepMoved turns the new order into one of the problem that starts in
// the frozen zone, a little earlier than in the plan.
func frozenStepMoved(p *schedule.Problem, plan *schedule.Plan) {
	p.FrozenUntil = day(1)
	o := &plan.Orders[first]
	o.Existing = true
	p.Orders = append(p.Orders, schedule.Order{
		ID: o.ID, Item: o.Item, Routing: o.Routing, Qty: o.Qty,
		Steps: []schedule.StepState{{Step: "weld", Start: plan.Operations[weld].Start.Add(-time.Minute)}},
	})
}

// alternateNotInEffect takes an alternate of which there is enough, a day
// before it is in effect.
func alternateNotInEffect(p *schedule.Problem, plan *schedule.Plan) {
	p.Stock[1].Qty = 1000
	p.Routings[0].Steps[0].Needs[0].Alternates[0].Effective.From = day(1)
	for i := range plan.Pegs {
		if q := &plan.Pegs[i]; q.Item == "B" && q.Demand.Kind == schedule.ForStep {
			q.Item, q.Qty = "C", 100
		}
	}
}

func pegOfLine(plan *schedule.Plan) *schedule.Peg {
	for i := range plan.Pegs {
		if plan.Pegs[i].Demand.Kind == schedule.ForLine {
			return &plan.Pegs[i]
		}
	}
	return nil
}

func normPeg(transfer string, q wip.Qty) schedule.Peg {
	return schedule.Peg{
		Supply: schedule.SupplyRef{Kind: schedule.FromTransfer, ID: transfer},
		Demand: schedule.DemandRef{Kind: schedule.ForNorm, Location: "T"}, Item: "A", Qty: q,
	}
}

// pegReceipt takes 5 of what a step consumes from a receipt.
func pegReceipt(plan *schedule.Plan) {
	for i := range plan.Pegs {
		if q := &plan.Pegs[i]; q.Item == "B" && q.Demand.Kind == schedule.ForStep {
			q.Qty -= 5
			late := *q
			late.Supply, late.Qty = schedule.SupplyRef{Kind: schedule.FromReceipt, ID: "R"}, 5
			plan.Pegs = append(plan.Pegs, late)
			return
		}
	}
}

func parse(t *testing.T, text string) (*schedule.Problem, *schedule.Plan) {
	t.Helper()
	p, plan, err := scenario.Parse(text)
	require.NoError(t, err)
	return p, plan
}

func TestAllowedPlan(t *testing.T) {
	assert.Empty(t, verify.Check(parse(t, allowed)))
}

// Each mutation of the allowed plan is found.
func TestMutations(t *testing.T) {
	for name, m := range mutations {
		t.Run(name, func(t *testing.T) {
			p, plan := parse(t, allowed)
			m.spoil(p, plan)
			assert.Contains(t, codes(verify.Check(p, plan)), m.code)
		})
	}
}

// Every code has a mutation.
func TestMutationsAreComplete(t *testing.T) {
	tried := map[string]bool{}
	for _, m := range mutations {
		tried[string(m.code)] = true
	}
	for name, example := range codeExamples(t) {
		assert.True(t, tried[example.code], name)
	}
}

func codes(list []verify.Violation) []verify.Code {
	var codes []verify.Code
	for _, v := range list {
		codes = append(codes, v.Code)
	}
	return codes
}
