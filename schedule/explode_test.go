package schedule_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
)

const kit = `
	resource M
	item A
	item F phantom
	item G phantom decimals=1
	item S
	item W
	item B
	routing RA A
	  step cut M unit=1m
	  step assemble M unit=1m
	    need F 2 fixed=1
	    need B 1
	routing RF F
	  step weld M unit=10m setup=5m
	    need S 3
	  step paint M batch=4 perbatch=1h
	    need G 5
	routing RG G
	  step mix M unit=6m
	    need W 7
	stock S 100
	stock W 100
	stock B 100
	lot 1 A 10
`

// An order makes its phantoms along: their steps come before the step that
// needs them, and their needs are its own.
func TestExplode(t *testing.T) {
	p, _ := parse(t, kit)
	exploded := schedule.Explode(p)
	assert.Same(t, exploded, schedule.Explode(exploded))
	r := &exploded.Routings[0]
	steps := map[schedule.StepID]*schedule.Step{}
	var order []schedule.StepID
	for i := range r.Steps {
		steps[r.Steps[i].ID] = &r.Steps[i]
		order = append(order, r.Steps[i].ID)
	}
	require.Equal(t, []schedule.StepID{
		"cut", "assemble/F/weld", "assemble/F/paint/G/mix", "assemble/F/paint", "assemble",
	}, order)
	assert.ElementsMatch(t, []schedule.Link{
		{From: "cut", To: "assemble"},
		{From: "assemble/F/weld", To: "assemble/F/paint"},
		{From: "assemble/F/paint/G/mix", To: "assemble/F/paint"},
		{From: "assemble/F/paint", To: "assemble"},
	}, r.Links)

	work := func(id schedule.StepID) time.Duration {
		s := steps[id]
		setup, run := s.Modes[0].Work(s, 10, 1, time.Second)
		return setup + run
	}
	takes := func(id schedule.StepID, item schedule.ItemID) int {
		for _, n := range steps[id].Needs {
			if n.Item == item {
				return int(n.Amount(10, 1))
			}
		}
		return 0
	}
	// 10 of A take 21 of F, and those 10.5 of G.
	assert.Equal(t, 5*time.Minute+21*10*time.Minute, work("assemble/F/weld"))
	assert.Equal(t, 5*time.Hour, work("assemble/F/paint")) // 20 in lots of 4
	assert.Equal(t, 63, takes("assemble/F/weld", "S"))
	assert.Equal(t, 10*time.Minute+9*6*time.Minute-time.Minute, work("assemble/F/paint/G/mix"))
	assert.Equal(t, 74, takes("assemble/F/paint/G/mix", "W"))
	assert.Equal(t, 10, takes("assemble", "B"))
	assert.Equal(t, 0, takes("assemble", "F"))
}

// The steps of phantoms are steps of the order: plans name them, and so may
// what is reported of an order at work.
func TestStateOfAPhantomsStep(t *testing.T) {
	p, _ := parse(t, kit)
	report := func(step schedule.StepID) error {
		p.Orders = []schedule.Order{{ID: "WO", Item: "A", Routing: "RA", Qty: 1, Status: schedule.Released,
			Steps: []schedule.StepState{{Step: step, Done: true, Issued: true}}}}
		return p.Validate()
	}
	assert.NoError(t, report("cut"))
	assert.NoError(t, report("assemble/F/paint/G/mix"))
	assert.ErrorContains(t, report("assemble/F/cut"), "no step has the ID")
}

// Twenty levels, each needing the next one twice, would be a million steps.
func TestExplosionsAreBounded(t *testing.T) {
	p, _ := parse(t, kit)
	const levels = 20
	for i := range levels {
		id, next := schedule.ItemID(rune('a'+i)), schedule.ItemID(rune('a'+i+1))
		needs := []schedule.Need{{Item: next, Per: 1}, {Item: next, Per: 1}}
		p.Items = append(p.Items, schedule.Item{ID: next, Phantom: i+1 < levels})
		p.Routings = append(p.Routings, schedule.Routing{ID: schedule.RoutingID(id), Item: id, Steps: []schedule.Step{{ID: "s", Needs: needs}}})
	}
	p.Items = append(p.Items, schedule.Item{ID: "a"})
	var invalid *schedule.InvalidError
	require.ErrorAs(t, p.Validate(), &invalid)
	assert.Equal(t, schedule.BadPhantom, invalid.Issues[0].Code)
	assert.Equal(t, `Routings["a"]`, invalid.Issues[0].Path)
}

// However tangled the circles are, they are told at once.
func TestTangledMaterials(t *testing.T) {
	p, _ := parse(t, kit)
	p.Items, p.Routings, p.Stock = nil, nil, nil
	const n = 700
	for i := range n {
		id := schedule.ItemID(strconv.Itoa(i))
		p.Items = append(p.Items, schedule.Item{ID: id})
		var needs []schedule.Need
		for k := range n {
			if k != i {
				needs = append(needs, schedule.Need{Item: schedule.ItemID(strconv.Itoa(k)), Per: 1})
			}
		}
		p.Routings = append(p.Routings, schedule.Routing{ID: schedule.RoutingID(id), Item: id, Steps: []schedule.Step{{ID: "s", Needs: needs}}})
	}
	var invalid *schedule.InvalidError
	require.ErrorAs(t, p.Validate(), &invalid)
	assert.LessOrEqual(t, len(invalid.Issues), n/2)
}
