package lns

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/taktplan/takt/schedule/internal/brute"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/generate"
)

var tiny = map[string]generate.Spec{
	"plain":      {Jobs: 2, OpsPerJob: 2, Machines: 2, MaxWork: 2, Makespan: true},
	"modes":      {Jobs: 2, OpsPerJob: 2, Machines: 2, Modes: 2, MaxWork: 2, Tardiness: true},
	"calendars":  {Jobs: 1, OpsPerJob: 3, Machines: 2, MaxWork: 2, Horizon: 40, Pausable: true, Makespan: true},
	"rates":      {Jobs: 1, OpsPerJob: 3, Machines: 2, MaxWork: 2, Horizon: 40, Pausable: true, Rates: true, Makespan: true},
	"changeover": {Jobs: 3, OpsPerJob: 1, Machines: 1, MaxWork: 2, Families: 2, Others: true},
	"pools":      {Jobs: 2, OpsPerJob: 2, Machines: 2, Pools: 1, MaxWork: 2, Makespan: true},
	"networks":   {Jobs: 1, OpsPerJob: 4, Machines: 2, MaxWork: 2, Networks: true, Makespan: true},
	"no-wait":    {Jobs: 2, OpsPerJob: 2, Machines: 2, MaxWork: 2, NoWait: true, Makespan: true},
	"blocking":   {Jobs: 2, OpsPerJob: 2, Machines: 2, MaxWork: 2, Blocking: true, Makespan: true},
	"waits":      {Jobs: 2, OpsPerJob: 2, Machines: 2, MaxWork: 2, Waits: true, Makespan: true},
	"releases":   {Jobs: 2, OpsPerJob: 2, Machines: 2, MaxWork: 2, Releases: true, Tardiness: true},
	"earliness":  {Jobs: 3, OpsPerJob: 1, Machines: 1, MaxWork: 2, Others: true},
}

// TestBruteForce compares with the best of all schedules on models small enough
// to list them.
func TestBruteForce(t *testing.T) {
	for name, spec := range tiny {
		for seed := range uint64(6) {
			m, err := generate.Random(spec, seed)
			require.NoError(t, err)
			want := brute.Best(m, 9)
			if want == core.NoCost {
				continue // nothing within the horizon
			}
			e := New(m, 1)
			e.Run(nil, 60)
			require.Equal(t, want, e.Best(nil), "%s, seed %d", name, seed)
		}
	}
}
