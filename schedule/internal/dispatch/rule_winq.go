package dispatch

// WINQ is PT+WINQ+SL (Rajendran and Holthaus 1999): work, work waiting at the
// next machine, and slack where it is negative.
var WINQ = Rule{Name: "PT+WINQ+SL", Dynamic: true, Key: func(c *Candidate) int64 {
	return c.Work + c.NextQueue + min(0, c.Slack())
}}
