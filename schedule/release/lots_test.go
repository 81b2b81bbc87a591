package release

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/wip"
)

// With a safety time lots are released so that they would be ready by so much
// earlier, as far as they can be.
func TestSafetyTime(t *testing.T) {
	p := lotShop()
	made := func() (*answer, []lot) {
		a, _, err := answered(context.Background(), p, &Options{Utilization: 1})
		require.NoError(t, err)
		return a, a.made()
	}
	_, usual := made()
	for i := range p.Items {
		p.Items[i].SafetyTime = 36 * time.Hour
	}
	a, safe := made()
	for n, l := range safe {
		latest := a.at(p.Lines[n].Due) - a.lead[l.process]
		require.InDelta(t, max(0, min(usual[n].start, latest-1.5)), l.start, 1e-6)
		require.LessOrEqual(t, usual[n].start, latest)
	}
}

// Lots keep to the lot rules; at each point they cover what is wanted, and are
// less than a lot more than that or than what the program has.
func TestRounding(t *testing.T) {
	for seed := range scenario.Seeds(60, testing.Short()) {
		n, b, err := program(context.Background(), scenario.Random(seed), &Options{})
		require.NoError(t, err)
		sol, err := solve(context.Background(), n, b)
		require.NoError(t, err)
		r := newAnswer(n, b, sol).rounding(n.earlier)
		lots, largest := make([]wip.Qty, len(n.points)), make([]wip.Qty, len(n.points))
		source := make([]bool, len(n.points))
		for _, l := range r.lots {
			require.True(t, r.rule(l.process, l.start).Allows(l.qty), "seed %d: %+v", seed, l)
			pt := n.processes[l.process].gives[0].point
			lots[pt], largest[pt], source[pt] = lots[pt]+l.qty, max(largest[pt], l.qty), true
		}
		for k := range n.processes {
			if n.origins[k].kind == brings { // lanes can lead in a circle
				source[n.processes[k].takes[0].point] = false
			}
		}
		for pt := range n.points {
			if !source[pt] {
				continue
			}
			wanted, released := wip.Qty(0), 0.0
			for _, w := range r.wanted[pt] {
				wanted += w.qty
			}
			for _, in := range n.points[pt].inflow {
				wanted -= r.base(max(0, in), n.keys[pt].Item)
			}
			for k := range n.processes {
				if len(n.processes[k].gives) > 0 && n.processes[k].gives[0].point == pt {
					released += r.used[k]
				}
			}
			require.GreaterOrEqual(t, lots[pt], wanted, "seed %d", seed)
			most := max(wanted, r.base(released, n.keys[pt].Item)+wip.Qty(len(n.processes)))
			require.Less(t, lots[pt]-most, largest[pt]+1, "seed %d", seed)
		}
	}
}
