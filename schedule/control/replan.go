package control

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/wip"
)

// An Extent says how far a correction may go, in the order of the disturbance
// that it brings. Each includes the ones before, but for the order on machines,
// which only RightShift keeps.
type Extent int

const (
	// RightShift has what cannot stay wait, and all behind it, in its order.
	RightShift Extent = iota
	// Resequence puts it into free time of its machines, so that others stay.
	Resequence
	// Reroute lets it go to other machines and modes.
	Reroute
	// Overtime lets it work in overtime.
	Overtime
	// Subcontract plans what is late anew, from any source: other routings,
	// partners, suppliers.
	Subcontract
	// Full looks for a better plan for as long as it may.
	Full
)

var extents = []string{"right-shift", "resequence", "reroute", "overtime", "subcontract", "full"}

func (e Extent) String() string {
	if e < 0 || int(e) >= len(extents) {
		return "unknown"
	}
	return extents[e]
}

// Options says how to correct a plan. The zero value shifts to the right.
type Options struct {
	Extent Extent
	// Frozen is how long from now nothing moves that can stay: operations that
	// start so soon make way for nobody.
	Frozen time.Duration
	// Firm is how long from now the orders that are released so soon stay what
	// they are, with their dates at the planner's disposal. Less than Frozen
	// counts as Frozen. Beyond, lots may be made and unmade.
	Firm time.Duration
	// Change is the price of each operation or release that moves, which a
	// better plan has to be worth. 0 means that of the objective.
	Change int64
	// Repair is for how long what stands still is out of service, unless Down
	// says otherwise. 0 means 4 hours. See [RepairTime].
	Repair time.Duration
	Down   []Estimate
	// MaxSteps, Seed and Workers are those of [heuristic.Options], for
	// Subcontract, which counts a negative MaxSteps, and Full.
	MaxSteps int64
	Seed     uint64
	Workers  int
}

func (o *Options) repair() time.Duration {
	if o.Repair == 0 {
		return 4 * time.Hour
	}
	return o.Repair
}

// freedom is what heuristic calls an extent up to Overtime.
func (o *Options) freedom(e Extent, now time.Time) heuristic.Freedom {
	f := heuristic.Freedom{Gaps: e >= Resequence, Reroute: e >= Reroute, Overtime: e >= Overtime}
	if o.Frozen > 0 {
		f.Keep = now.Add(o.Frozen)
	}
	return f
}

// Replan corrects plan, which is being executed for p, by what is true now. It
// takes the steps that a dispatcher does: what is at work goes on, what cannot
// stay is shifted, and as far as the extent allows, a better place is looked for.
//
// The error is that of [Present], a [*schedule.InvalidError] if what is true now
// is not a valid problem, or that of ctx if it has ended before there was any
// plan. From then on, the end of ctx ends the search, and the best plan so far is
// the result. None of the arguments is changed.
func Replan(ctx context.Context, p *schedule.Problem, plan *schedule.Plan, state *wip.State, now time.Time, o Options) (*Revision, error) {
	present, err := Present(p, plan, state, now, o.repair(), o.Down...)
	if err != nil {
		return nil, err
	}
	return revise(ctx, present, remaining(present, plan, state), taken(plan, state), o)
}

// revise corrects a plan that speaks of the present only. New lots get no name
// that is taken.
func revise(ctx context.Context, p *schedule.Problem, plan *schedule.Plan, taken func(string) bool, o Options) (*Revision, error) {
	r := &Revision{Problem: p, before: plan}
	allowed, err := r.mend(ctx, taken, o)
	if err != nil {
		return nil, err
	}
	if o.Extent >= Subcontract && (ctx.Err() == nil || !allowed) || !allowed {
		if err := r.improve(ctx, allowed, taken, o); err != nil {
			return nil, err
		}
	}
	r.compare()
	return r, nil
}

// mend moves what cannot stay as the extent allows, or to the right if that
// costs less: free time that is large enough may be far away. It reports whether
// the plan is allowed.
func (r *Revision) mend(ctx context.Context, taken func(string) bool, o Options) (allowed bool, err error) {
	for _, e := range slices.Compact([]Extent{o.Extent, RightShift}) {
		board, err := heuristic.NewBoard(ctx, r.Problem, r.before, o.freedom(e, r.Problem.Times().Now))
		if err != nil {
			return false, err
		}
		board.Avoid(taken)
		plan, err := board.Plan()
		if err != nil {
			return false, err
		}
		price := cmp.Or(o.Change, r.Problem.Objective.Change)
		if r.Plan == nil || board.Mended() && (!allowed || r.cost(plan, price) < r.cost(r.Plan, price)) {
			r.Plan, allowed = plan, board.Mended()
		}
	}
	return allowed, nil
}

// cost returns what a plan costs, its changes included.
func (r *Revision) cost(plan *schedule.Plan, change int64) int64 {
	return plan.Metrics.Cost + change*int64(len(schedule.Changes(r.before, plan)))
}

// improve plans anew with the plan before for the previous one, and takes the
// result if it is worth its changes or the shifted plan is not allowed.
func (r *Revision) improve(ctx context.Context, allowed bool, taken func(string) bool, o Options) error {
	p := hold(r.Problem, r.Plan, o)
	h := heuristic.Options{MaxSteps: o.MaxSteps, Seed: o.Seed, Workers: o.Workers, Previous: r.before, Taken: taken}
	if o.Extent < Full {
		h.MaxSteps = -1
	}
	if !allowed {
		ctx = context.WithoutCancel(ctx) // there is no plan yet
	}
	better, err := heuristic.Plan(ctx, p, h)
	if err != nil && ctx.Err() != nil {
		return nil
	} else if err != nil {
		return err
	}
	if change := p.Objective.Change; !allowed || r.cost(better.Plan, change) < r.cost(r.Plan, change) {
		r.Problem, r.Plan = p, better.Plan
	}
	return nil
}

// taken reports the names that a plan has in use, and those of what has been
// finished: the books would add what is new to what was.
func taken(plan *schedule.Plan, state *wip.State) func(string) bool {
	names := make(map[string]bool, len(plan.Orders)+len(plan.Purchases)+len(plan.Transfers)+len(state.Orders)+len(state.Received))
	for i := range plan.Orders {
		names[string(plan.Orders[i].ID)] = true
	}
	for i := range plan.Purchases {
		names[plan.Purchases[i].ID] = true
	}
	for i := range plan.Transfers {
		names[plan.Transfers[i].ID] = true
	}
	for i := range state.Orders {
		names[string(state.Orders[i].Order)] = true
	}
	for i := range state.Received {
		names[string(state.Received[i].Receipt)] = true
	}
	return func(name string) bool { return names[name] }
}

// remaining returns what is left of a plan at present: without the orders that
// are closed and what is on its way, and with what has begun where it did.
func remaining(p *schedule.Problem, plan *schedule.Plan, state *wip.State) *schedule.Plan {
	x := schedule.NewIndex(p)
	gone := map[schedule.OrderID]bool{}
	for i := range state.Orders {
		if o := &state.Orders[i]; x.Orders.Find(o.Order) == nil {
			gone[o.Order] = true
		}
	}
	rest := *plan
	rest.Orders = slices.DeleteFunc(slices.Clone(plan.Orders), func(o schedule.PlannedOrder) bool {
		return gone[o.ID] || o.Existing && x.Orders.Find(o.ID) == nil
	})
	for i := range rest.Orders {
		o := &rest.Orders[i]
		if known := x.Orders.Find(o.ID); known != nil {
			o.Qty, o.Existing = known.Qty, true
		}
	}
	open := routings(&rest)
	rest.Operations = nil
	for i := range plan.Operations {
		o := plan.Operations[i]
		if _, left := open[o.Order]; !left {
			continue
		}
		if s := x.State(o.Order, o.Step); s != nil && s.Done {
			o.Start, o.End, o.Done = s.Start, s.End, true
		} else if s != nil && s.Started {
			o.Start, o.Started = s.Start, true
		}
		rest.Operations = append(rest.Operations, o)
	}
	rest.Subcontracts = slices.DeleteFunc(slices.Clone(plan.Subcontracts), func(o schedule.SubcontractOrder) bool {
		_, left := open[o.Order]
		return !left
	})
	for i := range rest.Subcontracts {
		o := &rest.Subcontracts[i]
		if s := x.State(o.Order, o.Step); s != nil && s.Done {
			o.Start, o.End = s.Start, s.End
		}
	}
	releaseByStart(&rest)
	rest.Purchases = slices.DeleteFunc(slices.Clone(plan.Purchases), func(q schedule.Purchase) bool { return q.Order.Before(p.Now) })
	rest.Transfers = slices.DeleteFunc(slices.Clone(plan.Transfers), func(t schedule.Transfer) bool { return t.Departure.Before(p.Now) })
	rest.Deliveries = slices.DeleteFunc(slices.Clone(plan.Deliveries), func(d schedule.Delivery) bool {
		l := x.Lines.Find(d.Line)
		return l == nil || l.Status == schedule.ClosedLine
	})
	return &rest
}

// releaseByStart has the orders that exist released when their first step
// starts, which is what planners say of them.
func releaseByStart(plan *schedule.Plan) {
	first := map[schedule.OrderID]time.Time{}
	note := func(order schedule.OrderID, at time.Time) {
		if t, known := first[order]; !known || at.Before(t) {
			first[order] = at
		}
	}
	for i := range plan.Operations {
		note(plan.Operations[i].Order, plan.Operations[i].Start)
	}
	for i := range plan.Subcontracts {
		note(plan.Subcontracts[i].Order, plan.Subcontracts[i].Start)
	}
	for i := range plan.Orders {
		if o := &plan.Orders[i]; o.Existing && !first[o.ID].IsZero() {
			o.Release = first[o.ID]
		}
	}
}

// hold adds to a problem what a plan has in the frozen and the firm zone: orders
// that stay, and the dates of their steps that begin in the frozen zone.
func hold(p *schedule.Problem, plan *schedule.Plan, o Options) *schedule.Problem {
	out := *p
	if o.Change != 0 {
		if out.Objective == (schedule.Objective{}) {
			out.Objective = schedule.OnTime()
		}
		out.Objective.Change = o.Change
	}
	now := p.Times().Now
	frozen, firm := now.Add(o.Frozen), now.Add(max(o.Firm, o.Frozen))
	if !firm.After(now) {
		return &out
	}
	if frozen.After(out.FrozenUntil) {
		out.FrozenUntil = frozen
	}
	x := schedule.NewIndex(p)
	out.Orders = slices.Clone(p.Orders)
	at := map[schedule.OrderID]int{}
	for i := range out.Orders {
		at[out.Orders[i].ID] = i
		out.Orders[i].Steps = slices.Clone(out.Orders[i].Steps)
	}
	for i := range plan.Orders {
		q := &plan.Orders[i]
		if _, known := at[q.ID]; known || !q.Release.Before(firm) {
			continue
		}
		at[q.ID] = len(out.Orders)
		out.Orders = append(out.Orders, schedule.Order{ID: q.ID, Item: q.Item, Routing: q.Routing, Qty: q.Qty, Due: q.Due})
	}
	date := func(order schedule.OrderID, s schedule.StepState) {
		i, known := at[order]
		if !known || !s.Start.Before(frozen) || s.Start.Before(now) {
			return
		}
		if x.State(order, s.Step) != nil {
			return // it has begun, or has its date
		}
		out.Orders[i].Steps = append(out.Orders[i].Steps, s)
	}
	for i := range plan.Operations {
		o := &plan.Operations[i]
		date(o.Order, schedule.StepState{Step: o.Step, Start: o.Start, End: o.End, Mode: o.Mode})
	}
	for i := range plan.Subcontracts {
		o := &plan.Subcontracts[i]
		date(o.Order, schedule.StepState{Step: o.Step, Start: o.Start, End: o.End})
	}
	return &out
}
