package flexible

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/disjunctive"
)

// TestLowerBound has one case for each thing that bounds.
func TestLowerBound(t *testing.T) {
	type op struct {
		job, time int
		machines  []int32
	}
	for name, c := range map[string]struct {
		machines int
		ops      []op
		want     int64
	}{
		"longest job":       {2, []op{{0, 5, []int32{0}}, {0, 7, []int32{1}}, {1, 3, []int32{0, 1}}}, 12},
		"load of a machine": {2, []op{{0, 5, []int32{0}}, {1, 7, []int32{0}}, {2, 3, []int32{1}}}, 12},
		"load of a pair":    {3, []op{{0, 4, []int32{0, 1}}, {1, 4, []int32{0, 1}}, {2, 5, []int32{0, 1}}, {3, 1, []int32{2}}}, 7},
		"union of sets": {4, []op{
			{0, 9, []int32{0, 1}}, {1, 9, []int32{0, 1}}, {2, 9, []int32{0, 1}},
			{3, 9, []int32{1, 2}}, {4, 9, []int32{1, 2}}, {5, 1, []int32{3}},
		}, 15},
		"load and head": {2, []op{{0, 9, []int32{1}}, {0, 5, []int32{0}}, {1, 9, []int32{1, 0}}, {1, 6, []int32{0}}}, 20},
	} {
		var b core.Builder
		b.SetObjective(core.Objective{Makespan: 1})
		for range c.machines {
			b.AddResource(core.Machine)
		}
		job, last := int32(-1), int32(-1)
		for _, o := range c.ops {
			follows := int32(o.job) == job
			if !follows {
				job = b.AddJob(core.Job{Due: core.Never, Deadline: core.Never})
			}
			v := b.AddOp(job, 0)
			for _, k := range o.machines {
				b.AddMode(int64(o.time), core.Need{Resource: k, Units: 1})
			}
			if follows {
				b.Follow(last, v)
			}
			last = v
		}
		m, err := b.Build()
		require.NoError(t, err)
		sh, ok := disjunctive.Compile(m)
		require.True(t, ok)
		require.Equal(t, c.want, lowerBound(sh), name)
	}
}
