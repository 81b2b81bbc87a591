package release

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

// lotShop is a machine that two items share, with a line for each on each of
// six days, and a set-up for each lot.
func lotShop() *schedule.Problem {
	h := func(n int) time.Duration { return time.Duration(n) * time.Hour }
	from := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	p := &schedule.Problem{
		Name: "lots", From: from, To: from.AddDate(0, 0, 8), Tick: time.Minute, Objective: schedule.Economy(),
		Calendars: []calendar.Calendar{{ID: "c", Patterns: []calendar.Pattern{{Weeks: []calendar.Week{calendar.EveryDay(calendar.Shift{Start: 0, End: h(20)})}}}}},
		Resources: []capacity.Resource{{ID: "m", Units: 1, Calendar: "c"}},
	}
	for i, holding := range []int64{2, 5} {
		id := schedule.ItemID(fmt.Sprint("item", i))
		p.Items = append(p.Items, schedule.Item{ID: id, Holding: holding})
		p.Routings = append(p.Routings, schedule.Routing{
			ID: schedule.RoutingID(id), Item: id, FixedCost: 60,
			Steps: []schedule.Step{{ID: "s", Modes: []schedule.Mode{{
				Uses: []schedule.Use{{Resource: "m"}}, Setup: h(2), PerUnit: 30 * time.Minute,
			}}}},
		})
		for d, qty := range [][]wip.Qty{{8, 6, 9, 7, 5, 8}, {6, 9, 4, 8, 7, 5}}[i] {
			p.Lines = append(p.Lines, schedule.ContractLine{
				ID: schedule.LineID(fmt.Sprint(id, d)), Item: id, Qty: qty, Due: from.AddDate(0, 0, d+2), Status: schedule.FirmLine,
			})
		}
	}
	return p
}

// A way is one of making the lots of an item.
type way struct {
	cost  float64
	hours [8]float64 // per day
}

func (w way) batch(day int, lots []lot, hold float64) way {
	w.cost += 60
	w.hours[day] += 2
	for _, l := range lots {
		w.hours[day] += float64(l.qty) / 2
		w.cost += hold * float64(l.qty) * float64(int(l.start)-day)
	}
	return w
}

// ways lists all ways to join successive lots, each on the day of the first or
// any before.
func ways(lots []lot, hold float64, so way) []way {
	if len(lots) == 0 {
		return []way{so}
	}
	var list []way
	for n := 1; n <= len(lots); n++ {
		for day := range int(lots[0].start) + 1 {
			list = append(list, ways(lots[n:], hold, so.batch(day, lots[:n], hold))...)
		}
	}
	return list
}

// Of all ways to join lots that a day of twenty hours allows none is cheaper
// than that found, and the plan with it is allowed, and cheaper than any other.
func TestJoined(t *testing.T) {
	p := lotShop()
	a, r, err := answered(context.Background(), p, &Options{Utilization: 1})
	require.NoError(t, err)
	lots := a.made()
	hold := func(n int) float64 { return a.points[a.processes[lots[n].process].gives[0].point].hold }
	first, second := ways(lots[:6], hold(0), way{}), ways(lots[6:], hold(6), way{})
	best := math.Inf(1)
	for i := range first {
		for j := range second {
			cost := first[i].cost + second[j].cost
			for day := range first[i].hours {
				if first[i].hours[day]+second[j].hours[day] > 20 {
					cost = math.Inf(1)
				}
			}
			best = min(best, cost)
		}
	}

	joined := a.joined(context.Background(), lots)
	sum := 0.0 // of days times holding: what joining adds to stock
	for n, l := range lots {
		sum += hold(n) * float64(l.qty) * math.Floor(l.start)
	}
	for _, l := range joined {
		n := slices.IndexFunc(lots, func(x lot) bool { return x.process == l.process })
		sum += 60 - hold(n)*float64(l.qty)*math.Floor(l.start)
	}
	require.InDelta(t, best, sum, 1e-9)
	require.Less(t, sum, 60.0*12)

	require.NoError(t, place(context.Background(), p, a, r))
	require.Empty(t, verify.Check(p, r.Plan))
	require.Equal(t, JoinedLots, r.Placement.Way)
}
