package mapping

import (
	"slices"

	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
)

// itemsInCircles returns the items that operations make out of themselves,
// directly or through others: mostly because an operation moves them from one
// place to another.
func (mp *mapper) itemsInCircles() map[*model.Item]bool {
	ids := map[*model.Item]int{}
	var items []*model.Item
	id := func(f *model.Flow) int {
		i := f.Item
		if f.Buffer != nil {
			i = f.Buffer.Item
		}
		if _, ok := ids[i]; !ok {
			ids[i] = len(items)
			items = append(items, i)
		}
		return ids[i]
	}
	var arcs [][2]int
	for _, o := range mp.m.Operations {
		if mp.index.isSub[o] {
			continue
		}
		var in, out []int
		mp.index.whole(o, func(part *model.Operation) {
			for _, f := range mp.index.flows[part] {
				if produces(f) {
					out = append(out, id(f))
				} else {
					in = append(in, id(f))
				}
			}
		})
		for _, a := range out {
			for _, b := range in {
				arcs = append(arcs, [2]int{a, b})
			}
		}
	}
	located := map[*model.Item]bool{}
	for i, c := range circular(len(items), arcs) {
		if c {
			located[items[i]] = true
		}
	}
	return located
}

// circular reports for each of n nodes whether it lies on a circle: what is
// left when nodes without arcs in, or without arcs out, are taken away again
// and again, is on a circle or between two.
func circular(n int, arcs [][2]int) []bool {
	left := make([]bool, n)
	for i := range left {
		left[i] = true
	}
	for _, end := range []int{0, 1} {
		degree, next := make([]int, n), make([][]int, n)
		for _, a := range arcs {
			degree[a[end]]++
			next[a[1-end]] = append(next[a[1-end]], a[end])
		}
		var bare []int
		for i := range left {
			if degree[i] == 0 {
				bare = append(bare, i)
			}
		}
		for len(bare) > 0 {
			i := bare[len(bare)-1]
			bare = bare[:len(bare)-1]
			left[i] = false
			for _, j := range next[i] {
				if degree[j]--; degree[j] == 0 {
					bare = append(bare, j)
				}
			}
		}
	}
	return left
}

// breakCircles takes away the routings that would make items out of
// themselves: going from what is made to what it is made of, the one that
// leads back. Those that make an item besides the one of their operation come
// last, since a tool that an order gives back is no reason to make the order.
func (mp *mapper) breakCircles() {
	g := supplyGraph{p: mp.p, makers: map[schedule.ItemID][]int{}}
	var besides []int
	for i := range mp.p.Routings {
		if mp.besides[mp.p.Routings[i].ID] {
			besides = append(besides, i)
		} else {
			g.add(i)
		}
	}
	drop := g.leadingBack()
	for _, i := range besides {
		if r := &mp.p.Routings[i]; g.leads(ingredients(r), r.Item) {
			drop[i] = true
		} else {
			g.add(i)
		}
	}
	kept := mp.p.Routings[:0]
	for i := range mp.p.Routings {
		r := mp.p.Routings[i]
		if !drop[i] {
			kept = append(kept, r)
		} else if !mp.besides[r.ID] {
			mp.note(mp.entity(r.ID), "there is a loop in the supply path: %q makes %s out of itself; it is left out", r.ID, r.Item)
		}
	}
	mp.p.Routings = slices.Clip(kept)
}

// A supplyGraph leads from items to the routings that make them, and from those
// to what they take.
type supplyGraph struct {
	p      *schedule.Problem
	makers map[schedule.ItemID][]int
}

func (g *supplyGraph) add(i int) {
	item := g.p.Routings[i].Item
	g.makers[item] = append(g.makers[item], i)
}

// leadingBack returns routings that close a circle, and takes them away.
func (g *supplyGraph) leadingBack() map[int]bool {
	const (
		fresh = iota
		open
		done
	)
	state := map[schedule.ItemID]int{}
	drop := map[int]bool{}
	var visit func(schedule.ItemID)
	visit = func(id schedule.ItemID) {
		state[id] = open
		for _, i := range g.makers[id] {
			for _, in := range ingredients(&g.p.Routings[i]) {
				if state[in] == open {
					drop[i] = true
				} else if state[in] == fresh {
					visit(in)
				}
			}
		}
		state[id] = done
		g.makers[id] = slices.DeleteFunc(g.makers[id], func(i int) bool { return drop[i] })
	}
	for i := range g.p.Items {
		if state[g.p.Items[i].ID] == fresh {
			visit(g.p.Items[i].ID)
		}
	}
	return drop
}

// leads reports whether an item is needed, directly or through others, to make
// one of some items, or is one of them.
func (g *supplyGraph) leads(from []schedule.ItemID, to schedule.ItemID) bool {
	seen := map[schedule.ItemID]bool{}
	for len(from) > 0 {
		id := from[len(from)-1]
		from = from[:len(from)-1]
		if id == to {
			return true
		}
		if seen[id] {
			continue
		}
		seen[id] = true
		for _, i := range g.makers[id] {
			from = append(from, ingredients(&g.p.Routings[i])...)
		}
	}
	return false
}

func ingredients(r *schedule.Routing) []schedule.ItemID {
	var list []schedule.ItemID
	for _, s := range r.Steps {
		for _, n := range s.Needs {
			list = append(list, n.Item)
			for _, a := range n.Alternates {
				list = append(list, a.Item)
			}
		}
	}
	return list
}

// entity returns what a routing was in the model.
func (mp *mapper) entity(id schedule.RoutingID) model.Entity {
	if o := mp.out.Operations[id]; o != nil {
		return o.Entity
	}
	if s := mp.out.Purchases[id]; s != nil {
		return s.Entity
	}
	return mp.out.Transfers[id].Entity
}
