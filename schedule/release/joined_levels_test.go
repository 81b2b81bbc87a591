package release

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/lotsize"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

// levelShop is an item that takes two of a part, each with a machine and a
// set-up to itself. A lot of parts lies for a day before it can be used.
func levelShop(qty []wip.Qty) *schedule.Problem {
	h := func(n int) time.Duration { return time.Duration(n) * time.Hour }
	p := lotShop()
	p.Items, p.Routings, p.Lines = nil, nil, nil
	p.To = p.From.AddDate(0, 0, 12)
	p.Resources = []capacity.Resource{{ID: "m", Units: 1, Calendar: "c"}, {ID: "n", Units: 1, Calendar: "c"}}
	make := func(id schedule.ItemID, machine schedule.ResourceID, holding, fixed int64, each, move time.Duration, needs ...schedule.Need) {
		p.Items = append(p.Items, schedule.Item{ID: id, Holding: holding})
		p.Routings = append(p.Routings, schedule.Routing{
			ID: schedule.RoutingID(id), Item: id, FixedCost: fixed,
			Steps: []schedule.Step{{ID: "s", Needs: needs, Move: move, Modes: []schedule.Mode{{
				Uses: []schedule.Use{{Resource: machine}}, Setup: h(2), PerUnit: each,
			}}}},
		})
	}
	make("top", "m", 5, 60, 30*time.Minute, 0, schedule.Need{Item: "part", Per: 2})
	make("part", "n", 2, 90, 15*time.Minute, h(24))
	for d, q := range qty {
		p.Lines = append(p.Lines, schedule.ContractLine{
			ID: schedule.LineID(fmt.Sprint(d)), Item: "top", Qty: q, Due: p.From.AddDate(0, 0, d+5), Status: schedule.FirmLine,
		})
	}
	return p
}

// batches lists all ways to make demands, one a day, in lots of successive ones,
// each on the day of the first of them or up to three days before: what is made
// on each day.
func batches(days int, wanted map[int]float64) [][]float64 {
	list := [][]float64{make([]float64, days)}
	for d := range days {
		q, any := wanted[d]
		if !any {
			continue
		}
		var longer [][]float64
		for _, made := range list {
			last := 0
			for t := range made {
				if made[t] > 0 {
					last = t
				}
			}
			for t := max(last, d-3); t <= d; t++ {
				next := append([]float64(nil), made...)
				next[t] += q
				longer = append(longer, next)
			}
		}
		list = longer
	}
	return list
}

// A part that an item takes is lotted with it: of all ways to join lots of both,
// none that leaves a part its day is cheaper than that found, and all parts are
// there when they are taken.
func TestJoinedLevels(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 11))
	for range 4 {
		var qty []wip.Qty
		for range 4 {
			qty = append(qty, wip.Qty(6+random.IntN(9)))
		}
		p := levelShop(qty)
		a, r, err := answered(context.Background(), p, &Options{Utilization: 1})
		require.NoError(t, err)
		lots := a.made()

		s := newSizing(a)
		s.gather(lots)
		s.link(lots)
		s.write()
		sol, err := lotsize.Solve(context.Background(), &s.program, lotsize.Options{})
		require.NoError(t, err)
		require.True(t, sol.Optimal)
		require.InDelta(t, leastOfLevels(s), sol.Cost, 1e-6)

		joined := a.joined(context.Background(), lots)
		require.Less(t, len(joined), len(lots))
		inTime(t, a, joined)
		c := contest{answer: a, problem: p, result: r, rounded: lots}
		for _, way := range []Way{Lots, JoinedLots} {
			require.NoError(t, c.try(context.Background(), attempt{Placement: Placement{Way: way}, steps: -1}))
			require.Empty(t, verify.Check(p, r.Plan))
			require.Equal(t, way, r.Placement.Way, "which is cheaper")
		}
	}
}

// leastOfLevels tries everything on the two bundles of a level shop: parts are
// made for what is made of them.
func leastOfLevels(s *sizing) float64 {
	top := 0
	if len(s.items[top].above) > 0 {
		top = 1
	}
	wanted := map[int]float64{}
	for n := range s.items[top].lots {
		l := &s.items[top].lots[n]
		wanted[s.periodOf(&s.items[top], l)] += s.size(l)
	}
	least := math.Inf(1)
	for _, ends := range batches(s.periods, wanted) {
		taken := map[int]float64{}
		for t, q := range ends {
			if q > 0 {
				taken[t-1] = 2 * q
			}
		}
		for _, parts := range batches(s.periods, taken) {
			least = min(least, s.costOfLevels(top, ends, parts, wanted))
		}
	}
	return least
}

// costOfLevels is what is to be paid if ends and parts are made so, or infinite
// if it cannot be.
func (s *sizing) costOfLevels(top int, ends, parts []float64, wanted map[int]float64) float64 {
	cost, ahead, stock := 0.0, 0.0, 0.0
	for t := range s.periods {
		ahead += ends[t] - wanted[t]
		stock -= 2 * ends[t]
		if t > 0 {
			stock += parts[t-1]
		}
		hours := [2]float64{ends[t] / 2, parts[t] / 4}
		for i, q := range [2]float64{ends[t], parts[t]} {
			if q > 0 {
				hours[i] += 2
				cost += []float64{60, 90}[i]
			}
			if hours[i] > 20 {
				return math.Inf(1)
			}
		}
		if stock < 0 {
			return math.Inf(1)
		}
		// What comes next day is no stock yet.
		cost += s.points[s.target(s.items[top].process)].hold * ahead
		cost += s.points[s.target(s.items[1-top].process)].hold * stock
	}
	return cost
}

// inTime holds lots of a level shop to it that all parts are there in time.
func inTime(t *testing.T, a *answer, lots []lot) {
	t.Helper()
	for _, up := range lots {
		if a.p.Items[a.origins[up.process].item].ID != "top" {
			continue
		}
		stock := wip.Qty(0)
		for _, l := range lots {
			if a.p.Items[a.origins[l.process].item].ID == "top" {
				if l.start <= up.start {
					stock -= 2 * l.qty
				}
			} else if l.start+a.lead[l.process] <= up.start+1e-9 {
				stock += l.qty
			}
		}
		require.GreaterOrEqual(t, stock, wip.Qty(0), "at %v", up.start)
	}
}
