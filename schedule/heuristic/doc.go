// Package heuristic makes plans quickly: it nets demand against stock through
// all levels, sizes lots, chooses sources, and places every operation with
// finite capacity of all its resources. It is for every day's plan of a real
// plant, from a dozen orders to hundreds of thousands.
//
// It does not prove that a plan is the best, and it does not look for the best
// sequence on a bottleneck beyond what its repair finds.
//
// # How it plans
//
// Orders that exist come first. Then the contract lines are planned one after
// the other: firm before forecast before inquiries, by priority, by due date,
// and at one date the one that costs most to keep waiting first. A line takes
// what it wants from the projected stock at its due date. Whatever is then
// missing, there and at any later time, is supplied just in time: by the first
// source that can have it there, backwards from the date through all levels
// and resources. If nothing can, the line is planned forwards, as early as
// material and capacity allow, and then once more just in time for the date
// found, so that only what is critical is early. Where the customer takes parts,
// what can be had by the date is delivered then, and the rest as it comes if that
// is better by a tenth than waiting for all of it. Stock norms come last.
//
// Since stock is taken by date and not by the order of planning, it goes to
// whoever needs it first: a line that is planned late, but due early, gets
// the stock that was meant for a later one, if that can still be supplied.
//
// Lines that are late are then planned again: before a line that stands in
// their way, after it has been hurried, or in one lot with others of the same
// item. What does not lower the cost is undone, and nothing makes a more
// important line later. What the cost counts here is a part of the objective:
// lateness, shortage, flow time, setup, and money for work, sources and holding.
//
// # Planning again
//
// With a previous plan, lots are made where it had them and lines are delivered
// when it did, as long as that still fits. If changes have a price, the lines
// that it delivered come first, and what is new finds its place between them;
// what improves the plan then has to be worth the changes. A previous plan that
// is still allowed is kept whole unless a better one is worth it.
//
// # A plan in force
//
// A [Board] holds a plan with all that planning knows of it, so that a question
// is answered from what it touches: an outage lifts what cannot stay, and that,
// operation by operation in the order of their dates, goes to the next place
// where nothing that was before it is in the way; what was behind it makes way,
// or stays if free time is to do. An inquiry is planned as any line is, between
// what is there. Either is taken back by a trail.
//
// # What it leaves out
//
// Construction goes by dates and by the order of sources; prices decide only
// about overtime and in repair. Makespan, rhythm and even load guide neither: a
// better timing, which the sequencer looks for at the end, is accepted by the
// whole objective, and all are measured in the plan's metrics. A period cover
// looks ahead to contract lines of its own item; for what other items need,
// purchases are joined when all is planned, but lots that are made are not.
// Where storage is full, a line that would need more is short rather than
// stored elsewhere. Transfers use the docks and vehicles of their lane, not
// members of pools. Plans of problems with holds are not timed anew at the end.
//
// # What it promises
//
// Every plan is allowed in the sense of package verify, unless what the
// problem prescribes is not. Work that cannot be placed is left out, and the
// plan says why. The same problem, options and number of steps give the same
// plan, on every machine. When its context ends, planning ends within
// milliseconds, and the plan is written out as it is then.
package heuristic
