package tardiness

import (
	"math"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/disjunctive"
	"github.com/taktplan/takt/schedule/internal/elite"
)

// Fits reports whether New accepts the model: a shop that a disjunctive graph
// expresses, a regular objective without setups, the sum of all times below
// 2^60, and no cost above 2^62 at any completion within it.
func Fits(m *core.Model) bool {
	sh, ok := disjunctive.Compile(m)
	return ok && m.Regular() && m.Objective.Setup == 0 && m.Objective.SetupCost == 0 && bounded(sh)
}

// bounded reports whether no sum of costs can overflow.
func bounded(sh *disjunctive.Shop) bool {
	horizon := float64(sh.Horizon())
	worst := float64(sh.Makespan) * horizon
	for _, j := range sh.Jobs {
		worst += float64(j.Late) + (float64(j.Tardiness)+float64(j.Flow))*(horizon+math.Abs(float64(j.Release)))
		if j.Due < core.Never {
			worst += float64(j.Tardiness) * math.Abs(float64(j.Due))
		}
	}
	return horizon < 1<<60 && worst < 1<<62
}

// New returns an engine for a model that Fits. It panics on others.
func New(m *core.Model, seed uint64) *elite.Engine {
	if !Fits(m) {
		panic("tardiness: the model does not fit")
	}
	sh, _ := disjunctive.Compile(m)
	rnd := disjunctive.NewRandom(seed, stream)
	s := newSearch(sh, rnd)
	return elite.New(s, rnd, options(s))
}

// options are short phases from shifted jobs for small shops. On larger ones
// what a shift breaks takes longer to mend than it is worth.
func options(s *search) elite.Options {
	ops := s.g.Shop.Ops
	if ops <= smallOps {
		return elite.Options{Pace: s.pace(), Idle: 300, Size: 8, Patience: 3, Shifts: 220}
	}
	return elite.Options{Pace: s.pace(), Idle: max(1000, 5*ops), Size: max(1200/ops, 5), Patience: 2}
}

// stream tells the draws of this engine from those of others with its seed.
const stream = 0x74617264
