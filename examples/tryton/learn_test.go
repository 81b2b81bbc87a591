package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func minutes(pieces float64, n int) sample { return sample{pieces, time.Duration(n) * time.Minute} }

func TestFit(t *testing.T) {
	line := []sample{minutes(4, 30+4*7), minutes(10, 30+10*7), minutes(6, 30+6*7), minutes(20, 30+20*7), minutes(8, 30+8*7)}
	e, ok := fit(line)
	assert.True(t, ok)
	assert.Equal(t, estimate{setup: 30 * time.Minute, unit: 7 * time.Minute}, e, "an exact line is found")

	e, _ = fit(append(line, minutes(5, 3000)))
	assert.InDelta(t, 7, e.unit.Minutes(), 1, "one work over the weekend does no harm")
	assert.InDelta(t, 30, e.setup.Minutes(), 10)

	_, ok = fit([]sample{minutes(5, 10), minutes(5, 20)})
	assert.False(t, ok, "one lot size does not tell setup from run")
	_, ok = fit(nil)
	assert.False(t, ok)

	e, _ = fit([]sample{minutes(2, 10), minutes(4, 60)})
	assert.Equal(t, estimate{unit: 10 * time.Minute}, e, "no negative setup")
	e, _ = fit([]sample{minutes(2, 60), minutes(4, 10)})
	assert.Equal(t, estimate{setup: 35 * time.Minute}, e, "no negative unit time")
}

func TestEstimateOf(t *testing.T) {
	all := []sample{minutes(1, 11), minutes(2, 12), minutes(3, 13), minutes(4, 14), minutes(10, 60)}
	table := times{Setup: duration(time.Hour), Unit: duration(time.Second)}
	assert.Equal(t, "3 works of the product", estimateOf(all[:3], all, table, true).source)
	assert.Equal(t, "5 works of all products", estimateOf(all[:2], all, table, true).source)
	assert.Equal(t, estimate{time.Hour, time.Second, "side table"}, estimateOf(nil, all[:2], table, true))
	assert.Equal(t, estimate{unit: 11 * time.Minute, source: "1 works, too few to tell setup from run"}, estimateOf(nil, all[:1], table, false))
	assert.Empty(t, estimateOf(nil, nil, table, false).source)
}
