package dispatch

// ATC is apparent tardiness cost (Vepsalainen and Morton 1987): Smith's ratio
// times exp(-slack / (k mean work)). lookahead is k in quarters. Keys are
// logarithms.
func ATC(lookahead int64) Rule {
	return Rule{Name: "ATC", Dynamic: true, Key: func(c *Candidate) int64 {
		return log2(c.Work) - log2(c.Weight) + decay(max(0, c.Slack()), lookahead, c.MeanWork)
	}}
}

// decay is -log₂ exp(-x / (k mean)), with k in quarters.
func decay(x, k, mean int64) int64 {
	return min(ratio(4*x, k*mean), 1<<40) * log2e / one
}
