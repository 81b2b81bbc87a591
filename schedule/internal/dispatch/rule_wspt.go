package dispatch

// WSPT is weighted shortest processing time, Smith's ratio rule (1956).
var WSPT = Rule{Name: "WSPT", Key: func(c *Candidate) int64 { return ratio(c.Work, c.Weight) }}
