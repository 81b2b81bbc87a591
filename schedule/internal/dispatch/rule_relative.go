package dispatch

// RelativeWork is most remaining work per unit of work of this operation: long
// jobs first, but short operations of theirs before long ones, which keeps the
// machines behind supplied. It is the best single rule for the makespan of
// large shops.
var RelativeWork = Rule{Name: "R/p", Key: func(c *Candidate) int64 { return -ratio(c.Remaining, c.Work) }}
