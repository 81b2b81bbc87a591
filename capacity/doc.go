// Package capacity says who can work, and how much is asked of them.
//
// A [Resource] is anything of which there is only so much at a time: a machine,
// a group of equal ones, people with skills, tools, vehicles, docks, floor. A
// [Load] asks for units of one over a stretch of time. From the two come the
// load profile by period and shop, the overloads, the ranking of bottlenecks,
// and the coefficients of use that a planning department reports.
//
// The package knows working time from package calendar, and no orders: a load
// may come from a schedule, from a release plan or from a table of planned
// hours. It does not decide what is done where and when.
//
// Sums of work are integers ([Work]); only ratios are floating point. All
// intervals are half-open.
package capacity
