package flexible

import (
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/disjunctive"
)

type Dev struct {
	s    *search
	best int64
}

func NewDev(m *core.Model, seed uint64) *Dev {
	sh, ok := disjunctive.Compile(m)
	if !ok {
		panic("no")
	}
	s := newSearch(sh, disjunctive.NewRandom(seed, 1))
	s.g.Tails()
	s.makespan = s.g.Makespan()
	s.record = s.makespan
	return &Dev{s: s, best: s.makespan}
}
func (d *Dev) Run(n int) {
	for range n {
		if !d.s.step() {
			break
		}
	}
	d.best = min(d.best, d.s.record)
}
func (d *Dev) Best() int64  { return d.best }
func (d *Dev) Steps() int64 { return d.s.iter }
