package wip

import (
	"strings"
	"time"
)

// Validate reports whether the code and the decimal places are allowed. The
// error, if any, is an [*InvalidError].
func (u Unit) Validate() error {
	var is issues
	if u.Decimals < 0 || u.Decimals > MaxDecimals {
		is.add(BadUnit, "Decimals", "%d is not from 0 to %d", u.Decimals, MaxDecimals)
	}
	if strings.ContainsAny(u.Code, " \t\r\n") {
		is.add(BadUnit, "Code", "%q has a space in it", u.Code)
	}
	return is.err()
}

// Validate reports whether n is well formed: the quantities in order, nothing
// negative. The error, if any, is an [*InvalidError] that lists everything
// found.
func (n *Norm) Validate() error {
	var is issues
	is.point("Point", n.Point)
	switch {
	case n.Min < 0:
		is.add(BadNorm, "Min", "%d is negative", n.Min)
	case n.Target < n.Min:
		is.add(BadNorm, "Target", "%d is less than Min %d", n.Target, n.Min)
	case n.Max != 0 && n.Max < n.Target:
		is.add(BadNorm, "Max", "%d is less than Target %d", n.Max, n.Target)
	}
	d := n.Derivation
	is.atLeastZero("Derivation.Technological", int64(d.Technological))
	is.atLeastZero("Derivation.Transport", int64(d.Transport))
	is.atLeastZero("Derivation.Turnover", int64(d.Turnover))
	is.atLeastZero("Derivation.Safety", int64(d.Safety))
	is.atLeastZero("Derivation.Cycle", int64(d.Cycle))
	is.times("To", n.From, n.To)
	is.atLeastZero("ShortPrice", n.ShortPrice)
	is.atLeastZero("ExcessPrice", n.ExcessPrice)
	return is.err()
}

// Validate reports whether b is well formed: a point and a stock that is not
// negative. The error, if any, is an [*InvalidError].
func (b *Balance) Validate() error {
	var is issues
	is.point("Point", b.Point)
	is.atLeastZero("Qty", int64(b.Qty))
	return is.err()
}

// Validate reports whether p is well formed: order and step named, nothing
// negative. The error, if any, is an [*InvalidError] that lists everything
// found.
func (p *Progress) Validate() error {
	var is issues
	if p.Order == "" {
		is.add(MissingID, "Order", "is empty")
	}
	if p.Step == "" {
		is.add(MissingID, "Step", "is empty")
	}
	is.atLeastZero("Good", int64(p.Good))
	is.atLeastZero("Scrap", int64(p.Scrap))
	is.atLeastZero("Remaining", int64(p.Remaining))
	is.atLeastZero("Spent", int64(p.Spent))
	is.times("Ended", p.Started, p.Ended)
	return is.err()
}

func (is *issues) point(path string, p Point) {
	if p.Item == "" {
		is.add(MissingID, path+".Item", "is empty")
	}
}

func (is *issues) atLeastZero(path string, n int64) {
	if n < 0 {
		is.add(Negative, path, "%d is negative", n)
	}
}

// times checks an optional range; path is that of its end.
func (is *issues) times(path string, from, to time.Time) {
	if !to.IsZero() && to.Before(from) {
		is.add(BadRange, path, "%v is before %v", to, from)
	}
}
