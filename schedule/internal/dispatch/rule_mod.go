package dispatch

// MOD is the modified operation due date (Baker and Bertrand 1982): the due
// date of the operation, which leaves the work after it its time, or its
// earliest end if that is later.
var MOD = Rule{Name: "MOD", Dynamic: true, Key: func(c *Candidate) int64 {
	return max(c.Due-c.Remaining+c.Work, c.Now+c.Work)
}}
