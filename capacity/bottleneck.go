package capacity

import (
	"cmp"
	"slices"
)

// A Bottleneck is a resource in the order of how much it holds things up.
type Bottleneck struct {
	Resource ResourceID
	Shop     ShopID
	// LoadFactor is that of all periods together; see [Period.LoadFactor].
	LoadFactor float64
	// Peak is the period with the largest load factor, the first of several.
	Peak Period
	// Excess is what is asked for beyond regular time, summed over the periods
	// in which it is: slack in one period does not help another.
	Excess Work
}

// Bottlenecks ranks resources by load factor over all periods, the largest
// first. Ties go to the larger excess, then to the order of the profiles.
func Bottlenecks(profiles []Profile) []Bottleneck {
	ranked := make([]Bottleneck, 0, len(profiles))
	for _, p := range profiles {
		b := Bottleneck{Resource: p.Resource, Shop: p.Shop, LoadFactor: p.Total().LoadFactor()}
		for i, q := range p.Periods {
			if i == 0 || q.LoadFactor() > b.Peak.LoadFactor() {
				b.Peak = q
			}
			b.Excess = b.Excess.plus(q.Excess())
		}
		ranked = append(ranked, b)
	}
	slices.SortStableFunc(ranked, func(a, b Bottleneck) int {
		return cmp.Or(cmp.Compare(b.LoadFactor, a.LoadFactor), cmp.Compare(b.Excess, a.Excess))
	})
	return ranked
}
