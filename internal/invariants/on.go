//go:build invariants

package invariants

// Enabled reports whether the tag is set. It is a constant, so that a check
// behind it costs nothing when it is not.
const Enabled = true
