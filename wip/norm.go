package wip

import "time"

// A Norm is the stock that a point is meant to hold.
type Norm struct {
	Point Point
	// 0 ≤ Min ≤ Target ≤ Max. Below Min the next operation may starve; above
	// Max money lies idle. A Max of 0 means no upper limit.
	Min, Target, Max Qty
	// Derivation says what the norm is made of. It has no effect but on
	// audits.
	Derivation Derivation
	// From and To bound the time in which the norm holds. Zero sets no limit.
	From, To time.Time
	// ShortPrice and ExcessPrice are what a base unit below Min or above Max
	// costs a day, in the smallest unit of money. Neither is negative.
	ShortPrice, ExcessPrice int64
}

// A Derivation splits a norm of work in process by what each part is for. It
// is kept beside the norm so that the norm can be audited.
type Derivation struct {
	Technological Qty // pieces in work at the workplaces
	Transport     Qty // pieces under way between workplaces
	Turnover      Qty // between stages of unequal speed or lot size
	Safety        Qty // against disturbances
	Cycle         Qty // inside a stage, for as long as its cycle lasts
}

// Total returns the sum of the parts, and whether it fits.
func (d Derivation) Total() (total Qty, ok bool) {
	for _, part := range [...]Qty{d.Technological, d.Transport, d.Turnover, d.Safety, d.Cycle} {
		if total, ok = total.Add(part); !ok {
			return 0, false
		}
	}
	return total, true
}

// EffectiveAt reports whether at is in the time in which n holds.
func (n *Norm) EffectiveAt(at time.Time) bool {
	return !at.Before(n.From) && (n.To.IsZero() || at.Before(n.To))
}
