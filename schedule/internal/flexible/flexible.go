package flexible

import (
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/disjunctive"
	"github.com/taktplan/takt/schedule/internal/elite"
)

// Fits reports whether New accepts the model: a shop that a disjunctive graph
// expresses, and nothing but the makespan to pay for.
func Fits(m *core.Model) bool {
	_, ok := disjunctive.Compile(m)
	return ok && m.OnlyMakespan()
}

// New returns an engine for a model that Fits. It panics on others.
func New(m *core.Model, seed uint64) *elite.Engine {
	sh, ok := disjunctive.Compile(m)
	if !ok || !m.OnlyMakespan() {
		panic("flexible: the model does not fit")
	}
	rnd := disjunctive.NewRandom(seed, stream)
	return elite.New(newSearch(sh, rnd), rnd, elite.Options{
		Pace: max(1, 20_000/max(1, sh.Ops)),
		Idle: 2000, Size: 10, Patience: 20,
	})
}

// stream tells the draws of this engine from those of others with its seed.
const stream = 0x666c6578
