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
	"github.com/taktplan/takt/wip"
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
	for seed := range uint64(150) {
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
			checkCauses(t, r.Plan)
		}
	}
	assert.Positive(t, improved)
}

// Causes speak of the plan that they stand in.
func checkCauses(t *testing.T, plan *schedule.Plan) {
	start := map[schedule.OrderID]map[schedule.StepID]time.Time{}
	for _, o := range plan.Operations {
		if start[o.Order] == nil {
			start[o.Order] = map[schedule.StepID]time.Time{}
		}
		start[o.Order][o.Step] = o.Start
	}
	for _, q := range plan.Promises {
		assert.Equal(t, q.Late(), len(q.Why) > 0, q.Line)
		for _, c := range q.Why {
			if c.Kind == schedule.WaitsForStep && q.Short == 0 {
				assert.Equal(t, start[c.Order][c.Step], c.From, "%s: %s", q.Line, c)
			}
		}
	}
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

// What a partner has a binding date for stays there, though it could be earlier.
func TestImproveKeepsDatesOfPartners(t *testing.T) {
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	day := func(n int) time.Time { return monday.AddDate(0, 0, n) }
	p := &schedule.Problem{
		From: monday, To: day(20), FrozenUntil: day(5),
		Resources: []capacity.Resource{{ID: "lathe", Units: 1}},
		Partners:  []schedule.Partner{{ID: "plater"}},
		Items:     []schedule.Item{{ID: "ring"}, {ID: "blank"}},
		Stock:     []wip.Balance{{Point: wip.Point{Item: "blank"}, Qty: 2}}, // for no order but this
		Routings: []schedule.Routing{{ID: "ring", Item: "ring", Steps: []schedule.Step{
			{ID: "plate", Subcontract: &schedule.Subcontract{Partner: "plater", LeadTime: 24 * time.Hour}, Needs: []schedule.Need{{Item: "blank", Per: 1}}},
			{ID: "turn", Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: "lathe"}}, PerUnit: time.Hour}}},
		}}},
		Contracts: []schedule.Contract{{ID: "C"}},
		Lines:     []schedule.ContractLine{{ID: "L", Contract: "C", Item: "ring", Qty: 2, Due: day(2)}},
		Orders: []schedule.Order{{ID: "A", Item: "ring", Routing: "ring", Qty: 2, Due: day(2), Status: schedule.Released,
			Steps: []schedule.StepState{{Step: "plate", Start: day(4), End: day(5)}}}},
		Objective: schedule.OnTime(),
	}
	r, err := sequence.Improve(context.Background(), p, construct(t, p), sequence.Options{MaxSteps: 200})
	require.NoError(t, err)
	require.Empty(t, verify.Check(p, r.Plan))
	assert.Equal(t, day(4), r.Plan.Subcontracts[0].Start)
}
