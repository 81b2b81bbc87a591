package dispatch

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/taktplan/takt/schedule/internal/brute"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/generate"
)

func runBackward(m *core.Model, last int64, rule Rule) (*core.Schedule, *Backward) {
	g := NewGenerator(m, NewUnits(m))
	b := NewBackward(g, last)
	for b.Begin(rule); !b.Run(3); {
	}
	return &g.S, b
}

func TestBackwardKeepsEveryConstraint(t *testing.T) {
	for name, spec := range specs {
		for seed := range uint64(20) {
			m, err := generate.Random(spec, seed)
			require.NoError(t, err)
			for _, rule := range []Rule{MOD, FIFO} {
				s, _ := runBackward(m, 30, rule)
				for _, v := range m.Check(s) {
					require.True(t, v.Kind == core.Missing && spec.Waits, "%s, seed %d: %v", name, seed, v)
				}
			}
		}
	}
}

// TestLatestStartsAreASchedule looks at what is planned backwards, where the
// horizon is far enough and everything has an image: it keeps all constraints as
// it is, and ends at the horizon.
func TestLatestStartsAreASchedule(t *testing.T) {
	for _, name := range []string{"job shop", "pools", "no-wait", "calendars", "flexible"} {
		spec := specs[name]
		spec.Rates, spec.NoWait, spec.Tardiness, spec.Makespan = false, false, false, true
		for seed := range uint64(20) {
			m, err := generate.Random(spec, seed)
			require.NoError(t, err)
			const last = 1500
			_, b := runBackward(m, last, MWKR)
			s := core.NewSchedule(m.Ops())
			end := int64(0)
			for o := range s.Start {
				s.Mode[o] = b.pass.g.S.Mode[o]
				s.Start[o], s.End[o] = b.latest[o], last-b.pass.g.S.Start[o]
				end = max(end, s.End[o])
			}
			require.Empty(t, m.Check(s), "%s, seed %d", name, seed)
			require.InDelta(t, last, end, 30, "%s, seed %d", name, seed)
		}
	}
}

// TestJustInTime has jobs that are due far apart, so that each is made right
// before it is due, and one that would have to begin in the past.
func TestJustInTime(t *testing.T) {
	var b core.Builder
	r := b.AddResource(core.Machine)
	for _, due := range []int64{100, 50, 3} {
		job := b.AddJob(core.Job{Due: due, Deadline: core.Never, Tardiness: 1, Earliness: 1})
		for i := range int32(2) {
			o := b.AddOp(job, 0)
			b.AddMode(5, core.Need{Resource: r, Units: 1})
			if i > 0 {
				b.Follow(o-1, o)
			}
		}
	}
	m, err := b.Build()
	require.NoError(t, err)
	s, _ := runBackward(m, 0, FIFO)
	require.Equal(t, []int64{90, 95, 40, 45, 0, 5}, s.Start)
	require.Equal(t, int64(7), m.Evaluate(s).Value)
}

func TestBackwardIsNeverBetterThanTheBest(t *testing.T) {
	for seed := range uint64(10) {
		for _, spec := range []generate.Spec{
			{Jobs: 2, OpsPerJob: 2, Machines: 2, MaxWork: 2, Makespan: true},
			{Jobs: 3, OpsPerJob: 1, Machines: 1, MaxWork: 2, Families: 2, Others: true},
		} {
			m, err := generate.Random(spec, seed)
			require.NoError(t, err)
			s, _ := runBackward(m, 4, MST)
			require.False(t, m.Evaluate(s).Less(brute.Best(m, 9)))
		}
	}
}
