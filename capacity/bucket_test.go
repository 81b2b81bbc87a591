package capacity

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBuckets(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 1, 1+n, 0, 0, 0, 0, time.UTC) }
	r := Resource{ID: "team", Units: 1, Buckets: []Bucket{{day(0), day(7), 70 * Hour}, {day(8), day(9), Hour}}}
	require.NoError(t, Validate([]Resource{r}, nil, nil))
	for at, want := range map[int]int{-1: -1, 0: 0, 6: 0, 7: -1, 8: 1, 9: -1} {
		assert.Equal(t, want, r.BucketAt(day(at)), at)
	}
	profiles, err := Profiles([]Resource{r}, nil, nil, []time.Time{day(0), day(1), day(9)})
	require.NoError(t, err)
	assert.Equal(t, 10*Hour, profiles[0].Periods[0].Available)
	assert.Equal(t, 61*Hour, profiles[0].Periods[1].Available)

	r.Buckets[1].From = day(6)
	r.Buckets[0].Work = -1
	r.Changeovers = "colours"
	assert.ErrorContains(t, Validate([]Resource{r}, []ChangeoverTable{{ID: "colours"}}, nil), "and 2 more")
}
