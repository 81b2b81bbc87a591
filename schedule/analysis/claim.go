package analysis

import (
	"cmp"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// Causes of claims that are not reported with a standstill.
const (
	LatePart = "late part" // its order was late by the shop's own doing
	Defect   = "defect"    // its order lost pieces to scrap
	NoNorm   = "no norm"   // nothing on the path was late: the plan was short
)

// A Party claims or is claimed from: a shop, or a partner who delivers. Both
// are empty if it is not known who.
type Party struct {
	Shop    schedule.ShopID
	Partner schedule.PartnerID
}

func (p Party) String() string {
	switch {
	case p.Shop != "":
		return string(p.Shop)
	case p.Partner != "":
		return string(p.Partner)
	default:
		return "-"
	}
}

// A Claim is what one party lost by another.
type Claim struct {
	Claimant, Respondent Party
	From, To             time.Time
	// Order and Step waited, at Resource.
	Order    schedule.OrderID
	Step     schedule.StepID
	Resource schedule.ResourceID
	// Item was short by Short base units; empty for a standstill.
	Item  wip.Point
	Short wip.Qty
	Cause string
	// Hours of working time were lost. Overtime is what it costs more if they
	// are made up, as far as the resource has worked overtime since, and Penalty
	// a share in what late contract lines cost. Cost is both, and the hours at
	// the rate of the resource.
	Hours                   float64
	Overtime, Penalty, Cost int64
	// Path are the orders from the one that was waited for to the one whose
	// norm was the first not to be kept.
	Path []schedule.OrderID

	lost time.Duration
}

// A Responsibility says which shop answers for standstills of a cause, such as
// the tool shop for missing tools. Standstills of other causes are the shop's
// own.
type Responsibility struct {
	Cause string
	Shop  schedule.ShopID
}

// Claims returns what shops lost in the period by others, sorted by start. The
// loss is working time in which a workplace had nothing else to do while a step
// that was due by the plan waited for material, or stood still by a cause that
// another shop answers for. Time of a workplace is lost once.
//
// It is charged to the earliest norm on the path that was not kept: not to the
// shop whose order was late if that waited in turn for material that was not
// there when it was due, but to who was to deliver that, and so on.
func (h *History) Claims(responsible []Responsibility) []Claim {
	t := tracer{h: h, responsible: map[string]schedule.ShopID{}, orders: map[schedule.OrderID]*Order{}}
	for _, r := range responsible {
		t.responsible[r.Cause] = r.Shop
	}
	for i := range h.Orders {
		t.orders[h.Orders[i].Planned.ID] = &h.Orders[i]
	}
	claims := append(t.material(), t.standstills()...)
	slices.SortStableFunc(claims, func(a, b Claim) int { return a.From.Compare(b.From) })
	h.makeUp(claims)
	h.penalise(claims)
	return claims
}

// A tracer follows losses to their origin.
type tracer struct {
	h           *History
	responsible map[string]schedule.ShopID
	orders      map[schedule.OrderID]*Order
}

// material returns the claims for what was not there.
func (t *tracer) material() []Claim {
	waits := t.h.waits()
	slices.SortStableFunc(waits, func(a, b Stretch) int { return a.From.Compare(b.From) })
	charged := make([]time.Time, len(t.h.p.Resources)) // until when the loss of each is claimed
	var claims []Claim
	for i := range waits {
		w := &waits[i]
		s := t.step(w.Order, w.Step)
		if w.For != ForMaterial || s == nil {
			continue
		}
		at := t.h.x.Resources.Position(w.Resource)
		if at < 0 {
			continue
		}
		from := later(later(w.From, s.Planned.Start), charged[at])
		lost := t.h.idle(at, from, w.To)
		if lost <= 0 {
			continue
		}
		charged[at] = w.To
		c := Claim{From: from, To: w.To, Order: w.Order, Step: w.Step, Resource: w.Resource, Item: w.Item, Short: w.Short}
		t.trace(&c, w, map[schedule.OrderID]bool{w.Order: true})
		claims = t.add(claims, c, at, lost)
	}
	return claims
}

// standstills returns the claims for workplaces that others stopped.
func (t *tracer) standstills() []Claim {
	var claims []Claim
	for _, s := range t.h.Stops {
		at := t.h.x.Resources.Position(s.Resource)
		from, to := later(s.From, t.h.From), earlier(s.To, t.h.To)
		c := Claim{From: from, To: to, Order: s.Order, Step: s.Step, Resource: s.Resource, Cause: s.Cause}
		c.Respondent.Shop = t.responsible[s.Cause]
		if c.Respondent.Shop != "" {
			claims = t.add(claims, c, at, t.h.lines[at].Between(from, to))
		}
	}
	return claims
}

// add adds a claim with its price, unless it is against the claimant.
func (t *tracer) add(claims []Claim, c Claim, resource int, lost time.Duration) []Claim {
	r := &t.h.p.Resources[resource]
	c.Claimant.Shop = r.Shop
	if c.Claimant == c.Respondent || lost <= 0 {
		return claims
	}
	c.Hours, c.lost = lost.Hours(), lost
	cost, _ := wip.Qty(r.CostPerHour).MulDiv(int64(lost), int64(time.Hour))
	c.Cost = int64(cost)
	return append(claims, c)
}

// idle returns the working time of a resource in which it did nothing.
func (h *History) idle(resource int, from, to time.Time) time.Duration {
	line := h.lines[resource]
	idle, now := time.Duration(0), from
	for _, s := range h.during(resource, from, to) {
		if s.End.After(now) && s.Start.Before(to) {
			idle += line.Between(now, s.Start)
			now = s.End
		}
	}
	return idle + line.Between(now, to)
}

func (t *tracer) step(order schedule.OrderID, step schedule.StepID) *Step {
	if o := t.orders[order]; o != nil {
		return o.step(step)
	}
	return nil
}

// trace finds who is charged for a stretch in which an item was short.
func (t *tracer) trace(c *Claim, x *Stretch, seen map[schedule.OrderID]bool) {
	e := t.relief(x)
	switch {
	case e != nil && e.Kind == wip.Received:
		c.Cause = LatePart
		due := time.Time{}
		c.Respondent.Partner, due = t.receipt(e.Receipt)
		if !due.IsZero() && !e.At.After(due) {
			c.Cause, c.Respondent = NoNorm, Party{}
		}
	case e != nil && t.orders[e.Order] != nil && !seen[e.Order]:
		t.blame(c, t.orders[e.Order], e.At, seen)
	default:
		if o := t.pegged(x); o != nil && !seen[o.Planned.ID] {
			t.blame(c, o, t.h.To, seen)
			return
		}
		c.Cause = NoNorm
	}
}

// relief returns the arrival that ended a shortage, or nil if it lasted to the
// end of the period.
func (t *tracer) relief(x *Stretch) (last *wip.Event) {
	if !x.To.Before(t.h.To) {
		return nil
	}
	for i := range t.h.delivered {
		if e := &t.h.delivered[i]; e.Point == x.Item && e.At.After(x.From) && !e.At.After(x.To) {
			last = e
		}
	}
	return last
}

// receipt returns who was to deliver a receipt, and when.
func (t *tracer) receipt(id wip.ReceiptID) (schedule.PartnerID, time.Time) {
	if r := t.h.x.Receipts.Find(id); r != nil {
		return r.Partner, r.At
	}
	for i := range t.h.plan.Purchases {
		if b := &t.h.plan.Purchases[i]; b.ID == string(id) {
			if s := t.h.x.Supplies.Find(b.Supply); s != nil {
				return s.Partner, b.Arrival
			}
		}
	}
	return "", time.Time{}
}

// pegged returns the order that was to make what a step waited for.
func (t *tracer) pegged(x *Stretch) *Order {
	step := schedule.DemandRef{Kind: schedule.ForStep, ID: string(x.Order), Step: x.Step}
	for i := range t.h.plan.Pegs {
		g := &t.h.plan.Pegs[i]
		if g.Demand == step && g.Item == x.Item.Item && g.Supply.Kind == schedule.FromOrder {
			return t.orders[schedule.OrderID(g.Supply.ID)]
		}
	}
	return nil
}

// blame charges the shop of an order that delivered at an instant, or who made
// it late in turn.
func (t *tracer) blame(c *Claim, o *Order, at time.Time, seen map[schedule.OrderID]bool) {
	seen[o.Planned.ID] = true
	if !at.After(o.Planned.End) {
		c.Cause, c.Respondent = NoNorm, Party{}
		return
	}
	c.Path = append(c.Path, o.Planned.ID)
	c.Respondent, c.Cause = Party{Shop: o.Planned.Shop}, LatePart
	for i := range o.Steps {
		s := &o.Steps[i]
		if x := t.held(o, s); x != nil {
			if x.For == ForMaterial {
				t.trace(c, x, seen)
			} else {
				c.Cause = x.Cause
				if shop := t.responsible[x.Cause]; shop != "" {
					c.Respondent = Party{Shop: shop}
				}
			}
			return
		}
		if s.Scrap > 0 {
			c.Cause = Defect
			return
		}
	}
}

// held returns the first stretch after its planned start in which a step waited
// for material or for a workplace that stood still, or nil.
func (t *tracer) held(o *Order, s *Step) *Stretch {
	ready, ok := t.h.ready(o, s)
	start := t.h.To
	if !s.Start.IsZero() {
		start = s.Start
	}
	ready = later(ready, s.Planned.Start)
	if !ok || !ready.Before(start) {
		return nil
	}
	for _, x := range t.h.waiting(s, ready, start) {
		if x.For == ForMaterial || x.For == ForRepair {
			return &x
		}
	}
	return nil
}

// A Balance is what a party claims and is charged.
type Balance struct {
	Party            Party
	Claimed, Charged int64
	Net              int64 // claimed less charged
}

// Net returns the balance of every party, in the order in which they occur.
func Net(claims []Claim) []Balance {
	var list []Balance
	at := func(p Party) *Balance {
		i := slices.IndexFunc(list, func(b Balance) bool { return b.Party == p })
		if i < 0 {
			i = len(list)
			list = append(list, Balance{Party: p})
		}
		return &list[i]
	}
	for i := range claims {
		c := &claims[i]
		at(c.Claimant).Claimed += c.Cost
		at(c.Respondent).Charged += c.Cost
	}
	for i := range list {
		list[i].Net = list[i].Claimed - list[i].Charged
	}
	return list
}

// A CauseShare is a cause with its part in all claims.
type CauseShare struct {
	Cause             string
	Claims            int
	Hours             float64
	Cost              int64
	Share, Cumulative float64 // of the hours
}

// Pareto returns the causes of claims by the hours lost, the most first; ties
// in the order in which they first occur.
func Pareto(claims []Claim) []CauseShare {
	var list []CauseShare
	total := 0.0
	for i := range claims {
		c := &claims[i]
		k := slices.IndexFunc(list, func(s CauseShare) bool { return s.Cause == c.Cause })
		if k < 0 {
			k = len(list)
			list = append(list, CauseShare{Cause: c.Cause})
		}
		list[k].Claims++
		list[k].Hours += c.Hours
		list[k].Cost += c.Cost
		total += c.Hours
	}
	slices.SortStableFunc(list, func(a, b CauseShare) int { return cmp.Compare(b.Hours, a.Hours) })
	sum := 0.0
	for i := range list {
		sum += list[i].Hours
		if total > 0 {
			list[i].Share, list[i].Cumulative = list[i].Hours/total, sum/total
		}
	}
	return list
}
