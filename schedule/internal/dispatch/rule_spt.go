package dispatch

// SPT is shortest processing time.
var SPT = Rule{Name: "SPT", Key: func(c *Candidate) int64 { return c.Work }}
