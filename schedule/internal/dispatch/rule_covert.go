package dispatch

// COVERT is cost over time (Carroll 1965; weighted by Vepsalainen and Morton
// 1987): the price of waiting rises linearly from zero, where the slack is as
// long as the waiting to be expected, to the full weight without slack. The
// waiting to be expected is covertWaits times the remaining work.
var COVERT = Rule{Name: "COVERT", Dynamic: true, Key: func(c *Candidate) int64 {
	slack := max(0, c.Slack())
	wait := covertWaits * c.Remaining
	if slack >= wait {
		// Who costs nothing yet goes by slack, behind all who do.
		return slack
	}
	return -min(ratio(c.Weight, c.Work), 1<<40) * ratio(wait-slack, wait) / one
}}

const covertWaits = 2
