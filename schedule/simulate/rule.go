package simulate

import "time"

// A Rule is a dispatching rule: of the operations that wait for a machine, the
// one of lowest priority value goes first; of equals, the one that came to the
// machine first. A machine never idles while an operation that could start
// waits for it.
type Rule struct {
	Name string
	// Priority of an operation. It must depend on nothing but its argument,
	// which it must not keep.
	Priority func(*Waiting) float64
	// Dynamic means that the priority changes while an operation waits, so
	// that it is asked for at every choice and not once.
	Dynamic bool
}

// A Waiting is an operation in the queue of a machine. Instants are elapsed
// times from the start of the horizon.
type Waiting struct {
	Now, Due time.Duration // Due is after all others if there is none
	Released time.Duration
	Arrived  time.Duration // at this machine
	Planned  time.Duration // start by the plan; after all others if it has none
	Priority int           // of the order, the lower the more important
	Work     time.Duration // planned, of this operation
	// Remaining is the planned work, and Steps the number, of the order's
	// steps that are not done, this one included.
	Remaining time.Duration
	Steps     int
	// MeanWork is the mean planned work of what has come to this machine so
	// far.
	MeanWork time.Duration
}

// slack is the time to spare until the due date.
func (w *Waiting) slack() float64 { return float64(w.Due - w.Now - w.Remaining) }

// FIFO takes first what came to the machine first.
func FIFO() Rule {
	return Rule{Name: "FIFO", Priority: func(w *Waiting) float64 { return float64(w.Arrived) }}
}

// EDD takes the earliest due date first.
func EDD() Rule {
	return Rule{Name: "EDD", Priority: func(w *Waiting) float64 { return float64(w.Due) }}
}

// SPT takes the shortest work first.
func SPT() Rule {
	return Rule{Name: "SPT", Priority: func(w *Waiting) float64 { return float64(w.Work) }}
}

// PlannedStart takes first what the plan starts first, but never idles for it.
func PlannedStart() Rule {
	return Rule{Name: "planned start", Priority: func(w *Waiting) float64 { return float64(w.Planned) }}
}

// OperationDue takes first the operation whose own due date is earliest: the
// order's, less an allowance for each step after it besides the work of those.
func OperationDue(allowance time.Duration) Rule {
	return Rule{Name: "operation due date", Priority: func(w *Waiting) float64 {
		return float64(w.Due - (w.Remaining - w.Work) - time.Duration(w.Steps-1)*allowance)
	}}
}

// LeastSlack takes the least slack per remaining operation first.
func LeastSlack() Rule {
	return Rule{Name: "slack per operation", Dynamic: true, Priority: func(w *Waiting) float64 {
		return w.slack() / float64(w.Steps)
	}}
}

// CriticalRatio takes the smallest ratio of time to work until the due date
// first.
func CriticalRatio() Rule {
	return Rule{Name: "critical ratio", Dynamic: true, Priority: func(w *Waiting) float64 {
		return float64(w.Due-w.Now) / float64(max(1, w.Remaining))
	}}
}

// ApparentTardiness is the ATC rule of Vepsalainen and Morton (1987): the
// shortest work, discounted by slack in units of lookahead times the mean work.
// Lookahead is usually 2 to 4; slack is shared out by remaining steps.
func ApparentTardiness(lookahead float64) Rule {
	return Rule{Name: "ATC", Dynamic: true, Priority: func(w *Waiting) float64 {
		slack := max(0, w.slack()/float64(w.Steps))
		urgency := exp(-slack / (lookahead * float64(max(1, w.MeanWork))))
		return -urgency / float64(max(1, w.Work))
	}}
}
