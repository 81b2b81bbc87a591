package dispatch

// MST is minimum slack time. Now is the same for all who wait, so that it can
// be left out.
var MST = Rule{Name: "MST", Key: func(c *Candidate) int64 { return c.Due - c.Remaining }}
