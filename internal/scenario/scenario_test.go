package scenario

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const factory = `
	calendar two 06:00-22:00
	resource M calendar=two
	resource N units=2
	item A
	item B
	partner P
	supply S B P lead=2h
	routing RA A
	  step cut M+N*2 unit=6m setup=90s
	    need B 2
	  step paint partner=P lead=4h
	line L A 10 4d00:00 min=5
	stock B 10
`

const planned = `lot 1 A 10 routing=RA release=07:00 start=08:00 end=1d10:00
op 1/cut 08:00-09:01:30 qty=10 mode=0 setup=1m30s on=M,N
outside 1/paint 12:00-1d10:00 qty=10 partner=P
buy 1 S 10 06:00-08:00
ship L 5 1d10:00
ship L 5 2d00:00
`

// A plan is written as it is read.
func TestFormat(t *testing.T) {
	p, plan, err := Parse(factory + planned)
	require.NoError(t, err)
	require.NoError(t, p.Validate())
	assert.Equal(t, planned, Format(plan))
	_, again, err := Parse(factory + Format(plan))
	require.NoError(t, err)
	assert.Equal(t, plan, again)
}

// What a plan leaves out is filled in.
func TestComplete(t *testing.T) {
	_, plan, err := Parse(factory + planned)
	require.NoError(t, err)
	require.Len(t, plan.Promises, 1)
	assert.EqualValues(t, 10, plan.Promises[0].Delivered)
	assert.False(t, plan.Promises[0].Late())
	assert.Len(t, plan.Pegs, 4) // B from stock and purchase, A to two deliveries
	assert.Equal(t, 1, plan.Metrics.OnTimeLines)
}

// All lines that are wrong are named.
func TestParseListsMistakes(t *testing.T) {
	_, _, err := Parse("item A size=3\nitm B\nstock A ten\nneed B 1\nresource M x")
	require.Error(t, err)
	for _, mistake := range []string{
		`line 1: unknown option "size"`, `line 2: unknown verb "itm"`, `line 3: "ten" is not a number`,
		`line 4: it belongs to a line before it`, `line 5: unexpected ["x"]`,
	} {
		assert.Contains(t, err.Error(), mistake)
	}
}
