package gantt_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/gantt"
)

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func at(hour int) time.Time { return monday.Add(time.Duration(hour) * time.Hour) }

// twoOrders is a plan of two orders on a saw and two benches; the second
// order is late.
func twoOrders() (*schedule.Problem, *schedule.Plan) {
	day := calendar.Workdays(calendar.Shift{Start: 6 * time.Hour, End: 18 * time.Hour})
	on := func(id schedule.ResourceID) []schedule.Mode {
		return []schedule.Mode{{Uses: []schedule.Use{{Resource: id}}}}
	}
	p := &schedule.Problem{
		Name: "two orders", From: monday, To: monday.AddDate(0, 0, 7),
		Calendars: []calendar.Calendar{{ID: "day", Patterns: []calendar.Pattern{{Weeks: []calendar.Week{day}}}}},
		Resources: []capacity.Resource{{ID: "saw", Units: 1, Calendar: "day"}, {ID: "bench", Units: 2}},
		Items:     []schedule.Item{{ID: "A"}},
		Routings: []schedule.Routing{{ID: "A", Item: "A", Steps: []schedule.Step{
			{ID: "cut", Modes: on("saw")}, {ID: "fit", Modes: on("bench")},
		}}},
	}
	plan := &schedule.Plan{
		Orders: []schedule.PlannedOrder{
			{ID: "O1", Item: "A", Routing: "A", Qty: 5, Start: at(6), End: at(24), Due: at(30)},
			{ID: "O<2>", Item: "A", Routing: "A", Qty: 5, Start: at(10), End: at(30), Due: at(20)},
		},
		Operations: []schedule.Operation{
			{Order: "O1", Step: "cut", Start: at(6), End: at(10), Setup: time.Hour},
			{Order: "O1", Step: "fit", Start: at(10), End: at(24)},
			{Order: "O<2>", Step: "cut", Start: at(10), End: at(14)},
			{Order: "O<2>", Step: "fit", Start: at(14), End: at(30)},
		},
	}
	return p, plan
}

func TestTextByOrder(t *testing.T) {
	p, plan := twoOrders()
	var b bytes.Buffer
	require.NoError(t, gantt.WriteText(&b, p, plan, gantt.Options{Width: 64, Rows: gantt.ByOrder}))
	lines := strings.Split(b.String(), "\n")
	assert.Equal(t, "O1 A ×5               [cut[fit==========", lines[2])
	assert.Equal(t, "O<2> A ×5                 !cut!fit============", lines[3])
}

// The drawing is well-formed XML, marks the late order, and is the same every
// time.
func TestSVG(t *testing.T) {
	p, plan := twoOrders()
	for _, rows := range []gantt.Rows{gantt.ByResource, gantt.ByOrder} {
		var first, second bytes.Buffer
		require.NoError(t, gantt.WriteSVG(&first, p, plan, gantt.Options{Rows: rows}))
		require.NoError(t, gantt.WriteSVG(&second, p, plan, gantt.Options{Rows: rows}))
		assert.Equal(t, first.String(), second.String())
		assert.Equal(t, 2, strings.Count(first.String(), `stroke="#d00"`))
		dec := xml.NewDecoder(&first)
		for {
			_, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
		}
	}
}

func TestEmptyAndStrange(t *testing.T) {
	p, plan := twoOrders()
	plan.Operations[0].Mode = 99
	plan.Operations[1].Order = "unknown"
	plan.Operations[2].End = plan.Operations[2].Start.Add(-time.Hour)
	for _, x := range []*schedule.Plan{{}, plan} {
		for _, rows := range []gantt.Rows{gantt.ByResource, gantt.ByOrder} {
			o := gantt.Options{Rows: rows, Width: 1}
			assert.NoError(t, gantt.WriteText(io.Discard, p, x, o))
			assert.NoError(t, gantt.WriteSVG(io.Discard, p, x, o))
			assert.NoError(t, gantt.WriteText(io.Discard, &schedule.Problem{}, x, o))
		}
	}
}

func TestLoad(t *testing.T) {
	p, plan := twoOrders()
	var b bytes.Buffer
	require.NoError(t, gantt.WriteLoadSVG(&b, p, plan, 24*time.Hour, gantt.Options{}))
	assert.Equal(t, 4, strings.Count(b.String(), "<title>"))
	assert.Contains(t, b.String(), "<title>66 %</title>") // 8 h of 12 h on the saw
}

func ExampleWriteLoadText() {
	p, plan := twoOrders()
	gantt.WriteLoadText(os.Stdout, p, plan, 24*time.Hour, gantt.Options{})
	// Output:
	// two orders
	//                   2.3.  3.3.
	// saw                66%    0%
	// bench              50%   12%
}

func ExampleWriteText() {
	p, plan := twoOrders()
	gantt.WriteText(os.Stdout, p, plan, gantt.Options{Width: 64})
	// Output:
	// two orders
	//                 Mon 2.3.                Tue 3.3.
	// saw             ......[O1=!O<2    ............            ......
	// bench                     [O1===========
	//                               !O<2>===========
}

// Whatever a plan says, its drawing has an end.
func TestPlansOutOfAllBounds(t *testing.T) {
	p, plan := twoOrders()
	plan.Operations[0].Start = time.Time{}
	plan.Operations[0].End = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	plan.Operations[1].Mode = -1
	plan.Operations = append(plan.Operations, schedule.Operation{Order: "?", Step: "?"})
	for _, p := range []*schedule.Problem{p, {}, {From: time.Time{}, To: plan.Operations[0].End}} {
		require.NoError(t, gantt.WriteSVG(io.Discard, p, plan, gantt.Options{}))
		require.NoError(t, gantt.WriteText(io.Discard, p, plan, gantt.Options{}))
		require.NoError(t, gantt.WriteLoadText(io.Discard, p, plan, time.Nanosecond, gantt.Options{}))
		require.NoError(t, gantt.WriteLoadSVG(io.Discard, p, plan, 0, gantt.Options{}))
	}
}
