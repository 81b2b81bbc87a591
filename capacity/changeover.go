package capacity

import "time"

// A ChangeoverTable says what it takes to turn a resource from one family of
// operations to another. Resources may share one.
type ChangeoverTable struct {
	ID ChangeoverID
	// Default is for pairs that no entry is about. Its families are empty.
	Default Changeover
	// Entries holds the pairs that differ. See [ChangeoverTable.Lookup].
	Entries []Changeover
}

// A Changeover is what it takes to turn from one family to another.
type Changeover struct {
	// From and To are the families before and after. An empty one stands for
	// any.
	From, To Family
	Time     time.Duration // working time on the resource, not negative
	Cost     int64         // once, in the smallest unit of money, not negative
	// Forbidden means that the one may not follow the other.
	Forbidden bool
}

// Lookup returns the changeover between two families. An empty from means a
// resource that is not set up for anything yet.
//
// The entry for just this pair rules over one for any family before, that
// rules over one for any family after, and the default comes last. Turning
// from a family to itself takes nothing unless an entry for just this pair
// says so; and neither does turning to no family at all.
//
// It takes time in proportion to the entries; see [ChangeoverTable.Matrix].
func (t *ChangeoverTable) Lookup(from, to Family) Changeover {
	return t.pick(from, to, func(p pair) (Changeover, bool) {
		for _, e := range t.Entries {
			if e.pair() == p {
				return e, true
			}
		}
		return Changeover{}, false
	})
}

// Matrix returns the changeovers between families, row by row: that from
// family i to family j is element i·len(families)+j. It takes O(f² + n) time
// for f families and n entries.
func (t *ChangeoverTable) Matrix(families []Family) []Changeover {
	index := make(map[pair]Changeover, len(t.Entries))
	for _, e := range t.Entries {
		index[e.pair()] = e
	}
	find := func(p pair) (Changeover, bool) { e, ok := index[p]; return e, ok }
	m := make([]Changeover, 0, len(families)*len(families))
	for _, from := range families {
		for _, to := range families {
			m = append(m, t.pick(from, to, find))
		}
	}
	return m
}

// pair is what an entry is about.
type pair struct{ from, to Family }

func (c Changeover) pair() pair { return pair{c.From, c.To} }

// pick applies the rule of [ChangeoverTable.Lookup].
func (t *ChangeoverTable) pick(from, to Family, find func(pair) (Changeover, bool)) Changeover {
	c, ok := find(pair{from, to})
	switch {
	case ok:
	case from == to || to == "":
		c = Changeover{}
	default:
		if c, ok = find(pair{"", to}); ok {
			break
		}
		if c, ok = find(pair{from, ""}); ok {
			break
		}
		c = t.Default
	}
	c.From, c.To = from, to
	return c
}
