package verify_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/taktplan/takt/schedule/verify"
)

// What a problem says by date and by resource is judged, and only that.
func TestConditions(t *testing.T) {
	const mould = `
item A
resource M units=2
resource mould
routing RA A
  step fill M unit=1h
  step cure M unit=1h
  hold mould fill>cure
lot 1 A 1
lot 2 A 1
op 1/fill 08:00-09:00
op 1/cure 10:00-11:00
`
	const atWork = `
horizon 7d now=08:00
item A
resource M
routing RA A
  step cut M fixed=5h unit=1h
order O A 1 routing=RA status=released
  state cut 03:00-11:00 started issued spent=5h setup=2h
lot O A 1
`
	for name, c := range map[string]struct {
		text string
		want []verify.Code
	}{
		"one mould":      {mould + "op 2/fill 11:00-12:00\nop 2/cure 12:00-13:00", nil},
		"in the wait":    {mould + "op 2/fill 09:00-10:00\nop 2/cure 11:00-12:00", []verify.Code{verify.Overload}},
		"hours of steps": {"calendar early 06:00-14:00\nitem A\nresource M\nrouting RA A\n  step cut M unit=1h calendar=early\nlot 1 A 1\nop 1/cut 15:00-16:00", []verify.Code{verify.OffShift, verify.WrongDuration}},
		"spent":          {atWork + "op O/cut 03:00-11:00 started", nil},
		"spent again":    {atWork + "op O/cut 03:00-14:00 started", []verify.Code{verify.WrongDuration}},
		"nobody needed":  {"calendar early 06:00-14:00\nshop S calendar=early\nitem A\nrouting RA A shop=S\n  step cure - fixed=2h pausable\nlot 1 A 1\nop 1/cure 13:00-1d07:00", nil},
		"fence":          {"item A\nresource M\nrouting RA A fence=10h\n  step cut M unit=1h\nlot 1 A 1\nop 1/cut 08:00-09:00", []verify.Code{verify.BeforeFence}},
		"dated lots":     {"item A\nresource M\nrouting RA A lots=1d00:00..*5\n  step cut M unit=1m\nlot 1 A 1\nlot 2 A 1\nop 1/cut 08:00-08:01\nop 2/cut 1d08:00-1d08:01", []verify.Code{verify.BadLot}},
		"a skill lapses": {"item A\nresource M qualified=fine*0*..1d00:00\nrouting RA A\n  step cut M/fine unit=1m\nlot 1 A 1\nlot 2 A 1\nop 1/cut 08:00-08:01\nop 2/cut 1d08:00-1d08:01", []verify.Code{verify.WrongResource}},
		"used up stock":  {"item A\nitem B\nresource M\nrouting RA A\n  step cut M unit=1m\n    need B 1 usable=..1d00:00\nstock B 5\nlot 1 A 1\nop 1/cut 1d08:00-1d08:01", []verify.Code{verify.NotEffective}},
		"out of season":  {"item A\nitem B\nresource M\nrouting RA A\n  step cut M unit=1m\n  product B 1 effective=1d00:00..\nlot 1 A 1\nop 1/cut 08:00-08:01\nline L B 1 2d00:00\nship L 1 2d00:00", []verify.Code{verify.OutOfStock}},
	} {
		t.Run(name, func(t *testing.T) {
			p, plan := parse(t, c.text)
			assert.Equal(t, c.want, codes(verify.Check(p, plan)))
		})
	}
}
