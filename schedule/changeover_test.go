package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
)

// On one machine, each operation is turned from the family of the one that
// starts last before it.
func TestChangeoversOfOneMachine(t *testing.T) {
	families := []capacity.Family{"red", "green", "blue", ""}
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 5))
		p, plan := parse(t, `
			changeover T red>green=1m green>red=2m red>blue=3m blue>green=4m green>blue=5m
			resource M changeover=T setup=blue
			item A
			routing RA A
		`)
		for k, f := range families {
			p.Routings[0].Steps = append(p.Routings[0].Steps, schedule.Step{
				ID: schedule.StepID(fmt.Sprint(k)), Family: f, Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: "M"}}}},
			})
		}
		plan.Orders = []schedule.PlannedOrder{{ID: "1", Item: "A", Routing: "RA", Qty: 1}}
		for i := range 20 {
			at := scenario.Start().Add(time.Duration(i) * time.Hour)
			plan.Operations = append(plan.Operations, schedule.Operation{
				Order: "1", Step: schedule.StepID(fmt.Sprint(r.IntN(4))), Start: at, End: at.Add(time.Hour),
			})
		}
		r.Shuffle(20, func(i, k int) { plan.Operations[i], plan.Operations[k] = plan.Operations[k], plan.Operations[i] })

		found := schedule.Changeovers(p, plan)
		family := func(o schedule.Operation) capacity.Family { return families[o.Step[0]-'0'] }
		for i, o := range plan.Operations {
			before, latest := capacity.Family("blue"), time.Time{}
			for _, other := range plan.Operations {
				if other.Start.Before(o.Start) && other.Start.After(latest) && family(other) != "" {
					before, latest = family(other), other.Start
				}
			}
			assert.Equal(t, p.Changeovers[0].Lookup(before, family(o)), found[i], "seed %d", seed)
		}
	}
}
