package release

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/internal/lotsize"
)

// An above is a bundle whose lots take what those of another one give.
type above struct {
	item  int
	takes exchange
}

// link notes which bundles take what others give. A point that several
// processes give to is left out: its lots stay as they were to be.
func (s *sizing) link(lots []lot) {
	only := make(map[int]int) // by point: the process that gives to it; -1 for several
	for n := range lots {
		k := lots[n].process
		pt := s.target(k)
		if before, known := only[pt]; known && before != k {
			k = -1
		}
		only[pt] = k
	}
	for i := range s.items {
		for _, x := range s.undivided(s.items[i].process).takes {
			if k, made := only[x.point]; made && k >= 0 && s.item[k] >= 0 {
				s.items[s.item[k]].takenBy(i, x)
			}
		}
	}
}

// takenBy notes that another bundle takes what b gives, all at once.
func (b *bundle) takenBy(item int, x exchange) {
	if n := len(b.above); n > 0 && b.above[n-1].item == item {
		same := &b.above[n-1].takes
		same.per, same.after = same.per+x.per, min(same.after, x.after)
		return
	}
	b.above = append(b.above, above{item, x})
}

// A movement is an amount that comes to a point at an instant, or goes if it is
// negative.
type movement struct{ at, qty float64 }

// others returns what the lots of a bundle leave to others than those above it,
// cumulated: after each of some instants there is at least so much, whatever
// those take in the meantime. Lots come and are taken when ready and taken say.
func (s *sizing) others(b *bundle, ready func(*lot) float64, taken func(above, *lot) float64) []movement {
	var list []movement
	for n := range b.lots {
		list = append(list, movement{ready(&b.lots[n]), s.size(&b.lots[n])})
	}
	for _, up := range b.above {
		lots := s.items[up.item].lots
		for n := range lots {
			list = append(list, movement{taken(up, &lots[n]), -up.takes.per * s.size(&lots[n])})
		}
	}
	list = cumulated(list)
	for n := len(list) - 2; n >= 0; n-- {
		list[n].qty = min(list[n].qty, list[n+1].qty)
	}
	return list
}

// cumulated returns movements in the order of time, each with the sum of all up
// to its instant.
func cumulated(list []movement) []movement {
	slices.SortStableFunc(list, func(x, y movement) int { return cmp.Compare(x.at, y.at) })
	sum := 0.0
	var up []movement
	for _, m := range list {
		sum += m.qty
		if n := len(up); n > 0 && up[n-1].at == m.at {
			up[n-1].qty = sum
			continue
		}
		up = append(up, movement{m.at, sum})
	}
	return up
}

// lag returns how long after its main work a lot can be used by the main work
// of the lots above it, by the longest way.
func (s *sizing) lag(b *bundle) float64 {
	longest := 0.0
	for _, up := range b.above {
		longest = max(longest, s.items[up.item].main.after-up.takes.after)
	}
	return max(0, s.lead[b.process]-b.main.after+longest)
}

// writeDemand writes what is wanted of a bundle, and by whom. Lots are ready by
// the period in which the first of them could be; what those above take before
// that is stock.
func (s *sizing) writeDemand(i int) {
	b, item := &s.items[i], &s.program.Items[i]
	item.Demand, item.Ready = make([]float64, s.periods), make([]int, s.periods)
	lag := 0.0
	if len(b.above) > 0 {
		lag = s.lag(b)
	}
	for t := range item.Ready {
		item.Ready[t] = min(s.grid.at(s.grid[t]+lag), s.periods-1)
	}
	for _, up := range b.above {
		uses := &s.program.Items[up.item].Uses
		*uses = append(*uses, lotsize.Use{Item: i, Qty: up.takes.per})
	}
	left := s.others(b,
		func(l *lot) float64 { return float64(item.Ready[s.periodOf(b, l)]) },
		func(up above, l *lot) float64 { return float64(s.periodOf(&s.items[up.item], l)) })
	item.Initial = max(0, -left[0].qty)
	before := -item.Initial
	for _, m := range left {
		item.Demand[int(m.at)] = m.qty - before
		before = m.qty
	}
}

// advance releases the joined lots of a bundle so early that those above it,
// which may have been moved, find what they take.
func (s *sizing) advance(b *bundle) {
	if len(b.above) == 0 {
		return
	}
	wanted := s.others(b,
		func(l *lot) float64 { return l.start + s.lead[b.process] },
		func(up above, l *lot) float64 { return l.start + up.takes.after })
	for n := len(wanted) - 1; n > 0; n-- {
		wanted[n].qty -= wanted[n-1].qty
	}
	for _, up := range b.above {
		lots := s.items[up.item].joined
		for n := range lots {
			wanted = append(wanted, movement{lots[n].start + up.takes.after, up.takes.per * s.size(&lots[n])})
		}
	}
	wanted = cumulated(wanted)
	sum, n := 0.0, 0
	for k := range b.joined {
		l := &b.joined[k]
		for n < len(wanted) && wanted[n].qty <= sum+leastWanted {
			n++
		}
		if n < len(wanted) {
			l.start = max(0, s.processes[b.process].opens, min(l.start, wanted[n].at-s.lead[b.process]))
		}
		sum += s.size(l)
	}
}

// leastWanted is what counts as nothing, in whole units.
const leastWanted = 1e-6
