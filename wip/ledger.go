package wip

import (
	"fmt"
	"iter"
	"slices"
	"sort"
	"time"
)

// A Movement is one change of stock.
type Movement struct {
	At    time.Time
	Point Point
	Delta Qty    // positive into the point, negative out of it; not 0
	Ref   string // document, order or operation that caused it
}

// A Ledger is an append-only account of movements. Stock is never entered, only
// summed, so that a Ledger cannot disagree with itself.
//
// The zero Ledger is empty and ready to use. A Ledger is not safe for
// concurrent use while it is being appended to.
type Ledger struct {
	points []Point // in the order in which they first moved
	books  map[Point]*book
	last   time.Time
}

// A book holds the movements of one point. stock[i] is what lies there after
// movements[i].
type book struct {
	movements []Movement
	stock     []Qty
}

func (b *book) current() Qty {
	if b == nil || len(b.stock) == 0 {
		return 0
	}
	return b.stock[len(b.stock)-1]
}

// Append posts movements, all of them or none. They must not be earlier than
// each other and the last one posted; those at the same instant take effect in
// the order given. No stock may become negative.
//
// The error, if any, is an [*InvalidError] that lists every movement at fault.
// Append takes amortised O(1) time for each movement.
func (l *Ledger) Append(movements ...Movement) error {
	var is issues
	last := l.last
	stock := make(map[Point]Qty)
	for i, m := range movements {
		path := fmt.Sprintf("Movements[%d]", i)
		is.point(path+".Point", m.Point)
		if m.At.Before(last) {
			is.add(OutOfOrder, path+".At", "%v is earlier than %v, the one before it", m.At, last)
		} else {
			last = m.At
		}
		if m.Delta == 0 {
			is.add(ZeroDelta, path+".Delta", "is 0")
		}
		before, ok := stock[m.Point]
		if !ok {
			before = l.books[m.Point].current()
		}
		after, fits := before.Add(m.Delta)
		switch {
		case !fits:
			is.add(Overflow, path+".Delta", "%d added to %d is too large", m.Delta, before)
		case after < 0:
			is.add(NegativeStock, path+".Delta", "takes %d of %d", -m.Delta, before)
		default:
			stock[m.Point] = after
		}
	}
	if len(is) > 0 {
		return is.err()
	}
	for _, m := range movements {
		l.post(m)
	}
	return nil
}

func (l *Ledger) post(m Movement) {
	b := l.books[m.Point]
	if b == nil {
		if l.books == nil {
			l.books = make(map[Point]*book)
		}
		b = new(book)
		l.books[m.Point] = b
		l.points = append(l.points, m.Point)
	}
	b.stock = append(b.stock, b.current()+m.Delta)
	b.movements = append(b.movements, m)
	l.last = m.At
}

// Points yields the points that have moved, in the order in which they first
// did.
func (l *Ledger) Points() iter.Seq[Point] { return slices.Values(l.points) }

// Movements yields the movements of p in the order of posting.
func (l *Ledger) Movements(p Point) iter.Seq[Movement] {
	b := l.books[p]
	if b == nil {
		return func(func(Movement) bool) {}
	}
	return slices.Values(b.movements)
}

// Balance returns the stock of p after all movements up to and including at.
// It takes O(log n) time for n movements of p.
func (l *Ledger) Balance(p Point, at time.Time) Qty {
	before, _ := l.books[p].since(at.Add(1))
	return before
}

// since returns the stock right before from, and the movements from then on.
func (b *book) since(from time.Time) (before Qty, movements []Movement) {
	if b == nil {
		return 0, nil
	}
	i := sort.Search(len(b.movements), func(i int) bool { return !b.movements[i].At.Before(from) })
	if i > 0 {
		before = b.stock[i-1]
	}
	return before, b.movements[i:]
}
