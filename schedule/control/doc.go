// Package control corrects a plan by what happens: it says what is physically
// true now, what that does to the plan, and what can be done about it.
//
// # The present
//
// [Present] turns a problem, the plan that people work by and the state that a
// ledger tells into the problem as it is now: with the stock that is there, the
// orders at work with their progress, what has been ordered and is on its way,
// what customers have received, and the workplaces that stand still. All else
// in this package starts from there; nothing is ever planned from what should
// have been.
//
// [Observe] compares the plan with the state and lists what deviates;
// [EarnedProgress] says how far each order is, and [Forecast] when each will be
// finished if nothing is done but to go on. A [Watch] raises alarms, with
// hysteresis, so that what trembles about a limit does not ring every hour.
//
// # Replanning
//
// [Replan] corrects the plan as far as it is allowed to ([Extent]): from
// shifting to the right what cannot stay, over free time, other machines,
// overtime and outside help, to planning anew. What stands is not touched, what
// is at work goes on, what starts in the frozen zone stays unless it cannot,
// orders of the firm zone stay as they are but for their dates, and every
// change has its price, so that plans are stable. The answer is a [Revision]:
// the new plan with what moved, by how much and because of what, and what that
// does to contracts.
//
// A [Desk] keeps a plan indexed between calls, for a dispatcher: a breakdown or
// an inquiry is answered from what it touches alone. Nothing changes there until
// an answer is accepted. [Disruption] makes the card of a breakdown: each way
// out of it, replanned, with its cost.
//
// # What if
//
// A [Scenario] is a named list of events applied to a problem: a breakdown, a
// cancelled order, a rush order, a late supplier, an extra shift, a new machine,
// a shorter setup, another lot size. [Compare] plans several side by side. On
// the problem of a past period it tells what an improvement would have been
// worth.
//
// # What it is not
//
// It keeps no history and reads no clock: the ledger is in package wip, and now
// is an argument. It does not plan by itself, but through package heuristic,
// and does not judge plans: that is for package verify, and every plan from
// here is allowed by it for the problem that comes along.
package control
