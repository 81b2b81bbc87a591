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
// 2006). A routing that uses it is cut in two there. Other lead times are given;
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
// firm zone only if that is worth the change. If the plan costs a tenth more than
// the earlier one, or that does not say what it costs, lots are also made as if
// there were none, and if that is worth the changes, or the cost is known to have
// risen, all ways are tried. [Compare] measures what has changed.
// [Solve] solves the program alone, for what-if.
//
// # What it is not
//
// The program sees quantities in periods. Of a problem it has
//
//   - exactly, but for the rounding to periods: balances of material, lead times
//     and offsets, yields and losses, what is needed or comes along for a time
//     only, calendars, overtime, buckets, tools that stay with an order, docks
//     and vehicles, dates and fences of sources, shares of sources, norms, area,
//     due dates, MaxLate, existing orders and receipts, and all prices but
//     Objective.Makespan;
//   - as if spread over a usual lot: Setup, Fixed and FixedCost, trips, batches,
//     transfer lots, minimum, multiple and maximum of lots;
//   - relaxed: lines that go together, of which no more can be delivered in all
//     than at one instant; lines that must ship whole or in no less than
//     MinShipment, as lines that need not; alternates, in any mixture;
//   - as a share of the capacity ([Options.Utilization]): changeovers, waits,
//     steps that are not Pausable or have a calendar of their own, and for whom
//     of a pool a skill is short for a time only;
//   - in the rounding: SafetyTime, by which lots are released earlier, and lot
//     rules for a time;
//   - not at all, and left to placing: by-products that come for a time only and
//     go into what they come from; Priority of lines, sources and modes,
//     since prices decide here; Status of lines but closed ones, as long as a
//     forecast is priced like a contract; Makespan; the least and greatest waits
//     of links beyond their part in lead times.
//
// No delivery is planned before [schedule.ContractLine.Earliest], so that there
// is nothing early to price; at the end of the horizon the target of a norm
// counts as its minimum, and stock has no other worth.
//
// Near lots are joined afterwards, over all levels at once, by capacitated lot
// sizing with what the program leaves of the hours, if the plan that is placed
// from them is cheaper. Placing the lots brings back all that the program does not
// see, and [Result.Promises] says what it cost.
//
// # Repeatability
//
// The same problem, options and module version give the same plan. Numbers in
// reports come from floating-point arithmetic and are good to about six
// digits.
package release
