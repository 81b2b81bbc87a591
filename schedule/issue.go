package schedule

import "fmt"

// An InvalidError lists all that is wrong with a Problem, in the order of its
// fields.
type InvalidError struct {
	Issues []Issue // not empty
}

func (e *InvalidError) Error() string {
	if n := len(e.Issues); n > 1 {
		return fmt.Sprintf("schedule: invalid problem: %s (and %d more)", e.Issues[0], n-1)
	}
	return fmt.Sprintf("schedule: invalid problem: %s", e.Issues[0])
}

// An Issue is one thing that is wrong with a Problem.
type Issue struct {
	Code IssueCode
	// Path leads to the value at fault by the caller's own names, as in
	// Routings["gear-12"].Steps["mill"].Modes[0].Uses[1].Resource.
	Path string
	// Text says what was found and what was expected.
	Text string
}

func (i Issue) String() string { return i.Path + ": " + i.Text }

// An IssueCode tells issues apart in code. Codes are never reused for
// something else.
type IssueCode string

// What can be wrong with a problem. The example at each code spoils the
// problem of [Problem.Validate]'s test in the one way shown; the test expects
// that code and no other.
const (
	// BadHorizon occurs when From, To, Now, Tick or a fence do not fit
	// together: From before To, at most 200 years apart, Now between them,
	// Tick at least a microsecond and at most a day.
	//
	// Example:
	//	To = "2026-01-01T00:00:00Z"
	BadHorizon IssueCode = "bad-horizon"

	// MissingID occurs when a thing has no ID.
	//
	// Example:
	//	Partners[0].ID = ""
	//	Supplies[0].Partner = ""
	//	Routings[0].Steps[2].Subcontract.Partner = ""
	MissingID IssueCode = "missing-id"

	// DuplicateID occurs when two things of one kind have the same ID.
	//
	// Example:
	//	Lines[1].ID = "L1"
	DuplicateID IssueCode = "duplicate-id"

	// UnknownID occurs when an ID refers to nothing.
	//
	// Example:
	//	Lines[0].Item = "pmup"
	UnknownID IssueCode = "unknown-id"

	// OutOfRange occurs when a number is outside the range stated at its
	// field.
	//
	// Example:
	//	Routings[0].Steps[0].Yield = 1001
	OutOfRange IssueCode = "out-of-range"

	// BadSpan occurs when a stretch of time ends before it begins.
	//
	// Example:
	//	Supplies[0].Effective = {"From": "2026-03-01T00:00:00Z", "To": "2026-02-01T00:00:00Z"}
	BadSpan IssueCode = "bad-span"

	// BadLot occurs when no lot satisfies a lot rule: a maximum below the
	// minimum once that is raised to a multiple, a fixed lot without size, a
	// period cover without period.
	//
	// Example:
	//	Items[0].Lot = {"Minimum": 7, "Multiple": 5, "Maximum": 9}
	BadLot IssueCode = "bad-lot"

	// BadCalendar occurs when package calendar finds a calendar at fault.
	//
	// Example:
	//	Calendars[0].Zone = "Europe/Nowhere"
	BadCalendar IssueCode = "bad-calendar"

	// BadResource occurs when package capacity finds a resource at fault.
	//
	// Example:
	//	Resources[0].Units = -1
	BadResource IssueCode = "bad-resource"

	// BadNorm occurs when package wip finds a norm at fault.
	//
	// Example:
	//	Norms[0].Max = 1
	BadNorm IssueCode = "bad-norm"

	// BadStep occurs when a step cannot be done as it is described: it has
	// both modes and a subcontract.
	//
	// Example:
	//	Routings[0].Steps[0].Subcontract = {"Partner": "plater", "LeadTime": 3600000000000}
	BadStep IssueCode = "bad-step"

	// BadUse occurs when a use asks for what its resource cannot give: amounts
	// from one without buckets, units of time of one with buckets by a lane,
	// supply or hold, or a hold for whichever member of a pool.
	//
	// Example:
	//	Supplies[0].Uses = [{"Resource": "mill", "PerUnit": 60000000000}]
	//	Routings[0].Steps[0].Modes[0].Uses[0].PerUnit = 60000000000
	BadUse IssueCode = "bad-use"

	// BadWait occurs when a maximum wait is shorter than the minimum or the
	// soft one, or the two steps of a link are the same.
	//
	// Example:
	//	Routings[0].Links = [{"From": "turn", "To": "mill", "MinWait": 7200000000000, "MaxWait": 3600000000000}, {"From": "mill", "To": "plate"}]
	BadWait IssueCode = "bad-wait"

	// StepCycle occurs when a step has to wait for itself, through links. The
	// text lists the cycle.
	//
	// Example:
	//	Routings[0].Links = [{"From": "turn", "To": "mill"}, {"From": "mill", "To": "turn"}, {"From": "mill", "To": "plate"}]
	StepCycle IssueCode = "step-cycle"

	// MaterialCycle occurs when an item needs itself, directly or through
	// others. The text lists the cycle.
	//
	// Example:
	//	Routings[0].Steps[0].Needs[0].Item = "shaft"
	MaterialCycle IssueCode = "material-cycle"

	// BadPhantom occurs when a phantom item has a stock, a receipt, a
	// norm, an order or no routing, or when a routing has more than 1000
	// steps with those of its phantoms or 20 levels of them.
	//
	// Example:
	//	Items[2].Phantom = true
	BadPhantom IssueCode = "bad-phantom"

	// BadOrder occurs when what is reported of an existing order
	// contradicts itself or its routing.
	//
	// Example:
	//	Orders[0].Steps = [{"Step": "turn", "Done": true, "Started": true}]
	BadOrder IssueCode = "bad-order"

	// BadDate occurs when a date is missing or not in the order in which it
	// has to be: a line without due date, earliest after due.
	//
	// Example:
	//	Lines[0].Earliest = "2026-12-30T00:00:00Z"
	BadDate IssueCode = "bad-date"
)
