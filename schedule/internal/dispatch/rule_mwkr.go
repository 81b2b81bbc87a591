package dispatch

// MWKR is most work remaining.
var MWKR = Rule{Name: "MWKR", Key: func(c *Candidate) int64 { return -c.Remaining }}
