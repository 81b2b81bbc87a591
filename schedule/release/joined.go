package release

import (
	"cmp"
	"context"
	"slices"

	"github.com/taktplan/takt/internal/lotsize"
)

// A sizing decides which successive lots of a process are made as one, where
// set-ups take time or money. It is the multi-level capacitated lot-sizing
// problem of the near periods, in which the lots of the rounding are the demand,
// but for what the lots above them take (joined_levels.go), and what the program
// leaves of its groups of resources is the capacity. A lot counts where it takes
// most hours, in the period in which it does. Its other steps, and components
// without set-ups, are left to placing, which shows whether it pays. No set-up is
// carried over to a next period: a lot of several can be used only when all of it
// is made.
type sizing struct {
	*answer
	periods int
	items   []bundle
	item    []int // per process: its number, or −1
	program lotsize.Problem
}

// A bundle is the lots of a process that may be joined, by time.
type bundle struct {
	process int
	main    use // where it takes most hours
	lots    []lot

	hours, cost float64 // of a set-up
	above       []above // that take what it gives
	joined      []lot   // what has become of the lots
}

// The size of a sizing, and the linear programs that it may take.
const (
	sizedPeriods = 21
	sizedLots    = 400
	sizingSteps  = 200
)

// joined returns the lots with those joined that are cheaper as one, or nil if
// none is, in the same order of processes. Sums stay, and so do lots of an earlier
// plan.
func (a *answer) joined(ctx context.Context, lots []lot) []lot {
	s := newSizing(a)
	rest := s.gather(lots)
	if len(s.items) == 0 {
		return nil
	}
	s.link(lots)
	s.write()
	sol, err := lotsize.Solve(ctx, &s.program, lotsize.Options{MaxSteps: sizingSteps})
	if err != nil || ctx.Err() != nil {
		return nil
	}
	count := len(rest)
	for i := range s.items {
		s.join(i, sol)
		rest = append(rest, s.items[i].joined...)
		count += len(s.items[i].lots)
	}
	if len(rest) == count {
		return nil
	}
	first := make([]int, len(a.processes))
	for n := len(lots) - 1; n >= 0; n-- {
		first[lots[n].process] = n
	}
	slices.SortStableFunc(rest, func(x, y lot) int { return cmp.Compare(first[x.process], first[y.process]) })
	return rest
}

func newSizing(a *answer) *sizing {
	return &sizing{answer: a, periods: min(sizedPeriods, a.periods()), item: slices.Repeat([]int{-1}, len(a.processes))}
}

// gather sorts out the lots that may be joined: new ones of near periods and of
// processes that have several and a set-up. It returns the others.
func (s *sizing) gather(lots []lot) (rest []lot) {
	sorted := slices.Clone(lots)
	slices.SortStableFunc(sorted, func(x, y lot) int { return cmp.Compare(x.start, y.start) })
	of := make([][]lot, len(s.processes))
	for _, l := range sorted {
		p := &s.processes[l.process]
		if l.end > 0 || len(p.uses) == 0 || s.grid.at(l.start+mainUse(p).after) >= s.periods {
			rest = append(rest, l)
			continue
		}
		of[l.process] = append(of[l.process], l)
	}
	count := 0
	for k, list := range of {
		if len(list) == 0 {
			continue
		}
		b := bundle{process: k, main: mainUse(&s.processes[k]), lots: list}
		b.hours, b.cost = s.setup(k, b.main.group)
		if count += len(list); len(list) < 2 || count > sizedLots || b.hours+b.cost == 0 {
			rest = append(rest, list...)
			continue
		}
		s.item[k] = len(s.items)
		s.items = append(s.items, b)
	}
	return rest
}

// setup returns the hours of a group that a lot of a process takes whatever its
// size, and what it costs.
func (s *sizing) setup(k, group int) (time, cost float64) {
	l := s.origins[k].times
	cost = s.w.money * float64(l.routing.FixedCost)
	for i := range l.routing.Steps {
		st := &l.routing.Steps[i]
		if st.Subcontract != nil {
			cost += s.w.money * float64(st.Subcontract.Fixed)
		}
		if st.Subcontract != nil || len(st.Modes) != 1 {
			continue
		}
		m := &st.Modes[0]
		setup, _ := m.Work(st, l.inputs[i], l.item.Scale(), s.t.Tick)
		cost += float64(s.w.Setup) * hours(setup)
		for _, u := range m.Uses {
			g, price := s.group(u)
			cost += s.w.money * price * hours(setup) * float64(u.Count())
			if g == group {
				time += hours(setup) * float64(u.Count())
			}
		}
	}
	return time, cost
}

// mainUse returns the use that takes most hours, those of tools that only stay
// with the order left out.
func mainUse(p *process) use {
	work := func(u *use) float64 {
		if u.held {
			return 0
		}
		return u.hours
	}
	return slices.MaxFunc(p.uses, func(x, y use) int { return cmp.Compare(work(&x), work(&y)) })
}

// write writes the lot-sizing problem.
func (s *sizing) write() {
	s.program.Periods = s.periods
	for t := range s.periods {
		s.program.Lengths = append(s.program.Lengths, s.length(t))
	}
	number := map[int]int{} // of groups
	for i := range s.items {
		b := &s.items[i]
		if _, known := number[b.main.group]; !known {
			number[b.main.group] = len(s.program.Resources)
			s.program.Resources = append(s.program.Resources, s.capacity(b.main.group))
		}
		l := s.origins[b.process].times
		s.program.Items = append(s.program.Items, lotsize.Item{
			Resource: number[b.main.group], UnitTime: max(0, b.main.hours-b.hours/l.size),
			SetupTime: b.hours, SetupCost: b.cost, Holding: s.points[s.target(b.process)].hold,
		})
	}
	for i := range s.items {
		s.writeDemand(i)
	}
}

func (s *sizing) size(l *lot) float64 {
	return s.units(l.qty, s.p.Items[s.origins[l.process].item].ID)
}

// periodOf returns the period in which a lot takes its hours.
func (s *sizing) periodOf(b *bundle, l *lot) int {
	return min(s.grid.at(l.start+b.main.after), s.periods-1)
}

// capacity returns the hours of a group that the lots may take: those that no
// other work takes in the program.
func (s *sizing) capacity(g int) lotsize.Resource {
	r := lotsize.Resource{Capacity: make([]float64, s.periods)}
	for t := range r.Capacity {
		r.Capacity[t] = s.groups[g].regular[t] + s.groups[g].overtime[t]
	}
	for k := range s.processes {
		for _, u := range s.processes[k].uses {
			if u.group != g || s.item[k] >= 0 && mainUse(&s.processes[k]).group == g {
				continue
			}
			for t, x := range s.start[k] {
				for _, in := range s.shares(t, u.after) {
					if x > 0 && in.period < s.periods {
						r.Capacity[in.period] -= float64(x * u.hours * in.part)
					}
				}
			}
		}
	}
	for t := range r.Capacity {
		r.Capacity[t] = max(0, r.Capacity[t])
	}
	return r
}

// join makes one lot of those of which the solution makes most in one period,
// as far as the lot rule allows. It is released when the first of them is, or
// when the period begins, if that is before, or so that it is ready when the
// lots above it, which are joined first, take it.
func (s *sizing) join(i int, sol *lotsize.Solution) {
	b := &s.items[i]
	if b.joined != nil {
		return
	}
	for _, up := range b.above {
		s.join(up.item, sol)
	}
	b.joined = s.together(b, sol.Lots[i])
	s.advance(b)
}

// together returns the lots of a bundle with those joined that are made in one
// period.
func (s *sizing) together(b *bundle, made []float64) []lot {
	rule := s.rule(b.process, b.lots[0].start)
	var list []lot
	last, sum, upTo, t := -1, 0.0, 0.0, -1
	for _, l := range b.lots {
		size := s.size(&l)
		for t < 0 || upTo < sum+size/2 && t+1 < len(made) {
			t++
			upTo += made[t]
		}
		sum += size
		if n := len(list); last == t && rule.Allows(list[n-1].qty+l.qty) {
			list[n-1].qty += l.qty
			continue
		}
		if t < s.periodOf(b, &l) {
			l.start = max(0, s.processes[b.process].opens, s.grid[t]-b.main.after)
		}
		last = t
		list = append(list, l)
	}
	return list
}
