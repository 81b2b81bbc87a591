package verify_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/taktplan/takt/schedule/verify"
)

// What starts in a bucket counts there in full, and nothing starts outside.
func TestBuckets(t *testing.T) {
	const plant = `
item A
resource team buckets=08:00-16:00*4h,1d08:00-1d16:00*4h
routing RA A
  step cut team:1h fixed=10m
`
	for name, c := range map[string]struct {
		plan string
		by   int64 // milliseconds
	}{
		"full":          {"lot 1 A 4\nop 1/cut 08:00-08:10", 0},
		"over the end":  {"lot 1 A 4\nop 1/cut 15:55-16:05", 0},
		"two in one":    {"lot 1 A 3\nlot 2 A 2\nop 1/cut 08:00-08:10\nop 2/cut 12:00-12:10", 3_600_000},
		"one in each":   {"lot 1 A 3\nlot 2 A 2\nop 1/cut 08:00-08:10\nop 2/cut 1d12:00-1d12:10", 0},
		"outside":       {"lot 1 A 2\nop 1/cut 16:00-16:10", 7_200_000},
		"at once is OK": {"lot 1 A 2\nlot 2 A 2\nop 1/cut 08:00-08:10\nop 2/cut 08:00-08:10", 0},
	} {
		t.Run(name, func(t *testing.T) {
			p, plan := parse(t, plant+c.plan)
			found := verify.Check(p, plan)
			if c.by == 0 {
				assert.Empty(t, found)
				return
			}
			if assert.Len(t, found, 1) {
				assert.Equal(t, verify.OverLimit, found[0].Code)
				assert.Equal(t, c.by, found[0].By)
			}
		})
	}
}
