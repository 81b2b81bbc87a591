package dispatch

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestProfileAgainstTicks compares with a level for every tick.
func TestProfileAgainstTicks(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	const span, capacity = 40, 3
	for range 300 {
		var p profile
		p.reset(capacity)
		var level [span]int64
		for i := range level {
			level[i] = capacity
		}
		type taken struct{ units, start, end int64 }
		var held []taken
		for range 60 {
			start := rng.Int64N(span)
			x := taken{1 + rng.Int64N(2), start, start + rng.Int64N(span-start)}
			want := x.start
			for k := x.start; k < x.end; k++ {
				if level[k] < x.units {
					want = k + 1
				}
			}
			before := x.end
			for k := x.end - 1; k >= x.start; k-- {
				if level[k] < x.units {
					before = k
				}
			}
			got := p.clear(x.units, x.start, x.end)
			if want < x.end {
				require.Equal(t, want, got)
			} else {
				require.GreaterOrEqual(t, got, want)
			}
			require.Equal(t, before, p.clearBefore(x.units, x.start, x.end))
			switch {
			case want == x.start:
				held = append(held, x)
			case len(held) > 0:
				k := rng.IntN(len(held))
				x = held[k]
				x.units = -x.units
				held[k] = held[len(held)-1]
				held = held[:len(held)-1]
			default:
				continue
			}
			p.take(x.units, x.start, x.end)
			for k := x.start; k < x.end; k++ {
				level[k] -= x.units
			}
			for i, s := range p.steps[1:] {
				require.NotEqual(t, p.steps[i].free, s.free)
				require.Less(t, p.steps[i].time, s.time)
				require.Equal(t, level[s.time], s.free)
			}
		}
	}
}
