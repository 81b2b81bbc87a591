// Package cooperation keeps account of work that is given to others: steps that
// partners do, and services of one shop to another.
//
// [FromPlan] derives from a plan what is to be asked of whom, and by when it has
// to be there for the plan to hold. [Record] follows each from request through
// promise and delivery to acceptance, [Timeliness] sums up who keeps to dates,
// and [Reminders] lists what has to be asked for now. The package sends nothing
// and reads no clock: the present is an argument.
package cooperation
