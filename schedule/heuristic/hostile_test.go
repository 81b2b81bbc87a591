package heuristic_test

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
)

// Whatever is in a problem, planning neither panics nor hangs; and if the
// problem is valid, the plan is allowed.
func TestHostileProblems(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	count := uint64(500)
	if testing.Short() {
		count = 150
	}
	valid := 0
	for seed := range count {
		p := scenario.Random(seed)
		for range 1 + r.IntN(3) {
			spoil(r, reflect.ValueOf(p).Elem())
		}
		start := time.Now()
		result, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 15})
		require.Less(t, time.Since(start), 30*time.Second, "seed %d hangs", seed)
		if err == nil {
			valid++
			checkAllowed(t, p, result.Plan, seed)
		}
	}
	require.Positive(t, valid)
}

// checkAllowed leaves out what a problem can prescribe that no plan mends.
func checkAllowed(t *testing.T, p *schedule.Problem, plan *schedule.Plan, seed uint64) {
	for _, v := range verify.Check(p, plan) {
		switch v.Code {
		case verify.NoRoom, verify.OverLimit: // by receipts or work that is there already
		default:
			require.Fail(t, "not allowed", "seed %d: %v", seed, v)
		}
	}
}

// spoil sets one number, text, time or list somewhere below v to something
// that nobody expects there.
func spoil(r *rand.Rand, v reflect.Value) {
	for {
		switch v.Kind() {
		case reflect.Struct:
			if at, ok := v.Addr().Interface().(*time.Time); ok {
				*at = []time.Time{{}, at.Add(-1000 * time.Hour), at.AddDate(90, 0, 0), at.Add(1)}[r.IntN(4)]
				return
			}
			v = v.Field(r.IntN(v.NumField()))
		case reflect.Slice:
			if v.Len() == 0 {
				return
			}
			if r.IntN(20) == 0 {
				v.SetZero()
				return
			}
			v = v.Index(r.IntN(v.Len()))
		case reflect.Pointer:
			if v.IsNil() {
				return
			}
			v = v.Elem()
		case reflect.Array:
			v = v.Index(r.IntN(v.Len()))
		case reflect.Int, reflect.Int64:
			v.SetInt([]int64{0, 1, -1, v.Int() * 1000, v.Int() / 3, 1_000_000, 1e12, 1e15, math.MaxInt64, math.MinInt64}[r.IntN(10)])
			return
		case reflect.String:
			v.SetString([]string{"", "i0", "m0", "site", "nobody", "s0"}[r.IntN(6)])
			return
		case reflect.Bool:
			v.SetBool(!v.Bool())
			return
		default:
			return
		}
	}
}

// A century of shifts, a million units, a tick of a microsecond.
func TestExtremes(t *testing.T) {
	for name, text := range map[string]string{
		"a century": `horizon 36500d
calendar early 06:00-14:00
item A
resource M calendar=early
routing R A
  step cut M unit=1h pausable
line L1 A 500 36000d00:00
line L2 A 500 1d00:00`,
		"a million units": `item A
resource M units=1000000
routing R A
  step cut M unit=1s
line L A 1000000 6d00:00`,
		"more than there is time for": `item A
resource M
routing R A
  step cut M unit=1h
line L A 1000000000000 6d00:00`,
		"a mode that takes no time": `item A
resource M
routing R A
  step cut M
line L A 1000000 6d00:00`,
	} {
		t.Run(name, func(t *testing.T) {
			p, _, err := scenario.Parse(text)
			require.NoError(t, err)
			r, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 50})
			require.NoError(t, err)
			require.Empty(t, verify.Check(p, r.Plan))
		})
	}
}
