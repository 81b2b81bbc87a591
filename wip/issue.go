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

// What can be wrong with stocks, norms and movements.
const (
	// MissingID occurs when a point has no item, or a progress no order or
	// step.
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
	// OutOfOrder occurs when a movement is earlier than the last one posted.
	OutOfOrder Code = "out-of-order"
	// ZeroDelta occurs when a movement moves nothing.
	ZeroDelta Code = "zero-delta"
	// NegativeStock occurs when a movement takes more than there is.
	NegativeStock Code = "negative-stock"
	// Overflow occurs when a stock would be larger than a [Qty] can be.
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
