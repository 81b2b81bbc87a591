package sequence_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/sequence"
	"github.com/taktplan/takt/schedule/verify"
)

// construct plans without improving.
func construct(t *testing.T, p *schedule.Problem) *schedule.Plan {
	made, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: -1})
	require.NoError(t, err)
	require.Empty(t, verify.Check(p, made.Plan))
	return made.Plan
}

// Whatever the problem, a plan that was allowed stays allowed and never gets
// dearer.
func TestImproveKeepsPlansAllowed(t *testing.T) {
	improved := 0
	for seed := range uint64(60) {
		p := scenario.Random(seed)
		plan := construct(t, p)
		r, err := sequence.Improve(context.Background(), p, plan, sequence.Options{MaxSteps: 50, Seed: seed})
		require.NoError(t, err)
		assert.LessOrEqual(t, r.Plan.Metrics.Cost, plan.Metrics.Cost)
		for _, v := range verify.Check(p, r.Plan) {
			t.Errorf("seed %d: %v", seed, v)
		}
		if r.Improved {
			improved++
		}
	}
	assert.Positive(t, improved)
}

// jobShop is a random job shop as a problem: one order a job, due early.
func jobShop(jobs, machines int, seed uint64) *schedule.Problem {
	r := rand.New(rand.NewPCG(seed, 0))
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	p := &schedule.Problem{From: monday, To: monday.AddDate(0, 1, 0), Tick: time.Minute}
	for m := range machines {
		p.Resources = append(p.Resources, capacity.Resource{ID: schedule.ResourceID(fmt.Sprint("M", m)), Units: 1})
	}
	for j := range jobs {
		id := fmt.Sprint("J", j)
		routing := schedule.Routing{ID: schedule.RoutingID(id), Item: schedule.ItemID(id)}
		work := time.Duration(0)
		for _, m := range r.Perm(machines) {
			d := time.Duration(1+r.IntN(99)) * time.Minute
			work += d
			routing.Steps = append(routing.Steps, schedule.Step{ID: schedule.StepID(fmt.Sprint(m)), Modes: []schedule.Mode{{
				Uses: []schedule.Use{{Resource: p.Resources[m].ID}}, Fixed: d,
			}}})
		}
		p.Items = append(p.Items, schedule.Item{ID: schedule.ItemID(id)})
		p.Routings = append(p.Routings, routing)
		p.Lines = append(p.Lines, schedule.ContractLine{
			ID: schedule.LineID(id), Item: schedule.ItemID(id), Qty: 1, Due: monday.Add(work * 13 / 10), Late: int64(1000 * (1 + r.IntN(4))),
		})
	}
	return p
}

// On crowded job shops the engines find a better sequence than the planner
// does, and the same one every time.
func TestImproveJobShops(t *testing.T) {
	var before, after int64
	for seed := range uint64(5) {
		p := jobShop(10, 5, seed)
		plan := construct(t, p)
		o := sequence.Options{MaxSteps: 300}
		first, err := sequence.Improve(context.Background(), p, plan, o)
		require.NoError(t, err)
		second, err := sequence.Improve(context.Background(), p, plan, o)
		require.NoError(t, err)
		assert.Equal(t, first, second)
		assert.Empty(t, verify.Check(p, first.Plan))
		before += plan.Metrics.Cost
		after += first.Plan.Metrics.Cost
	}
	assert.Less(t, after, before*9/10)
	t.Logf("cost %d, improved to %d", before, after)
}

// A plan in which the urgent order comes second is put right.
func ExampleImprove() {
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	hour := func(h int) time.Time { return monday.Add(time.Duration(h) * time.Hour) }
	p := &schedule.Problem{From: monday, To: monday.AddDate(0, 0, 7), Resources: []capacity.Resource{{ID: "lathe", Units: 1}}}
	plan := &schedule.Plan{}
	for i, id := range []string{"shafts", "bolts"} {
		start, end, due := hour(4*i), hour(4*i+4), hour(8-4*i)
		p.Items = append(p.Items, schedule.Item{ID: schedule.ItemID(id)})
		p.Routings = append(p.Routings, schedule.Routing{ID: schedule.RoutingID(id), Item: schedule.ItemID(id), Steps: []schedule.Step{
			{ID: "turn", Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: "lathe"}}, Fixed: 4 * time.Hour}}},
		}})
		p.Lines = append(p.Lines, schedule.ContractLine{ID: schedule.LineID(id), Item: schedule.ItemID(id), Qty: 1, Due: due})
		plan.Orders = append(plan.Orders, schedule.PlannedOrder{
			ID: schedule.OrderID(id), Item: schedule.ItemID(id), Routing: schedule.RoutingID(id), Qty: 1, Release: start, Start: start, End: end})
		plan.Operations = append(plan.Operations, schedule.Operation{Order: schedule.OrderID(id), Step: "turn", Qty: 1, Start: start, End: end})
		plan.Deliveries = append(plan.Deliveries, schedule.Delivery{Line: schedule.LineID(id), Qty: 1, At: end})
		plan.Pegs = append(plan.Pegs, schedule.Peg{
			Supply: schedule.SupplyRef{Kind: schedule.FromOrder, ID: id}, Demand: schedule.DemandRef{Kind: schedule.ForLine, ID: id},
			Item: schedule.ItemID(id), Qty: 1})
	}
	r, err := sequence.Improve(context.Background(), p, plan, sequence.Options{MaxSteps: 100})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range r.Plan.Operations {
		fmt.Println(o.Order, o.Start.Format("15:04"), "to", o.End.Format("15:04"))
	}
	// Output:
	// bolts 00:00 to 04:00
	// shafts 04:00 to 08:00
}
