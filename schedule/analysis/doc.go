// Package analysis explains a past period: what a plan meant to happen, what
// happened, where the time of orders went, who owes whom for what was lost,
// and where the levers are.
//
// Input is a [schedule.Problem], the [schedule.Plan] that people worked by, and
// the events of a ledger. [Read] makes a [History] of them, which everything
// else starts from: [History.Outputs] compares planned with actual output,
// [History.Use] says how machines and floor were used, [History.Cycles] where
// the time of orders went, [History.Bottlenecks] what they queued for when,
// [History.Claims] what shops claim from each other, [Counterfactual] what
// planning with what is known now would have made of it, and [Levers] ranks
// what could be gained.
//
// The package changes nothing and plans nothing but the counterfactual. What
// events do not say it does not guess: a wait without a reason is counted as
// such. Equal input gives equal reports on every machine.
package analysis
