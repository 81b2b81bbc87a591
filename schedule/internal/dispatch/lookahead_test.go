package dispatch

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/taktplan/takt/schedule/internal/core"
)

// urgent is a machine with an operation of 20 ticks that waits, one of 4, and
// one of 10 ticks that arrives at tick 5 and whose job is late already.
func urgent(t *testing.T) *core.Model {
	var b core.Builder
	r := b.AddResource(core.Machine)
	for _, j := range []struct{ release, work, due, weight int64 }{{0, 20, 90, 1}, {0, 4, 100, 1}, {5, 10, 6, 9}} {
		job := b.AddJob(core.Job{Release: j.release, Due: j.due, Deadline: core.Never, Tardiness: j.weight})
		b.AddOp(job, 0)
		b.AddMode(j.work, core.Need{Resource: r, Units: 1})
	}
	m, err := b.Build()
	require.NoError(t, err)
	return m
}

func TestMachineWaitsForTheMoreUrgent(t *testing.T) {
	m := urgent(t)
	g := NewGenerator(m, NewUnits(m))
	p := NewPass(g, NewFacts(m))
	starts := func(rule Rule) []int64 {
		p.Begin(rule, 0, nil)
		require.True(t, p.Run(m.Ops()+1))
		return g.S.Start
	}
	require.Equal(t, []int64{0, 30, 20}, starts(EDD))
	require.Equal(t, []int64{0, 30, 20}, starts(EDD.LookingAhead(7)), "5 ticks are more than 7/16 of 10")
	require.Equal(t, []int64{15, 0, 5}, starts(EDD.LookingAhead(8)), "the short one goes into the gap")
}
