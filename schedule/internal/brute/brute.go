// Package brute finds the best schedule of a model by listing all of them. It is
// the second way to know the answer in tests, for a handful of operations of a
// few ticks.
package brute

import "github.com/taktplan/takt/schedule/internal/core"

// Best is the least cost of all schedules that end by horizon, core.NoCost if
// there is none. It tries every start, end and mode of every operation and judges
// by Check and Evaluate alone.
func Best(m *core.Model, horizon int64) core.Cost {
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
