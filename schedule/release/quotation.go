package release

import "time"

// A Kept is an order that has ended: what it was due, when it was to end by the
// plan from which its date was quoted, and when it did.
type Kept struct{ Due, Planned, Ended time.Time }

// A Quotation turns the end of an order in a plan into the date to promise. A
// plan says when an order ends if nothing happens; but orders are released ahead
// of it, wait in queues, and are planned anew as others come in, so that what
// ends long from now ends nearer to its due date than the plan has it. How much
// so is for experience to say, see [FitQuotation]. The zero value promises what
// the plan says.
type Quotation struct {
	// Shift is by how much later than planned orders end that are planned to
	// end when they are due. Negative means earlier.
	Shift time.Duration
	// Share is the part of the time between planned and due date, in [0, 1],
	// by which other orders end nearer to their due date.
	Share float64
}

// leastKept is how many orders say anything about the next one.
const leastKept = 20

// FitQuotation learns from how orders were kept, by least squares of the
// difference between end and plan over that between due date and plan. Fewer
// than twenty orders say nothing. Orders that were quoted lately and have not
// ended cannot be among them, so that it lags behind what changes.
func FitQuotation(kept []Kept) Quotation {
	n := float64(len(kept))
	if n < leastKept {
		return Quotation{}
	}
	var x, y, xx, xy float64 // means, and sums of squares and products about them
	for _, k := range kept {
		x += days(k.Due.Sub(k.Planned)) / n
		y += days(k.Ended.Sub(k.Planned)) / n
	}
	for _, k := range kept {
		dx := days(k.Due.Sub(k.Planned)) - x
		xx += float64(dx * dx)
		xy += float64(dx * (days(k.Ended.Sub(k.Planned)) - y))
	}
	share := 0.0
	if xx > negligible*n {
		share = min(1, max(0, xy/xx))
	}
	return Quotation{time.Duration((y - float64(share*x)) * float64(day)), share}
}

// Date returns the date to promise for an order with a due date that a plan ends
// at an instant.
func (q Quotation) Date(due, planned time.Time) time.Time {
	return planned.Add(q.Shift + time.Duration(q.Share*float64(due.Sub(planned))))
}
