package heuristic_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
)

// A task of a small problem on one machine: its time and due date in hours,
// and the price of a day late.
type task struct {
	hours, due int
	price      int64
}

// On one machine the least weighted tardiness is known from all sequences. The
// planner is never better, which would be a mistake of somebody's, and seldom
// worse.
func TestOneMachineAgainstAllSequences(t *testing.T) {
	r := rand.NewPCG(1, 2)
	draw := func(lo, hi int) int { return lo + int(r.Uint64()%uint64(hi-lo+1)) }
	best, sum, optimum := 0, int64(0), int64(0)
	const cases = 60
	for range cases {
		var tasks []task
		for range draw(3, 6) {
			tasks = append(tasks, task{draw(1, 30), draw(5, 70), int64(24 * draw(1, 20))})
		}
		least := leastTardiness(tasks, 0, 0)
		found := planTasks(t, tasks)
		rounding := int64(len(tasks)) // each cost is rounded down
		require.GreaterOrEqual(t, found, least-rounding, "%v", tasks)
		if found <= least {
			best++
		}
		sum, optimum = sum+found, optimum+least
	}
	t.Logf("optimal in %d of %d, total %d against %d", best, cases, sum, optimum)
	assert.GreaterOrEqual(t, best, cases*8/10)
	assert.LessOrEqual(t, sum, optimum*105/100)
}

// leastTardiness tries all sequences of tasks not yet in done.
func leastTardiness(tasks []task, done uint, at int) int64 {
	least := int64(math.MaxInt64)
	for i, k := range tasks {
		if done&(1<<i) == 0 {
			end := at + k.hours
			least = min(least, k.price*int64(max(0, end-k.due))/24+leastTardiness(tasks, done|1<<i, end))
		}
	}
	if least == math.MaxInt64 {
		return 0
	}
	return least
}

func planTasks(t *testing.T, tasks []task) int64 {
	p := &schedule.Problem{
		From: scenario.Start(), To: scenario.Start().AddDate(0, 0, 30),
		Resources: []capacity.Resource{{ID: "M", Units: 1}},
		Objective: schedule.Objective{Late: 1},
	}
	for i, k := range tasks {
		id := schedule.ItemID(fmt.Sprint("item", i))
		p.Items = append(p.Items, schedule.Item{ID: id})
		p.Routings = append(p.Routings, schedule.Routing{ID: schedule.RoutingID(id), Item: id, Steps: []schedule.Step{{
			ID: "s", Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: "M"}}, Fixed: time.Duration(k.hours) * time.Hour}},
		}}})
		p.Lines = append(p.Lines, schedule.ContractLine{
			ID: schedule.LineID(id), Item: id, Qty: 1, Due: p.From.Add(time.Duration(k.due) * time.Hour), Late: k.price,
		})
	}
	r, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 2000})
	require.NoError(t, err)
	require.Zero(t, r.Plan.Metrics.ShortLines)
	return r.Plan.Metrics.Cost
}
