package lns

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/generate"
)

// best tries every start of every operation in every mode up to horizon, and
// judges by Check and Evaluate alone.
func best(m *core.Model, horizon int64) core.Cost {
	s := core.NewSchedule(m.Ops())
	cost := core.NoCost
	order := m.Topological()
	var place func(k int)
	place = func(k int) {
		if k == len(order) {
			if len(m.Check(s)) == 0 {
				if c := m.Evaluate(s); c.Less(cost) {
					cost = c
				}
			}
			return
		}
		o := order[k]
		for mode := range m.ModeStart[o+1] - m.ModeStart[o] {
			for start := int64(0); start <= horizon; start++ {
				for end := start; end <= horizon; end++ {
					s.Mode[o], s.Start[o], s.End[o] = mode, start, end
					if partlyFeasible(m, s, o) {
						place(k + 1)
					}
				}
			}
		}
		s.Start[o], s.End[o] = -1, -1
	}
	place(0)
	return cost
}

// partlyFeasible reports whether what is placed breaks nothing that more
// operations could not mend: a later one may change the changeover before o.
func partlyFeasible(m *core.Model, s *core.Schedule, o int32) bool {
	for _, v := range m.Check(s) {
		switch v.Kind {
		case core.Missing, core.Unfinished, core.Overdone, core.Forbidden:
		default:
			return false
		}
	}
	mode := m.ModeStart[o] + s.Mode[o]
	return m.OpFamily != nil || m.Timeline(mode) != nil || s.End[o]-s.Start[o] == m.ModeTime[mode]
}

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
			want := best(m, 9)
			if want == core.NoCost {
				continue // nothing within the horizon
			}
			e := New(m, 1)
			e.Run(nil, 60)
			require.Equal(t, want, e.Best(nil), "%s, seed %d", name, seed)
		}
	}
}
