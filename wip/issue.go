package wip

import "fmt"

// An InvalidError lists all that is wrong with some input, in its order.
type InvalidError struct {
	Issues []Issue // not empty
}

func (e *InvalidError) Error() string {
	if n := len(e.Issues); n > 1 {
		return fmt.Sprintf("wip: %s (and %d more)", e.Issues[0], n-1)
	}
	return fmt.Sprintf("wip: %s", e.Issues[0])
}

// An Issue is one thing that is wrong.
type Issue struct {
	Code Code
	// Path leads to the value at fault, as in Norms[3].Max.
	Path string
	// Text says what was found and what was expected.
	Text string
}

func (i Issue) String() string { return i.Path + ": " + i.Text }

// A Code tells issues apart. Codes are never reused for something else.
type Code string

// What can be wrong with stocks, norms and events.
const (
	// MissingID occurs when a point has no item, a progress no order or step,
	// or an event not what its kind needs.
	MissingID Code = "missing-id"
	// Negative occurs when a number is negative that must not be.
	Negative Code = "negative"
	// BadNorm occurs when a norm is not 0 ≤ Min ≤ Target ≤ Max.
	BadNorm Code = "bad-norm"
	// BadRange occurs when a range of time ends before it starts.
	BadRange Code = "bad-range"
	// BadUnit occurs when the code or the decimal places of a unit are not
	// allowed.
	BadUnit Code = "bad-unit"
	// BadID occurs when a key is longer than [MaxKey].
	BadID Code = "bad-id"
	// BadKind occurs when an event is of no kind.
	BadKind Code = "bad-kind"
	// BadTime occurs when an event has no time, or one that cannot be.
	BadTime Code = "bad-time"
	// Unexpected occurs when an event has a field that its kind has not.
	Unexpected Code = "unexpected"
	// ZeroDelta occurs when an event moves nothing.
	ZeroDelta Code = "zero-delta"
	// KeyConflict occurs when two events that differ have one key.
	KeyConflict Code = "key-conflict"
	// NegativeStock occurs when a strict ledger is to take more than there is.
	NegativeStock Code = "negative-stock"
	// Overflow occurs when an amount is larger than [MaxEventQty], or a ledger
	// could not add it up.
	Overflow Code = "overflow"
)

// issues collects what is wrong.
type issues []Issue

func (is *issues) add(code Code, path, format string, args ...any) {
	*is = append(*is, Issue{code, path, fmt.Sprintf(format, args...)})
}

// err returns what has been collected as an error, or nil.
func (is issues) err() error {
	if len(is) == 0 {
		return nil
	}
	return &InvalidError{is}
}
