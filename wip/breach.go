package wip

import (
	"slices"
	"time"
)

// A Breach is a maximal stretch of time in which a point holds less than the
// minimum of a norm, or more than its maximum.
type Breach struct {
	Norm     Norm
	From, To time.Time
	Worst    Qty // the stock furthest from the norm
}

// Short reports whether there was too little, rather than too much.
func (b Breach) Short() bool { return b.Worst < b.Norm.Min }

// Breaches compares stock with n over the part of [from, to) in which n is
// effective, in the order of time. Opening is the stock right before from, and
// movements, in the order of time, are those of the point; they may take more
// than there is, as plans do. Those at one instant count together. Movements
// before from and not before to have no effect.
//
// A stock that goes at once from too little to too much is two breaches. It
// takes O(n) time for n movements.
func (n *Norm) Breaches(opening Qty, movements []Movement, from, to time.Time) []Breach {
	w := watch{norm: n}
	stock, since := opening, from
	for _, m := range movements {
		if m.At.Before(from) || !m.At.Before(to) {
			continue
		}
		w.see(stock, since, m.At)
		stock, since = stock.addCapped(m.Delta), m.At
	}
	w.see(stock, since, to)
	return w.found
}

// A watch is one norm and the breaches seen of it.
type watch struct {
	norm  *Norm
	found []Breach
}

// see takes note of the stock over a stretch of time. Stretches come in order
// and without gaps.
func (w *watch) see(stock Qty, from, to time.Time) {
	n := w.norm
	if from.Before(n.From) {
		from = n.From
	}
	if !n.To.IsZero() && n.To.Before(to) {
		to = n.To
	}
	short := stock < n.Min
	excess := n.Max > 0 && stock > n.Max
	if !from.Before(to) || !short && !excess {
		return
	}
	if k := len(w.found); k > 0 && w.found[k-1].To.Equal(from) && w.found[k-1].Short() == short {
		last := &w.found[k-1]
		last.To = to
		if short {
			last.Worst = min(last.Worst, stock)
		} else {
			last.Worst = max(last.Worst, stock)
		}
		return
	}
	w.found = append(w.found, Breach{*n, from, to, stock})
}

// Breaches compares the ledger with norms over [from, to), ordered by norm, in
// the order given, and then time: see [Norm.Breaches].
//
// It takes O(log m + k) time for a norm whose point has m movements, k of them
// in [from, to).
func (l *Ledger) Breaches(norms []Norm, from, to time.Time) []Breach {
	var found []Breach
	for i := range norms {
		n := &norms[i]
		opening := l.Balance(n.Point, from.Add(-1))
		movements := slices.Collect(l.movements(n.Point, nanoseconds(from), nanoseconds(to)))
		found = append(found, n.Breaches(opening, movements, from, to)...)
	}
	return found
}
