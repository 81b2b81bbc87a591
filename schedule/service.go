package schedule

import (
	"time"

	"github.com/taktplan/takt/wip"
)

// A lineTally is what becomes of a contract line.
type lineTally struct {
	delivered   wip.Qty
	last        time.Time
	late, early int64 // unit-days in millionths
}

// service measures how well contracts are kept.
//
// What is never delivered counts as late from its due date to the end of the
// horizon, so that not delivering is never better than delivering late. A line
// is on time, late or short; one that is short is not counted as late too.
func (e *evaluation) service() {
	var lateUnitDays, value, onTimeValue, worth int64
	for i, t := range e.tally() {
		l := &e.p.Lines[i]
		if l.Status == ClosedLine {
			continue
		}
		scale := e.x.scale(l.Item)
		short := max(0, l.Qty-t.delivered)
		tardiness := max(0, t.last.Sub(l.Due))
		if t.last.IsZero() {
			tardiness = 0
		}
		if short > 0 {
			untilEnd := max(0, e.t.To.Sub(l.Due))
			tardiness = max(tardiness, untilEnd)
			t.late = sum(t.late, unitDays(short, scale, untilEnd))
			e.ShortUnits += float64(short) / float64(scale)
		}
		e.Lines++
		worth = scaled(l.Price, int64(l.Qty), scale)
		value = sum(value, worth)
		switch {
		case short > 0:
			e.ShortLines++
		case tardiness > 0:
			e.LateLines++
		default:
			e.OnTimeLines++
			onTimeValue = sum(onTimeValue, worth)
		}
		e.Tardiness = sum(e.Tardiness, tardiness)
		e.MaxTardiness = max(e.MaxTardiness, tardiness)
		lateUnitDays = sum(lateUnitDays, t.late)
		e.terms.late = sum(e.terms.late, scaled(or(l.Late, e.objective.Late), t.late, millionths))
		e.terms.early = sum(e.terms.early, scaled(or(l.Early, e.objective.Early), t.early, millionths))
		e.terms.short = sum(e.terms.short, scaled(or(l.Short, e.objective.Short), int64(short), scale))
	}
	e.LateUnitDays = float64(lateUnitDays) / millionths
	e.OnTimeShare = ratio(int64(e.OnTimeLines), int64(e.Lines), 1)
	e.OnTimeValueShare = ratio(onTimeValue, value, e.OnTimeShare)
}

// tally adds up the deliveries of each line.
func (e *evaluation) tally() []lineTally {
	tally := make([]lineTally, len(e.p.Lines))
	for i := range e.plan.Deliveries {
		d := &e.plan.Deliveries[i]
		at := e.x.Lines.Position(d.Line)
		l, t := &e.p.Lines[at], &tally[at]
		scale := e.x.scale(l.Item)
		t.delivered = plus(t.delivered, d.Qty)
		t.last = later(t.last, d.At)
		if late := d.At.Sub(l.Due); late > 0 {
			t.late = sum(t.late, unitDays(d.Qty, scale, late))
		}
		if early := l.Earliest.Sub(d.At); early > 0 && !l.Earliest.IsZero() {
			t.early = sum(t.early, unitDays(d.Qty, scale, early))
		}
	}
	return tally
}

// ratio returns a/b, or none if b is 0.
func ratio(a, b int64, none float64) float64 {
	if b == 0 {
		return none
	}
	return float64(a) / float64(b)
}
