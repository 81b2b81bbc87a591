package heuristic

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// A dumbLevel is a level as a list of changes.
type dumbLevel struct {
	base    int64
	changes [][2]int64 // instant, delta
}

func (d *dumbLevel) at(t int64) int64 {
	sum := d.base
	for _, c := range d.changes {
		if c[0] <= t {
			sum += c[1]
		}
	}
	return sum
}

func TestLevelAgainstList(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	const end = 60
	for range 300 {
		var l level
		base := r.Int64N(5)
		l.init(base)
		d := &dumbLevel{base: base}
		for range 40 {
			if n := len(d.changes); n > 0 && r.IntN(3) == 0 {
				k := r.IntN(n)
				l.add(d.changes[k][0], -d.changes[k][1])
				d.changes = slices.Delete(d.changes, k, k+1)
			} else {
				c := [2]int64{r.Int64N(end), r.Int64N(9) - 4}
				l.add(c[0], c[1])
				d.changes = append(d.changes, c)
			}
			at, x := r.Int64N(end), r.Int64N(8)-3
			require.Equal(t, d.at(at), l.at(at))
			low, first, settled := d.at(at), int64(never), at
			for s := int64(end); s >= at; s-- {
				low = min(low, d.at(s))
				if d.at(s) < x {
					first = s
					settled = max(settled, s+1)
				}
			}
			if d.at(end) < x {
				settled = never
			}
			if first != never {
				settled = settledAfter(d, at, x, end)
			}
			require.Equal(t, low, l.lowFrom(at))
			require.Equal(t, first, l.firstBelow(at, x))
			require.Equal(t, settled, l.settled(at, x))
		}
	}
}

// settledAfter looks from the end for the last instant below x.
func settledAfter(d *dumbLevel, at, x, end int64) int64 {
	if d.at(end) < x {
		return never
	}
	for s := end; s >= at; s-- {
		if d.at(s) < x {
			return s + 1
		}
	}
	return at
}

func TestGapsAgainstList(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	const end = 200
	working := &timeline{tick: 1}
	for at := int64(0); at < end; at += 20 {
		working.windows = append(working.windows, window{from: at, to: at + 12, rate: fullRate})
	}
	working.seal()
	for range 200 {
		var g gaps
		g.init(working)
		busy := make([]int32, end) // operation at each instant
		for i := range busy {
			busy[i] = nobody
		}
		starts := map[int32][2]int64{}
		for op := int32(0); op < 30; op++ {
			from := r.Int64N(end - 20)
			to := from + 1 + r.Int64N(15)
			free := !slices.ContainsFunc(busy[from:to], func(o int32) bool { return o != nobody })
			_, clash := g.overlap(from, to)
			require.Equal(t, free, !clash)
			if free {
				g.insert(from, to, op)
				starts[op] = [2]int64{from, to}
				fill(busy, from, to, op)
			}
			if k := r.Int32N(op + 1); r.IntN(3) == 0 && starts[k] != [2]int64{} {
				g.remove(starts[k][0])
				fill(busy, starts[k][0], starts[k][1], nobody)
				delete(starts, k)
			}
			checkGaps(t, &g, working, busy, r.Int64N(end), 1+r.Int64N(12))
		}
	}
}

func fill(busy []int32, from, to int64, op int32) {
	for i := from; i < to; i++ {
		busy[i] = op
	}
}

// checkGaps compares the first and last stretch with room for some work.
func checkGaps(t *testing.T, g *gaps, working *timeline, busy []int32, at, work int64) {
	t.Helper()
	type stretch struct{ from, to int64 }
	var free []stretch
	for i := int64(0); i < int64(len(busy)); {
		j := i
		for j < int64(len(busy)) && busy[j] == nobody {
			j++
		}
		if j > i {
			free = append(free, stretch{i, j})
		}
		i = j + 1
	}
	last, first := stretch{-1, -1}, stretch{-1, -1}
	for _, f := range free {
		if to := min(f.to, at); working.between(f.from, to) >= work && f.from < to {
			last = stretch{f.from, to}
		}
		if from := max(f.from, at); first.from < 0 && from < f.to && working.between(from, f.to) >= work {
			first = stretch{from, f.to}
		}
	}
	if from, to, ok := g.last(at, work); ok {
		require.Equal(t, last, stretch{from, to})
	} else {
		require.Equal(t, int64(-1), last.from)
	}
	if from, to, ok := g.first(at, work); ok {
		require.Equal(t, first, stretch{from, min(to, int64(len(busy)))})
	} else {
		require.Equal(t, int64(-1), first.from)
	}
}

// A timeline agrees with going tick by tick.
func TestTimelineAgainstTicks(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	for range 300 {
		const tick, end = 5, 400
		line := &timeline{tick: tick}
		for at := int64(0); at < end; {
			from := at + tick*r.Int64N(6)
			at = from + tick*(1+r.Int64N(8))
			line.windows = append(line.windows, window{from: from, to: at, rate: []int64{500, 800, 1000, 1300}[r.IntN(4)]})
		}
		line.seal()
		from, work := tick*r.Int64N(end/tick), tick*(1+r.Int64N(20))
		require.Equal(t, afterByTicks(line, from, work), line.after(from, work))
		start := line.before(from, work)
		latest := int64(never)
		for s := int64(0); s < from; s += tick {
			if e := afterByTicks(line, s, work); e <= from {
				latest = s
			}
		}
		require.Equal(t, latest, start)
	}
}

func afterByTicks(line *timeline, from, work int64) int64 {
	done := int64(0)
	for at := from; at < 1000; at += line.tick {
		if done >= work/line.tick*fullRate {
			return at
		}
		for _, w := range line.windows {
			if at >= w.from && at < w.to {
				done += w.rate
			}
		}
	}
	return never
}
