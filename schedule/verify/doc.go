// Package verify judges plans.
//
// [Check] lists everything about a plan that its problem does not allow, each
// [Violation] with a code, the place in the caller's own IDs, the time and the
// amount. A plan may come from a planner, a file or a person; the package
// trusts none of them, and shares no arithmetic with any: only the definitions
// of the model itself, such as [schedule.Mode.Work] for processing time and
// [schedule.StockProfile] for what moves stock. It imports nothing internal.
//
// It does not say how good a plan is: see [schedule.Evaluate].
//
// # What is kept
//
// A problem can prescribe what it would not allow: a firm order on Sunday, two
// started operations on one machine. An operation that has to stay where the
// problem put it (done, started, firm, or in the frozen zone) is judged only
// by whether it is there. What a planner adds to it is judged in full.
package verify
