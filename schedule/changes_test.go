package schedule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/taktplan/takt/schedule"
)

func TestChanges(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2024, 1, 1, hour, 0, 0, 0, time.UTC) }
	lot := func(id schedule.OrderID, hour int) schedule.PlannedOrder {
		return schedule.PlannedOrder{ID: id, Item: "A", Qty: 10, Release: at(hour)}
	}
	work := func(id schedule.OrderID, hour int, on ...schedule.ResourceID) schedule.Operation {
		return schedule.Operation{Order: id, Step: "cut", Start: at(hour), End: at(hour + 1), Resources: on}
	}
	before := &schedule.Plan{
		Orders:     []schedule.PlannedOrder{lot("P1", 1), lot("P2", 4), lot("P3", 6), lot("P4", 8)},
		Operations: []schedule.Operation{work("P1", 1), work("P2", 4), work("P3", 6, "M"), work("P4", 8)},
	}
	assert.Empty(t, schedule.Changes(before, before))

	known := lot("P1", 1) // has been released
	known.Existing = true
	after := &schedule.Plan{
		Orders:     []schedule.PlannedOrder{known, lot("P2", 2), lot("P3", 4), lot("P4", 6)},
		Operations: []schedule.Operation{work("P1", 2), work("P2", 2), work("P3", 4), work("P4", 6, "N")},
	}
	assert.Equal(t, []schedule.Change{
		{Order: "P2", Before: at(8), After: at(2)}, // what was P4
		{Order: "P1", Step: "cut", Before: at(1), After: at(2)},
		{Order: "P2", Step: "cut", Before: at(8), After: at(2)},
		{Order: "P4", Step: "cut", Before: at(6), After: at(6)},
	}, schedule.Changes(before, after))

	assert.Equal(t, []schedule.Change{
		{Order: "P2", Before: at(4)},
		{Order: "P3", Before: at(6)},
		{Order: "P4", Before: at(8)},
		{Order: "P2", Step: "cut", Before: at(4)},
		{Order: "P3", Step: "cut", Before: at(6)},
		{Order: "P4", Step: "cut", Before: at(8)},
	}, schedule.Changes(before, &schedule.Plan{Orders: before.Orders[:1], Operations: before.Operations[:1]}))
}
