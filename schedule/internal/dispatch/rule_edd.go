package dispatch

// EDD is earliest due date.
var EDD = Rule{Name: "EDD", Key: func(c *Candidate) int64 { return c.Due }}
