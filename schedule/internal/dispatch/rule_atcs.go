package dispatch

// ATCS is [ATC] with changeovers (Lee, Bhaskaran and Pinedo 1997): another
// factor exp(-setup / (k₂ mean setup)). Both parameters are in quarters.
func ATCS(lookahead, setups int64) Rule {
	atc := ATC(lookahead)
	return Rule{Name: "ATCS", Dynamic: true, Key: func(c *Candidate) int64 {
		return atc.Key(c) + decay(c.Setup, setups, c.MeanSetup)
	}}
}
