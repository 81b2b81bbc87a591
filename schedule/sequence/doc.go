// Package sequence improves the timing of a plan: which operation runs on
// which machine when.
//
// It takes any plan for a problem, whoever made it, keeps what was decided
// about orders, quantities, purchases and pegs, and moves operations in time
// and among their modes so that the objective falls. It is the last stage of
// the heuristic planner, and the whole of planning for callers who bring their
// own production orders.
//
// What cannot be moved without changing another decision stays where it is:
// work that is done, started, firm or in the frozen zone, operations in
// overtime or in modes of limited effectivity, orders whose steps overlap by
// transfer lots. The rest of the plan is planned around it.
package sequence
