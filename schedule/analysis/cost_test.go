package analysis_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/analysis"
	"github.com/taktplan/takt/wip"
)

// Ten pumps leave three hours late, at 240 a day each. The 300 that this costs,
// the stop of the lathe and the wait for its shafts share, two hours each. Of
// the hours that the bench lost it worked one in overtime.
func TestClaimsBearOvertimeAndPenalty(t *testing.T) {
	text := strings.NewReplacer(
		"06:00-22:00", "06:00-18:00 overtime=18:00-22:00",
		"cost=60", "cost=60 overtime=30",
		"op P1/assemble 12:00-16:00", "op P1/assemble 12:00-16:00 overtime",
	).Replace(works)
	p, plan, err := scenario.Parse(text)
	require.NoError(t, err)
	p.Lines = []schedule.ContractLine{{ID: "L1", Item: "pump", Qty: 10, Due: hour(17), Late: 240}}
	plan.Pegs = []schedule.Peg{
		{Supply: schedule.SupplyRef{Kind: schedule.FromOrder, ID: "S1"}, Demand: schedule.DemandRef{Kind: schedule.ForStep, ID: "P1", Step: "assemble"}, Item: "shaft", Qty: 10},
		{Supply: schedule.SupplyRef{Kind: schedule.FromOrder, ID: "P1"}, Demand: schedule.DemandRef{Kind: schedule.ForLine, ID: "L1"}, Item: "pump", Qty: 10},
	}
	list := events()
	list[3].Order, list[3].Step = "S1", "turn" // in hand when the tool was missing
	list = append(list, wip.Event{Key: "shipped", Kind: wip.Shipped, At: hour(20), Line: "L1", Point: wip.Point{Item: "pump"}, Qty: 10})
	h, err := analysis.Read(p, plan, list, hour(0), hour(24))
	require.NoError(t, err)
	claims := h.Claims([]analysis.Responsibility{{Cause: "no tool", Shop: "tools"}})
	require.Len(t, claims, 3)
	lathe, bench := claims[0], claims[1]
	require.Equal(t, []int64{0, 150, 80 + 150}, []int64{lathe.Overtime, lathe.Penalty, lathe.Cost})
	require.Equal(t, []int64{30, 150, 120 + 30 + 150}, []int64{bench.Overtime, bench.Penalty, bench.Cost})

	// What has not left by the end is late until then: by seven hours.
	h, err = analysis.Read(p, plan, list[:len(list)-1], hour(0), hour(24))
	require.NoError(t, err)
	sum := int64(0)
	for _, c := range h.Claims([]analysis.Responsibility{{Cause: "no tool", Shop: "tools"}}) {
		sum += c.Penalty
	}
	require.EqualValues(t, 10*240*7*time.Hour/(24*time.Hour), sum)
}
