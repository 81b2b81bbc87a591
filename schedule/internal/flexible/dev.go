package flexible

import (
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/disjunctive"
)

type Dev struct {
	s     *search
	best  int64
	pop   []member
	x     *mixer
	phase member // best of the phase
	idle  int64
	limit int64
	size  int
	gens  int
}

func NewDev(m *core.Model, seed uint64, limit int64, size int) *Dev {
	sh, ok := disjunctive.Compile(m)
	if !ok {
		panic("no")
	}
	s := newSearch(sh, disjunctive.NewRandom(seed, 1))
	d := &Dev{s: s, best: 1 << 60, x: newMixer(sh), phase: newMember(sh.Ops), limit: limit, size: size}
	d.start()
	return d
}

func (d *Dev) load(m *member) {
	s := d.s
	s.g.Build(m.order, m.modes)
	s.g.Tails()
	s.makespan = s.g.Makespan()
	s.record = s.makespan
	d.phase.take(s.g, s.makespan)
	d.idle = 0
}

func (d *Dev) start() {
	m := randomStart(d.s.g.Shop, d.s.rnd)
	d.load(&m)
}

func (d *Dev) absorb() {
	s := d.s
	s.g.Build(d.phase.order, d.phase.modes)
	d.phase.sortByStart(s.g)
	if len(d.pop) < d.size {
		m := newMember(s.g.Shop.Ops)
		m.copyFrom(&d.phase)
		d.pop = append(d.pop, m)
	} else {
		worst, near, dist := 0, 0, 1<<30
		for i := range d.pop {
			if d.pop[i].makespan > d.pop[worst].makespan {
				worst = i
			}
			if e := d.x.distance(s.g.Shop, &d.pop[i], &d.phase); e < dist {
				dist, near = e, i
			}
		}
		if dist <= s.g.Shop.Ops/20 {
			if d.phase.makespan <= d.pop[near].makespan {
				d.pop[near].copyFrom(&d.phase)
			}
		} else if d.phase.makespan <= d.pop[worst].makespan {
			d.pop[worst].copyFrom(&d.phase)
		}
	}
	if len(d.pop) < d.size {
		d.start()
		return
	}
	d.gens++
	i := s.rnd.Below(d.size)
	j := s.rnd.Below(d.size - 1)
	if j >= i {
		j++
	}
	d.load(d.x.between(&d.pop[i], &d.pop[j], 64+s.rnd.Below(128), s.rnd))
}

func (d *Dev) Run(n int) {
	s := d.s
	for range n {
		old := s.record
		ok := s.step()
		if s.record < old {
			d.phase.take(s.g, s.makespan)
			d.idle = 0
		}
		d.best = min(d.best, s.record)
		if d.idle++; d.idle > d.limit || !ok {
			d.absorb()
		}
	}
}
func (d *Dev) Best() int64  { return d.best }
func (d *Dev) Steps() int64 { return d.s.iter }
func (d *Dev) Pop() (out []int64, dist []int) {
	for i := range d.pop {
		out = append(out, d.pop[i].makespan)
		if i > 0 {
			dist = append(dist, d.x.distance(d.s.g.Shop, &d.pop[i], &d.pop[0]))
		}
	}
	return
}
