package capacity

import "fmt"

// An InvalidError lists all that is wrong with some input, in its order.
type InvalidError struct {
	Issues []Issue // not empty
}

func (e *InvalidError) Error() string {
	if n := len(e.Issues); n > 1 {
		return fmt.Sprintf("capacity: %s (and %d more)", e.Issues[0], n-1)
	}
	return fmt.Sprintf("capacity: %s", e.Issues[0])
}

// An Issue is one thing that is wrong.
type Issue struct {
	Code Code
	// Path leads to the value at fault, as in
	// Resources["mill"].Maintenance[0].To.
	Path string
	// Text says what was found and what was expected.
	Text string
}

func (i Issue) String() string { return i.Path + ": " + i.Text }

// A Code tells issues apart. Codes are never reused for something else.
type Code string

// What can be wrong with resources and loads.
const (
	// MissingID occurs when a resource or changeover table has no ID.
	MissingID Code = "missing-id"
	// DuplicateID occurs when two of one kind have the same ID, or two entries
	// of a changeover table the same pair of families.
	DuplicateID Code = "duplicate-id"
	// UnknownID occurs when an ID refers to nothing.
	UnknownID Code = "unknown-id"
	// UnknownKind occurs when a kind is none of those listed at [Kind].
	UnknownKind Code = "unknown-kind"
	// OutOfRange occurs when a number is outside its stated range.
	OutOfRange Code = "out-of-range"
	// BadRange occurs when a range of time is empty or ends before it starts.
	BadRange Code = "bad-range"
	// NestedPool occurs when a pool is a member of a pool.
	NestedPool Code = "nested-pool"
	// LoadOnPool occurs when a load asks for a pool: it has to name the member
	// that serves it.
	LoadOnPool Code = "load-on-pool"
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
