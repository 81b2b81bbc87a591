package dispatch

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/taktplan/takt/schedule/internal/core"
)

// TestMirrorAtTheLimits has times as far out as a model allows, and a calendar
// without a window.
func TestMirrorAtTheLimits(t *testing.T) {
	for _, job := range []core.Job{
		{Release: core.Limit, Due: core.Limit, Deadline: core.Never, Earliness: 1},
		{Release: 0, Due: -core.Limit, Deadline: core.Limit, Earliness: 1},
		{Release: core.Limit, Due: core.Never, Deadline: 0, Earliness: 1},
	} {
		var b core.Builder
		always, never := core.Machine, core.Machine
		never.Calendar = b.AddCalendar(core.Calendar{Rate: []int32{}})
		late := core.Machine
		late.Calendar = b.AddCalendar(core.Calendar{From: []int64{0, core.Limit - 1}, To: []int64{5, core.Limit}, Rate: []int32{1, 65535}})
		j := b.AddJob(job)
		for i, r := range []core.Resource{always, never, late, always} {
			o := b.AddOp(j, core.Pausable)
			b.AddMode(1000, core.Need{Resource: b.AddResource(r), Units: 1})
			if i > 0 {
				b.AddArc(core.Arc{From: o - 1, To: o, Kind: core.ArcKind(i - 1), Min: core.Limit * int64(i-2), Max: core.Never})
			}
		}
		m, err := b.Build()
		require.NoError(t, err)
		for _, last := range []int64{0, core.Never} {
			s, _ := runBackward(m, last, MOD)
			for _, v := range m.Check(s) {
				require.Equal(t, core.Missing, v.Kind, v)
			}
		}
	}
}

// TestMirrorOfTheMirror is the model again, but for what has no image.
func TestMirrorOfTheMirror(t *testing.T) {
	m := urgent(t)
	twice := mirror(mirror(m, 200, 200), 200, 200)
	for j := range m.Jobs {
		require.Equal(t, m.Jobs[j].Release, twice.Jobs[j].Release)
		require.Equal(t, m.Jobs[j].Due, twice.Jobs[j].Due)
	}
	c := core.Calendar{From: []int64{10, 40}, To: []int64{20, 70}, Rate: []int32{500, 2000}}
	image := mirrorCalendar(&c, 50)
	require.Equal(t, core.Calendar{From: []int64{0, 30, 50}, To: []int64{10, 40, core.Limit}, Rate: []int32{2000, 500, 1000}}, image)
}
