// Package schedule is the model of production planning: what a [Problem] is,
// what a [Plan] for it is, and what both have to agree on.
//
// A Problem is what a factory knows in the morning, a Plan what it is to do:
// plain data in the caller's own IDs. [Problem.Validate] lists every mistake
// in a Problem at once, [Evaluate] measures any Plan, and [ByShop],
// [ByResource], [ByOrder] and [ByContract] look at one from four sides.
// [Mode.Work], [Need.Amount], [Lot.Next], [Explode], [StockProfile] and
// [Changeovers] define times, amounts and states once for planners and judges.
//
// There is no planner here, and nothing that says whether a Plan is allowed:
// the packages heuristic and sequence below this one plan, verify judges,
// codec and gantt write and draw.
//
// Nothing in this package modifies or keeps what it is given, reads a clock or
// depends on the order of a map. Every function may be called concurrently.
// Times and amounts are integers, so equal input gives equal output on every
// machine; sums that exceed 64 bits stop at the largest number.
package schedule
