// Package standards derives the standards of operational planning of a whole
// plant: for every item and shop its lot, launch period, production cycle, lead
// offsets and norms of stock, from what a [schedule.Problem] says of routings,
// machines and calendars, and from a programme.
//
// [Derive] makes the [Table], [Apply] writes it into a copy of the problem, and
// [Audit] compares it with what is in force and with what happened. The
// formulas are those of package wip/norms.
//
// The package decides nothing that a planner does not check: a table is a
// proposal made of averages. It looks at one source of each item, the one that
// a planner tries first, and at no capacity but the load it reports.
//
// All durations of standards count working days: [Day] is one, however long the
// shifts are. Equal input gives equal tables on every machine.
package standards
