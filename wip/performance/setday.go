package performance

import (
	"cmp"
	"math"
	"slices"

	"github.com/taktplan/takt/wip"
)

// A SetPart is a part in the system of Rodov (the Novocherkassk system): the
// year's products are one conditional set for every working day, and a part
// stands at the day up to which its deliveries cover the sets.
type SetPart struct {
	Delivered wip.Qty // since the start of the year
	PerDay    wip.Qty // that goes into the set of a day
	Lead      float64 // days whose sets were covered when the year began
}

// Day returns the number of the last day whose set the part covers, a fraction
// of a set included: delivered/daily less the lead it is to keep. It is
// infinite for a part of no set.
func (p SetPart) Day() float64 {
	if p.PerDay <= 0 {
		return math.Inf(1)
	}
	return float64(p.Delivered)/float64(p.PerDay) + p.Lead
}

// Proportionality returns the positions of parts in the order in which they
// run out, the most urgent first: the card file of proportionality. Ties go by
// position.
func Proportionality(parts []SetPart) []int {
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(parts[a].Day(), parts[b].Day()) })
	return order
}
