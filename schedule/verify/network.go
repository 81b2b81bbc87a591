package verify

import "github.com/taktplan/takt/schedule"

// A network is the links among the steps of a routing, by their positions.
type network struct {
	links []arc
	// backwards holds the same links such that those that leave a step come
	// one after the other, and after all those that leave a step after it.
	backwards []arc
}

// An arc is a link between two positions.
type arc struct {
	schedule.Link
	from, to int
}

// newNetwork returns the network of a valid routing.
func newNetwork(r *schedule.Routing, position func(schedule.StepID) int) *network {
	n := &network{}
	leaving := make([][]arc, len(r.Steps))
	entering := make([][]int, len(r.Steps))
	open := make([]int, len(r.Steps)) // links that leave to steps not passed yet
	for l := range r.Precedence() {
		a := arc{l, position(l.From), position(l.To)}
		n.links = append(n.links, a)
		leaving[a.from] = append(leaving[a.from], a)
		entering[a.to] = append(entering[a.to], a.from)
		open[a.from]++
	}
	var ready []int
	for k := range open {
		if open[k] == 0 {
			ready = append(ready, k)
		}
	}
	for len(ready) > 0 {
		k := ready[0]
		ready = ready[1:]
		n.backwards = append(n.backwards, leaving[k]...)
		for _, before := range entering[k] {
			if open[before]--; open[before] == 0 {
				ready = append(ready, before)
			}
		}
	}
	return n
}
