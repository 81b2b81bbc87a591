package dispatch

// FIFO is first in, first out.
var FIFO = Rule{Name: "FIFO", Key: func(c *Candidate) int64 { return c.Arrived }}
