package heuristic

import "github.com/taktplan/takt/schedule"

// why explains why a line is late or short.
func (x *extract) why(l int32) []schedule.Cause { return x.causes(x.state.why[l]) }
