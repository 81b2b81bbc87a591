// Package release plans by linear programming: what to release, where, when
// and how much, weighing contracts, norms, capacity and cost against each
// other all at once, which no planner that goes line by line can.
//
// [Plan] draws up a linear program of the problem by periods, solves it, rounds
// its releases to lots, and has the lots placed on machines with finite
// capacity by package heuristic. The answer is a [schedule.Plan] like that of
// any planner, and besides it the releases by period, prices (what one more
// hour of a resource is worth, what a contract line costs at the margin, how
// much cheaper an unused alternative would have to be), and how far the
// placed plan keeps what the program promised.
//
// # The program
//
// Time is cut into periods, short ones near and long ones far. A process, one
// way to make, buy or move an item, has a quantity started in each period;
// what it takes, gives and occupies falls into periods by its lead times, in
// fractions where it straddles a boundary (Hackman and Leachman 1989). Stock
// at the end of each period is split into what is below the minimum, target
// and maximum of its norm and above, at rising prices, and so are regular time
// and overtime, and on-time and late deliveries. Only physics is hard: material
// and capacity. All else has a price, so that there always is an answer.
//
// A resource may be congested ([Options.Clearing]): then work waits for it, and
// how much it puts out depends on how much waits, by a clearing function whose
// output is allocated among the kinds of work (Asmundsson, Rardin and Uzsoy
// 2006). A routing that uses it is cut in two there. An hour of it so has a price
// long before its hours run out. Other lead times are given;
// [Iterate] has plans observed and plans again with the lead times that they
// turn out to have.
//
// Prices are the problem's [schedule.Objective]. Where that gives money no
// weight, money and holding break ties only.
//
// # From day to day
//
// With [Options.Previous] the program starts from the basis of the earlier one,
// and the plan keeps to the earlier plan: lots of the firm zone that the program
// still makes stay where they are, and the rest is placed around them in the one
// way that the earlier plan came from. A plan line by line has new lots in the
// firm zone only if that is worth the change, and all ways are tried if the plan
// costs a tenth more than the earlier one. [Compare] measures what has changed.
// [Solve] solves the program alone, for what-if. [FitQuotation] learns from what
// came of earlier plans which date to promise.
//
// # What it is not
//
// No delivery is planned before [schedule.ContractLine.Earliest], so that there
// is nothing early to price; at the end of the horizon the target of a norm
// counts as its minimum, and stock has no other worth.
//
// The program does not see single lots: set-up times and fixed costs count as
// if spread over a usual lot, sequence-dependent changeovers as a share of the
// capacity ([Options.Utilization]), lines that must ship whole or together as
// lines that need not. Near lots of one routing are joined afterwards, by
// capacitated lot sizing with what the program leaves of the hours, if the plan
// that is placed from them is cheaper. Placing the lots brings all of that back, and
// [Result.Promises] says what it cost.
//
// # Repeatability
//
// The same problem, options and module version give the same plan. Numbers in
// reports come from floating-point arithmetic and are good to about six
// digits.
package release
