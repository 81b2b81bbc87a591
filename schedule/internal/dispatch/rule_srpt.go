package dispatch

// SlackSPT is S/RPT+SPT (Anderson and Nyirenda 1990): work times slack per
// remaining work, but at least the work itself.
var SlackSPT = Rule{Name: "S/RPT+SPT", Dynamic: true, Key: func(c *Candidate) int64 {
	return max(one, ratio(c.Slack(), c.Remaining)) / 16 * min(c.Work, 1<<20)
}}
