package performance

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/wip"
)

// Every coefficient in fractions of whole numbers, straight from its formula.
func TestRhythmAgainstFractions(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	frac := func(a, b int64) *big.Rat { return big.NewRat(a, b) }
	smaller := func(a, b *big.Rat) *big.Rat {
		if a.Cmp(b) < 0 {
			return a
		}
		return b
	}
	near := func(want *big.Rat, got float64) {
		t.Helper()
		f, _ := want.Float64()
		require.InDelta(t, f, got, 1e-9)
	}
	for range 1000 {
		xs := make([]Interval, 1+r.IntN(8))
		var plan, fact int64
		for i := range xs {
			xs[i] = Interval{wip.Qty(1 + r.IntN(50)), wip.Qty(r.IntN(50))}
			plan, fact = plan+int64(xs[i].Plan), fact+int64(xs[i].Fact)
		}
		if fact == 0 {
			continue
		}
		n := int64(len(xs))
		r1, r2, a, squares, level := new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)
		for _, x := range xs {
			p, f := int64(x.Plan), int64(x.Fact)
			r1.Add(r1, frac(min(p, f), plan))
			r2.Add(r2, smaller(frac(p, plan), frac(f, fact)))
			off := frac(p-f, p)
			a.Add(a, off.Abs(off))
			squares.Add(squares, frac((p-f)*(p-f)*n, plan*plan))
			level.Add(level, new(big.Rat).Quo(smaller(frac(f, 1), frac(fact, n)), frac(fact, 1)))
		}
		got, err := MeasureRhythm(xs)
		require.NoError(t, err)
		near(r1, got.WithinPlan)
		near(r2, got.ByShare)
		near(a, got.Arrhythmia)
		near(squares, got.Variation*got.Variation)
		near(level, got.Evenness)
		require.InDelta(t, got.Arrhythmia, got.Under+got.Over, 1e-12)
		require.LessOrEqual(t, got.WithinPlan, 1+1e-12)
	}
}

func TestRhythmOfNothing(t *testing.T) {
	for _, xs := range [][]Interval{nil, {{0, 0}}, {{0, 5}}} {
		r, err := MeasureRhythm(xs)
		require.NoError(t, err)
		assert.Equal(t, [4]float64{1, 1, 1, 0}, [4]float64{r.WithinPlan, r.ByShare, r.OnPlanDays, r.Variation})
	}
	idle, err := MeasureRhythm([]Interval{{5, 0}})
	require.NoError(t, err)
	assert.Equal(t, [4]float64{0, 0, 0, 1}, [4]float64{idle.WithinPlan, idle.ByShare, idle.Evenness, idle.Variation})
}

// Kits are built one by one until a part runs out.
func TestKitsOneByOne(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 1000 {
		parts := make([]Part, 1+r.IntN(5))
		left := make([]wip.Qty, len(parts))
		needed := false
		for i := range parts {
			parts[i] = Part{PerKit: wip.Qty(r.IntN(4)), Stock: wip.Qty(r.IntN(40)), Value: r.Int64N(5)}
			left[i] = parts[i].Stock
			needed = needed || parts[i].PerKit > 0
		}
		built := wip.Qty(0)
	build:
		for needed {
			for i, p := range parts {
				if left[i] < p.PerKit {
					break build
				}
			}
			for i, p := range parts {
				left[i] -= p.PerKit
			}
			built++
		}
		k, err := CountKits(parts)
		require.NoError(t, err)
		require.Equal(t, built, k.Count)
		require.Equal(t, needed, k.Limiting >= 0)
		if needed {
			require.Less(t, left[k.Limiting], parts[k.Limiting].PerKit)
		}
		var stock, loose wip.Qty
		for i, p := range parts {
			stock, loose = stock+p.Stock, loose+left[i]
		}
		if stock > 0 {
			require.InDelta(t, 1-float64(loose)/float64(stock), k.ByPieces, 1e-12)
		}
	}
	assert.Equal(t, wip.Qty(math.MaxInt64-7), Part{PerKit: math.MaxInt64, Expected: 7}.Deficit(2))
	assert.True(t, math.IsInf(Kits{}.CoverDays(0), 1))
}

// Fulfilment where all that is made is planned: volume and average agree, and
// surplus of one position does not help.
func TestFulfilment(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 500 {
		xs := make([]Position, 1+r.IntN(6))
		for i := range xs {
			plan := wip.Qty(1 + r.IntN(40))
			xs[i] = Position{plan, wip.Qty(r.IntN(int(plan) + 1)), 1 + r.Int64N(9)}
		}
		f, err := MeasureFulfilment(xs)
		require.NoError(t, err)
		require.Equal(t, f.Volume, f.Average)
		require.LessOrEqual(t, f.Least, f.Average)
		xs[0].Fact = xs[0].Plan
		full, err := MeasureFulfilment(xs)
		require.NoError(t, err)
		xs[0].Fact += 100
		more, err := MeasureFulfilment(xs)
		require.NoError(t, err)
		require.Equal(t, full.Average, more.Average)
		require.Greater(t, more.Volume, full.Volume)
	}
	none, err := MeasureFulfilment(nil)
	require.NoError(t, err)
	assert.Equal(t, Fulfilment{1, 1, 1, 1}, none)
}

// Minutes behind each single piece, over the minutes of a whole one.
func TestEquivalentUnitsPieceByPiece(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 500 {
		steps := make([]Passed, 1+r.IntN(5))
		behind, spent := int64(0), int64(0)
		for i := range steps {
			steps[i] = Passed{wip.Qty(r.IntN(30)), time.Duration(1 + r.IntN(9))}
			behind += int64(steps[i].Unit)
			for range steps[i].Qty {
				spent += behind
			}
		}
		e, err := EquivalentUnits(steps, 70, 10)
		require.NoError(t, err)
		require.InDelta(t, float64(spent)/float64(behind), e.Units, 1e-9)
		require.Equal(t, spent*7/behind, e.Value)
	}
	raw, err := EquivalentUnits([]Passed{{Qty: 3}}, 5, 0)
	require.NoError(t, err)
	assert.Equal(t, Equivalent{3, 15}, raw)
}

func TestEveryMistakeIsListed(t *testing.T) {
	for name, c := range map[string]struct {
		err  func() error
		want []wip.Code
	}{
		"rhythm":     {func() error { _, err := MeasureRhythm([]Interval{{-1, -1}}); return err }, []wip.Code{wip.Negative, wip.Negative}},
		"sum":        {func() error { _, err := MeasureRhythm([]Interval{{math.MaxInt64, 0}, {1, 0}}); return err }, []wip.Code{wip.Overflow}},
		"decade":     {func() error { _, err := ByDecade([]Day{{Interval: Interval{-1, 0}}}); return err }, []wip.Code{wip.Negative}},
		"fulfilment": {func() error { _, err := MeasureFulfilment([]Position{{-1, -1, -1}}); return err }, []wip.Code{wip.Negative, wip.Negative, wip.Negative}},
		"kits":       {func() error { _, err := CountKits([]Part{{-1, -1, 0, -1}}); return err }, []wip.Code{wip.Negative, wip.Negative, wip.Negative}},
		"backlog":    {func() error { _, err := InputOutput(math.MaxInt64, []WorkFlow{{In: 1}}); return err }, []wip.Code{wip.Overflow}},
		"equivalent": {func() error { _, err := EquivalentUnits([]Passed{{math.MaxInt64, 1}}, 2, 1); return err }, []wip.Code{wip.Overflow}},
	} {
		var invalid *wip.InvalidError
		if assert.ErrorAs(t, c.err(), &invalid, name) {
			var got []wip.Code
			for _, i := range invalid.Issues {
				got = append(got, i.Code)
			}
			assert.Equal(t, c.want, got, name)
		}
	}
}
