package control_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/control"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// twoMachines is a shop of a lathe and a mill that every order passes, and of an
// item that nobody has ordered and that only takes the mill.
func twoMachines(seed uint64) *schedule.Problem {
	r := rand.New(rand.NewPCG(seed, 0))
	step := func(id schedule.StepID, machine schedule.ResourceID, minutes int) schedule.Step {
		return schedule.Step{ID: id, Modes: []schedule.Mode{{
			Uses: []schedule.Use{{Resource: machine}}, PerUnit: time.Duration(minutes) * time.Minute,
		}}}
	}
	p := &schedule.Problem{
		From: monday, To: monday.AddDate(0, 0, 60), Tick: time.Minute,
		Resources: []capacity.Resource{{ID: "lathe", Units: 1}, {ID: "mill", Units: 1}},
		Items:     []schedule.Item{{ID: "gear"}, {ID: "shaft"}, {ID: "key"}},
		Routings: []schedule.Routing{
			{ID: "gear", Item: "gear", Steps: []schedule.Step{step("turn", "lathe", 20), step("mill", "mill", 30)}},
			{ID: "shaft", Item: "shaft", Steps: []schedule.Step{step("turn", "lathe", 30), step("mill", "mill", 10)}},
			{ID: "key", Item: "key", Steps: []schedule.Step{step("mill", "mill", 15)}},
		},
	}
	for i := range 12 {
		p.Lines = append(p.Lines, schedule.ContractLine{
			ID: schedule.LineID(fmt.Sprint("L", i)), Item: p.Items[r.IntN(2)].ID,
			Qty: wip.Qty(2 + r.IntN(12)), Due: monday.Add(time.Duration(12+r.IntN(120)) * time.Hour),
		})
	}
	return p
}

// After a breakdown everything goes to the first place that is free of what was
// before it: the twin goes through all operations by their old starts.
func TestRightShiftAgainstATwin(t *testing.T) {
	moved := 0
	for seed := range uint64(60) {
		p := twoMachines(seed)
		plan := planned(t, p)
		desk, err := control.Open(background, p, plan)
		require.NoError(t, err)
		down := plan.Operations[int(seed)%len(plan.Operations)].Start.Add(5 * time.Minute)
		out := capacity.Outage{From: down, To: down.Add(time.Duration(1+seed%9) * time.Hour)}
		machine := p.Resources[seed%2].ID
		q, err := desk.Breakdown(machine, out, control.Options{})
		require.NoError(t, err)
		_, after, err := desk.Plan()
		require.NoError(t, err)
		moved += len(q.Changes)
		want := shift(p, plan, machine, out)
		for i := range after.Operations {
			o := &after.Operations[i]
			require.Equal(t, want[string(o.Order)+"/"+string(o.Step)], o.Start, "seed %d, %s/%s", seed, o.Order, o.Step)
		}
	}
	require.Greater(t, moved, 150)
}

// shift is the twin.
func shift(p *schedule.Problem, plan *schedule.Plan, machine schedule.ResourceID, out capacity.Outage) map[string]time.Time {
	type stretch struct{ from, to time.Time }
	starts := map[string]time.Time{}
	busy, done := map[schedule.ResourceID][]stretch{machine: {{out.From, out.To}}}, map[schedule.OrderID]time.Time{}
	x := schedule.NewIndex(p)
	routing := map[schedule.OrderID]schedule.RoutingID{}
	for _, o := range plan.Orders {
		routing[o.ID] = o.Routing
	}
	for i := range plan.Operations {
		o := &plan.Operations[i]
		on := o.Machine(&x.Step(routing[o.Order], o.Step).Modes[0])
		start, work := o.Start, o.End.Sub(o.Start)
		if done[o.Order].After(start) {
			start = done[o.Order]
		}
		for k := 0; k < len(busy[on]); k++ {
			if b := busy[on][k]; start.Before(b.to) && b.from.Before(start.Add(work)) {
				start, k = b.to, -1
			}
		}
		starts[string(o.Order)+"/"+string(o.Step)] = start
		busy[on] = append(busy[on], stretch{start, start.Add(work)})
		done[o.Order] = start.Add(work)
	}
	return starts
}

// An inquiry gets the first gap that is long enough, or the last before its due
// date.
func TestAPromiseIsTheFirstGap(t *testing.T) {
	for seed := range uint64(60) {
		p := twoMachines(seed)
		plan := planned(t, p)
		desk, err := control.Open(background, p, plan)
		require.NoError(t, err)
		qty := wip.Qty(1 + seed%20)
		q, err := desk.Promise(schedule.ContractLine{ID: "inquiry", Item: "key", Qty: qty}, false)
		require.NoError(t, err)
		require.Equal(t, qty, q.Quantity())
		want := firstGap(p, plan, time.Duration(qty)*15*time.Minute)
		require.Equal(t, want, q.Deliveries[0].At, "seed %d", seed)
		require.Empty(t, q.Effects)
		require.Zero(t, q.Hurt)

		later, err := desk.Promise(schedule.ContractLine{ID: "inquiry", Item: "key", Qty: qty, Due: want.Add(7 * time.Minute)}, false)
		require.NoError(t, err)
		require.Equal(t, want.Add(7*time.Minute), later.Deliveries[0].At)
		require.ErrorIs(t, q.Accept(), control.ErrSwept)
		require.NoError(t, later.Accept())
		problem, after, err := desk.Plan()
		require.NoError(t, err)
		require.Len(t, problem.Lines, len(p.Lines)+1)
		require.Empty(t, verify.Check(problem, after))
	}
}

// firstGap tries every minute.
func firstGap(p *schedule.Problem, plan *schedule.Plan, work time.Duration) time.Time {
	for start := p.From; ; start = start.Add(time.Minute) {
		free := true
		for i := range plan.Operations {
			o := &plan.Operations[i]
			free = free && (o.Step != "mill" || !o.Start.Before(start.Add(work)) || !start.Before(o.End))
		}
		if free {
			return start.Add(work)
		}
	}
}

// What an inquiry hurts is less than what it would lose, and is told.
func TestAHurtIsPricedAndWorthIt(t *testing.T) {
	hurts := 0
	for seed := range uint64(20) {
		p := twoMachines(seed)
		desk, err := control.Open(background, p, planned(t, p))
		require.NoError(t, err)
		line := schedule.ContractLine{ID: "inquiry", Item: "gear", Qty: 10, Due: monday.Add(10 * time.Hour), Late: 100_000, Priority: -1}
		gentle, err := desk.Promise(line, false)
		require.NoError(t, err)
		require.Zero(t, gentle.Hurt)
		harsh, err := desk.Promise(line, true)
		require.NoError(t, err)
		require.False(t, harsh.Deliveries[0].At.After(gentle.Deliveries[0].At), "seed %d", seed)
		problem, plan, err := desk.Plan()
		require.NoError(t, err)
		require.Empty(t, verify.Check(problem, plan), "seed %d", seed)
		if len(harsh.Effects) > 0 {
			hurts++
		}
		before := len(p.Lines)
		harsh.Reject()
		problem, _, err = desk.Plan()
		require.NoError(t, err)
		require.Len(t, problem.Lines, before)
	}
	require.Positive(t, hurts)
}

// On a desk with a plant, a breakdown moves little, and accepted proposals add
// up to an allowed plan.
func TestProposalsAddUp(t *testing.T) {
	p := scenario.Plant{Lines: 400, Items: 20, Machines: 6, Components: 30, Seed: 3, Shifts: true}.Problem()
	plan := planned(t, p)
	desk, err := control.Open(background, p, plan)
	require.NoError(t, err)
	for i := range 12 {
		o := &plan.Operations[i*83%len(plan.Operations)]
		machine := p.Resources[i%6].ID
		q, err := desk.Breakdown(machine, capacity.Outage{From: o.Start, To: o.Start.Add(9 * time.Hour)}, control.Options{Extent: control.Extent(i % 4)})
		require.NoError(t, err)
		require.Less(t, len(q.Changes), len(plan.Operations)/20)
		if i%3 != 0 {
			require.NoError(t, q.Accept())
		}
		inquiry, err := desk.Promise(schedule.ContractLine{ID: schedule.LineID(fmt.Sprint("Q", i)), Item: p.Lines[i].Item, Qty: 3}, i%2 == 0)
		require.NoError(t, err)
		require.NoError(t, inquiry.Accept())
		problem, after, err := desk.Plan()
		require.NoError(t, err)
		require.Empty(t, verify.Check(problem, after), i)
	}
}

func TestADeskSaysWhatItDoesNotKnow(t *testing.T) {
	desk, err := control.Open(background, twoMachines(1), planned(t, twoMachines(1)))
	require.NoError(t, err)
	_, err = desk.Breakdown("press", capacity.Outage{From: monday, To: monday.Add(time.Hour)}, control.Options{})
	require.ErrorContains(t, err, "press")
	_, err = desk.Breakdown("mill", capacity.Outage{From: monday, To: monday}, control.Options{})
	require.Error(t, err)
	_, err = desk.Promise(schedule.ContractLine{ID: "L1", Item: "bolt", Qty: -1}, false)
	var invalid *schedule.InvalidError
	require.ErrorAs(t, err, &invalid)
	require.GreaterOrEqual(t, len(invalid.Issues), 3, "the line, the item and the quantity")
}
