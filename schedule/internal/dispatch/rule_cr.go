package dispatch

// CR is the critical ratio: time until the due date per remaining work.
var CR = Rule{Name: "CR", Dynamic: true, Key: func(c *Candidate) int64 {
	return ratio(c.Due-c.Now, c.Remaining)
}}
