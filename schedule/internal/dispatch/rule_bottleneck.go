package dispatch

// Bottleneck is bottleneck dynamics (Morton and Pentico 1993) with static
// prices: weight and urgency, as in [ATC], per price of the capacity that the
// job still has to use, where a machine's price is its load. lookahead is in
// quarters.
func Bottleneck(lookahead int64) Rule {
	return Rule{Name: "bottleneck", Dynamic: true, Key: func(c *Candidate) int64 {
		return log2(max(1, c.Priced)) - log2(c.Weight) + decay(max(0, c.Slack()), lookahead, c.MeanWork)
	}}
}
