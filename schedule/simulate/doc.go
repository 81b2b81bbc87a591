// Package simulate executes plans in a simulated plant.
//
// A plan says what would happen if the world kept to it. [Run] lets a world
// happen that does not: work takes longer or shorter than planned, machines
// break down, pieces are scrapped, suppliers are late, orders come in that
// nobody planned and lines are cancelled. What comes of the plan is measured
// order by order and line by line. With the zero [Options] nothing random
// happens, and the plan is executed as it is.
//
// # The plant
//
// Orders enter the pool at their planned release and are released to the shop
// by a [Release] policy, or at once. Their steps go through as in the problem:
// resources with calendars and maintenance, several at a time, members of
// pools, changeovers by sequence, transfer lots, waits and moves between steps,
// work that pauses with the shift or does not begin without enough of it,
// material from stocking points, partners, purchases, transfers with vehicles,
// co-products. What is ready goes to contract lines.
//
// Machines either keep to the plan's modes, resources and sequence, or choose
// by a dispatching [Rule]. If they keep to the plan, stock that it takes earlier
// is reserved, and deliveries, transfers and partners keep their dates unless
// they are late; only operations run ahead. An allowed plan in a world without
// surprises then ends each order when it said, or earlier. By rule, stock goes
// to whoever comes first, and to lines by due date.
//
// # One world for all
//
// Every random quantity is drawn from a stream of its own, which depends on the
// seed and on what it is the quantity of: the run time of one step of one order,
// the third failure of one machine. Two policies under one seed so meet the same
// world, and their difference is due to them (common random numbers). Orders
// are the same if they have the same ID.
//
// # What it leaves out
//
// Docks, floor area and resources that are counted by buckets do not limit
// anything, and vehicles drive through the night. Maintenance of some of a resource's units waits for work that has
// begun. Whether an operation that must not pause fits into a shift is judged by
// planned times; if it then takes longer, it goes on with the next shift.
// Deliveries that ship together do so where lines are served by due date.
// Prices play no part: what an outcome costs is the caller's to say.
//
// # Repeatability
//
// The same problem, plan, options and calls give the same result on every
// machine. Time is counted in nanoseconds; random numbers come from arithmetic
// that is the same everywhere.
package simulate
