package heuristic_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
)

func planAfter(t *testing.T, p *schedule.Problem, previous *schedule.Plan) *schedule.Plan {
	r, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 2000, Previous: previous})
	require.NoError(t, err)
	require.Empty(t, verify.Check(p, r.Plan))
	return r.Plan
}

// An unchanged problem keeps its plan; a small change moves little of it, and
// less than planning afresh.
func TestPreviousPlanIsKept(t *testing.T) {
	kept, fresh := 0, 0
	for seed := range uint64(8) {
		p := scenario.Plant{Lines: 60, Items: 8, Machines: 4, Components: 12, Seed: seed, Shifts: true}.Problem()
		p.Objective = schedule.OnTime()
		p.Objective.Change = 100_000
		before := planAfter(t, p, nil)
		again := planAfter(t, p, before)
		assert.Empty(t, schedule.Changes(before, again))
		assert.Equal(t, before.Pegs, again.Pegs)

		p.Lines[int(seed)].Due = p.Lines[int(seed)].Due.Add(5 * 24 * time.Hour)
		p.Lines = append(p.Lines, p.Lines[20])
		p.Lines[60].ID = "urgent"
		a, b := len(schedule.Changes(before, planAfter(t, p, before))), len(schedule.Changes(before, planAfter(t, p, nil)))
		kept, fresh = kept+a, fresh+b
	}
	assert.Less(t, 5*kept, fresh)
}

// A plan of another problem does no harm.
func TestForeignPreviousPlan(t *testing.T) {
	p := scenario.Plant{Lines: 40, Items: 8, Machines: 4, Components: 12, Seed: 1}.Problem()
	other := planAfter(t, scenario.Plant{Lines: 80, Items: 20, Machines: 2, Components: 30, Seed: 2}.Problem(), nil)
	planAfter(t, p, other)
	other.Orders = append(other.Orders, schedule.PlannedOrder{ID: "x", Routing: p.Routings[0].ID}, schedule.PlannedOrder{Routing: "none"})
	other.Operations = append(other.Operations, schedule.Operation{Order: "x", Mode: -1, Step: p.Routings[0].Steps[0].ID}, schedule.Operation{Order: "none"})
	planAfter(t, p, other)
}
