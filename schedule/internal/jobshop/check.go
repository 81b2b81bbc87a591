package jobshop

import "fmt"

// check panics unless the order is topological and all heads and tails are
// those that a computation from scratch gives. It is for builds with the tag
// invariants.
func (g *graph) check() {
	fresh := newGraph(g.shop)
	fresh.orient(g.order)
	for v := range g.nodes {
		if g.nodes[v] != fresh.nodes[v] {
			panic(fmt.Sprintf("jobshop: operation %d is %+v, from scratch %+v", v, g.nodes[v], fresh.nodes[v]))
		}
	}
}
