package release_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/wip"
)

// Measures computed by hand: of four lots one stays, one is moved by a day, one
// is cut from 6 to 4 and one is dropped; what is released already and what lies
// beyond does not count.
func TestCompare(t *testing.T) {
	from := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	lot := func(id schedule.OrderID, qty wip.Qty, day int) schedule.PlannedOrder {
		return schedule.PlannedOrder{ID: id, Routing: "r", Qty: qty, Release: from.AddDate(0, 0, day).Add(time.Hour)}
	}
	old := &schedule.Plan{Orders: []schedule.PlannedOrder{lot("a", 5, 0), lot("b", 3, 1), lot("c", 6, 3), lot("d", 2, 3), lot("e", 9, 0), lot("f", 9, 8)}}
	after := &schedule.Plan{Orders: []schedule.PlannedOrder{lot("a2", 5, 0), lot("b2", 3, 2), lot("c2", 4, 3), lot("e", 8, 1), lot("f", 7, 9)}}
	after.Orders[3].Existing = true
	n := release.Compare(old, after, from, from.AddDate(0, 0, 7), 24*time.Hour)
	require.Equal(t, 4, n.Planned)
	require.Equal(t, 3, n.Changed)
	require.InDelta(t, (3+3+4)/7.0, n.Instability, 1e-12)
	require.InDelta(t, 0.5*(3*0.5+3*0.25+4*0.125), n.Weighted, 1e-12)
	require.InDelta(t, 0.75, n.Share(), 1e-12)
	require.Zero(t, release.Compare(old, old, from, from.AddDate(0, 0, 7), time.Hour).Share())
	require.Panics(t, func() { release.Compare(old, old, from, from, 0) })
}
