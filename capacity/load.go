package capacity

import "time"

// A Load is work that one resource is asked to do during [From, To), evenly
// over the working time in between.
type Load struct {
	Resource ResourceID
	From, To time.Time
	// Units is how many units it occupies. 0 means 1.
	Units int
	// Setup marks changeover, as against processing.
	Setup bool
	// Ref is what asks: an order, an operation, a document. It has no effect.
	Ref string
}

func (l Load) units() int { return max(1, l.Units) }
