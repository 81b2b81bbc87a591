package verify_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/verify"
)

// A spoiler changes values anywhere in plain data.
type spoiler struct {
	*rand.Rand
	words []string // that occur in the data
}

// collect gathers the texts in v.
func (s *spoiler) collect(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		s.words = append(s.words, v.String())
	case reflect.Pointer:
		if !v.IsNil() {
			s.collect(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			s.collect(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				s.collect(v.Field(i))
			}
		}
	}
}

// spoil goes down to a random place in v and changes what is there.
func (s *spoiler) spoil(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if at, ok := v.Addr().Interface().(*time.Time); ok {
			*at = s.instant()
			return
		}
		s.spoil(v.Field(s.IntN(v.NumField())))
	case reflect.Pointer:
		if !v.IsNil() && s.IntN(4) > 0 {
			s.spoil(v.Elem())
		} else {
			v.SetZero()
		}
	case reflect.Slice:
		s.spoilSlice(v)
	case reflect.Array:
		s.spoil(v.Index(s.IntN(v.Len())))
	case reflect.String:
		v.SetString(s.words[s.IntN(len(s.words))])
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Float64:
		v.SetFloat(math.NaN())
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Uint8:
		if v.CanInt() {
			v.SetInt(s.number(v.Int()))
		}
	}
}

func (s *spoiler) spoilSlice(v reflect.Value) {
	n := v.Len()
	switch s.IntN(8) {
	case 0:
		v.SetZero()
	case 1:
		if n > 0 {
			v.Set(reflect.Append(v, v.Index(s.IntN(n))))
		}
	case 2:
		v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
	case 3:
		v.SetLen(n / 2)
	default:
		if n > 0 {
			s.spoil(v.Index(s.IntN(n)))
		}
	}
}

func (s *spoiler) number(n int64) int64 {
	choices := []int64{0, 1, -1, n + 1, n - 1, 2 * n, math.MaxInt64, math.MinInt64, math.MaxInt32, int64(s.IntN(1000))}
	return choices[s.IntN(len(choices))]
}

func (s *spoiler) instant() time.Time {
	choices := []time.Time{
		{}, day(0), day(1), day(400), day(-400), time.Unix(1<<40, 0), time.Unix(-1<<40, 0),
		day(0).Add(time.Duration(s.Int64N(1e15))),
	}
	return choices[s.IntN(len(choices))]
}

// Whatever is wrong with a problem or a plan, the judge says so and goes on.
func TestCheckNeverPanics(t *testing.T) {
	valid := 0
	for seed := range uint64(1200) {
		p, plan := parse(t, allowed)
		s := &spoiler{Rand: rand.New(rand.NewPCG(seed, 3))}
		s.collect(reflect.ValueOf(p).Elem())
		for range 1 + s.IntN(6) {
			if s.IntN(3) == 0 {
				s.spoil(reflect.ValueOf(p).Elem())
			} else {
				s.spoil(reflect.ValueOf(plan).Elem())
			}
		}
		require.NotPanics(t, func() {
			for _, v := range verify.Check(p, plan) {
				_ = v.String()
			}
		}, "seed %d", seed)
		if p.Validate() == nil {
			valid++
		}
	}
	assert.Greater(t, valid, 300)
}

func TestCheckOfNothing(t *testing.T) {
	p, plan := parse(t, allowed)
	assert.NotEmpty(t, verify.Check(nil, plan))
	assert.NotEmpty(t, verify.Check(p, nil))
	assert.NotEmpty(t, verify.Check(nil, nil))
	assert.NotEmpty(t, verify.Check(p, &schedule.Plan{}))
}

// The order and content of what is found do not depend on the run.
func TestCheckIsRepeatable(t *testing.T) {
	p, plan := parse(t, allowed)
	shift(&plan.Operations[cut], -time.Hour)
	plan.Deliveries[0].At = day(1)
	plan.Pegs = plan.Pegs[1:]
	once := verify.Check(p, plan)
	require.Greater(t, len(once), 3)
	assert.Equal(t, once, verify.Check(p, plan))
	for i := 1; i < len(once); i++ {
		assert.False(t, once[i].At.Before(once[i-1].At))
	}
}
