package verify_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
)

// classical returns the plan of a classical plant.
func classical(tb testing.TB, lines int) (*schedule.Problem, *schedule.Plan) {
	p := scenario.Plant{Lines: lines, Items: 100, Machines: 60, Seed: 1}.Problem()
	r, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: -1})
	require.NoError(tb, err)
	return p, r.Plan
}

// Planner and judge, who share no arithmetic, agree on a large plan.
func TestClassicalPlant(t *testing.T) {
	require.Empty(t, verify.Check(classical(t, 2000)))
}

// Phantoms are made along with what needs them.
func TestPhantom(t *testing.T) {
	p, _ := parse(t, `
		resource M
		resource N
		item A
		item F phantom
		item S
		partner P
		supply buy S P lead=1d
		routing RA A
		  step assemble M unit=1m
		    need F 2
		routing RF F
		  step weld N unit=10m
		    need S 3
		line L A 10 4d00:00
	`)
	r, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: -1})
	require.NoError(t, err)
	require.Empty(t, verify.Check(p, r.Plan))
	require.Len(t, r.Plan.Operations, 2)
	require.EqualValues(t, "assemble/F/weld", r.Plan.Operations[0].Step)
	require.EqualValues(t, 60, r.Plan.Purchases[0].Qty)
}

// Plans of the planner are allowed, and what is spoilt in them is found.
func TestRandomPlans(t *testing.T) {
	tried := 0
	for seed := range uint64(60) {
		p := scenario.Random(seed)
		r, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: -1})
		require.NoError(t, err)
		require.Empty(t, verify.Check(p, r.Plan), "seed %d", seed)
		for what, spoil := range spoilers {
			r, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: -1})
			require.NoError(t, err)
			code := spoil(p, r.Plan, rand.New(rand.NewPCG(seed, 6)))
			if code != "" {
				tried++
				require.Contains(t, codes(verify.Check(p, r.Plan)), code, "seed %d: %s", seed, what)
			}
		}
	}
	require.Greater(t, tried, 200)
}

// spoilers each spoil a random place of a plan and say what has to be found;
// nothing if there is no such place.
var spoilers = map[string]func(*schedule.Problem, *schedule.Plan, *rand.Rand) verify.Code{
	"an operation ends a tick later": func(p *schedule.Problem, plan *schedule.Plan, r *rand.Rand) verify.Code {
		for _, i := range r.Perm(len(plan.Operations)) {
			o := &plan.Operations[i]
			if o.End.After(o.Start) && o.Start.After(p.Times().FrozenUntil) && o.End.Before(p.To) && !firm(p, o.Order) {
				o.End = o.End.Add(p.Tick)
				return verify.WrongDuration
			}
		}
		return ""
	},
	"an operation on a machine for itself is done twice": func(p *schedule.Problem, plan *schedule.Plan, r *rand.Rand) verify.Code {
		x := schedule.NewIndex(p)
		routing := map[schedule.OrderID]schedule.RoutingID{}
		for _, o := range plan.Orders {
			routing[o.ID] = o.Routing
		}
		for _, i := range r.Perm(len(plan.Operations)) {
			o := plan.Operations[i]
			s := x.Step(routing[o.Order], o.Step)
			if len(s.Modes) == 0 || o.Done || !o.End.After(o.Start) || firm(p, o.Order) || o.Start.Before(p.Times().FrozenUntil) {
				continue
			}
			if m := x.Resources.Find(o.Machine(&s.Modes[o.Mode])); m != nil && m.Units == 1 {
				plan.Operations = append(plan.Operations, o)
				return verify.Overload
			}
		}
		return ""
	},
	"a purchase is left out": func(_ *schedule.Problem, plan *schedule.Plan, r *rand.Rand) verify.Code {
		if len(plan.Purchases) == 0 {
			return ""
		}
		i := r.IntN(len(plan.Purchases))
		pegged := false
		for _, q := range plan.Pegs {
			pegged = pegged || q.Supply.Kind == schedule.FromPurchase && q.Supply.ID == plan.Purchases[i].ID
		}
		plan.Purchases = append(plan.Purchases[:i], plan.Purchases[i+1:]...)
		if !pegged {
			return ""
		}
		return verify.WrongPeg
	},
	"a delivery is one piece more": func(_ *schedule.Problem, plan *schedule.Plan, r *rand.Rand) verify.Code {
		if len(plan.Deliveries) == 0 {
			return ""
		}
		plan.Deliveries[r.IntN(len(plan.Deliveries))].Qty++
		return verify.WrongPromise
	},
	"a late line has no reason": func(_ *schedule.Problem, plan *schedule.Plan, r *rand.Rand) verify.Code {
		for _, i := range r.Perm(len(plan.Promises)) {
			if plan.Promises[i].Late() {
				plan.Promises[i].Why = nil
				return verify.NoReason
			}
		}
		return ""
	},
	"a peg is one piece less": func(_ *schedule.Problem, plan *schedule.Plan, r *rand.Rand) verify.Code {
		for _, i := range r.Perm(len(plan.Pegs)) {
			if q := &plan.Pegs[i]; q.Demand.Kind != schedule.ForNorm && q.Qty > 1 {
				q.Qty--
				return verify.Unpegged
			}
		}
		return ""
	},
	"an order starts with half of it": func(p *schedule.Problem, plan *schedule.Plan, r *rand.Rand) verify.Code {
		for _, i := range r.Perm(len(plan.Operations)) {
			o := &plan.Operations[i]
			if known := schedule.NewIndex(p).Orders.Find(o.Order); known == nil && o.Qty > 1 {
				o.Qty /= 2
				return verify.WrongQuantity
			}
		}
		return ""
	},
}

func firm(p *schedule.Problem, id schedule.OrderID) bool {
	o := schedule.NewIndex(p).Orders.Find(id)
	return o != nil && o.Status != schedule.Approved
}

func BenchmarkCheck(b *testing.B) {
	p, plan := classical(b, 20000)
	for b.Loop() {
		verify.Check(p, plan)
	}
}

func BenchmarkEvaluate(b *testing.B) {
	p, plan := classical(b, 20000)
	for b.Loop() {
		if _, err := schedule.Evaluate(p, plan); err != nil {
			b.Fatal(err)
		}
	}
}
