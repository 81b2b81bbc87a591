package sequence

import (
	"cmp"
	"slices"
	"sort"

	"github.com/taktplan/takt/schedule/internal/core"
)

// A search with a regular objective begins everything as early as it can. What
// is gained by that is kept, the rest is given back: justify moves operations
// as late as they can be without making anything later that has a price,
// the last ones first, so that plans stay just in time. Sequences on machines
// with changeovers are kept.
//
// It takes O(n·(log n + k)) time for n operations each of which meets k others at
// the places that are tried for it.
func (c *compiled) justify(s *core.Schedule) {
	j := newJustifier(c, s)
	order := make([]int32, c.model.Ops())
	for o := range order {
		order[o] = int32(o)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.End[b], s.End[a]), cmp.Compare(s.Start[b], s.Start[a]), cmp.Compare(b, a))
	})
	for _, o := range order {
		j.move(o)
	}
}

type justifier struct {
	c     *compiled
	m     *core.Model
	s     *core.Schedule
	users [][]int32 // operations that use each resource, by start
	long  []int64   // no operation on a resource is longer
	// before and after are the neighbours of an operation on its machine, in the
	// order of the search, or -1.
	before, after []int32
}

func newJustifier(c *compiled, s *core.Schedule) *justifier {
	j := &justifier{
		c: c, m: c.model, s: s, users: make([][]int32, len(c.model.Resources)), long: make([]int64, len(c.model.Resources)),
		before: make([]int32, c.model.Ops()), after: make([]int32, c.model.Ops()),
	}
	for o := range int32(c.model.Ops()) {
		j.eachNeed(o, func(r, _ int32) {
			j.users[r] = append(j.users[r], o)
			j.long[r] = max(j.long[r], s.End[o]-s.Start[o])
		})
	}
	for r, users := range j.users {
		slices.SortFunc(users, func(a, b int32) int {
			return cmp.Or(cmp.Compare(s.Start[a], s.Start[b]), cmp.Compare(a, b))
		})
		for i, o := range users {
			if j.m.Sequenced(j.mode(o)) && j.m.Machine(j.mode(o)) == int32(r) {
				j.before[o], j.after[o] = at(users, i-1), at(users, i+1)
			}
		}
	}
	return j
}

func at(list []int32, i int) int32 {
	if i < 0 || i >= len(list) {
		return -1
	}
	return list[i]
}

func (j *justifier) mode(o int32) int32 { return j.m.ModeStart[o] + j.s.Mode[o] }

func (j *justifier) eachNeed(o int32, do func(resource, units int32)) {
	m := j.mode(o)
	for k := j.m.NeedStart[m]; k < j.m.NeedStart[m+1]; k++ {
		do(j.m.NeedResource[k], j.m.Units(k))
	}
}

// move puts an operation as late as its successors, its price and its
// resources allow.
func (j *justifier) move(o int32) {
	if start, _ := j.m.Fixed(o); start >= 0 || j.tied(o) {
		return
	}
	bound := min(j.successors(o), j.affordable(o), j.nextInSequence(o))
	work := j.m.ModeTime[j.mode(o)]
	if j.m.Sequenced(j.mode(o)) {
		work = j.changeoverAndWork(o)
	}
	line := j.m.Timeline(j.mode(o))
	for bound > j.s.End[o] {
		start, end := line.Latest(bound, work, j.m.Has(o, core.Pausable))
		if start <= j.s.Start[o] || end > bound {
			return
		}
		conflict := j.conflict(o, start, end)
		if conflict < 0 {
			j.place(o, start, end)
			return
		}
		bound = conflict
	}
}

// place moves an operation to a later start.
func (j *justifier) place(o int32, start, end int64) {
	was := j.s.Start[o]
	j.s.Start[o], j.s.End[o] = start, end
	j.eachNeed(o, func(r, _ int32) {
		j.long[r] = max(j.long[r], end-start)
		users := j.users[r]
		i := j.first(r, was) // others that start there are before it, or it is
		for users[i] != o {
			i++
		}
		for ; i+1 < len(users) && j.s.Start[users[i+1]] < start; i++ {
			users[i] = users[i+1]
		}
		users[i] = o
	})
}

// first returns the position of the first user of a resource that starts at or
// after an instant.
func (j *justifier) first(r int32, at int64) int {
	return sort.Search(len(j.users[r]), func(i int) bool { return j.s.Start[j.users[r][i]] >= at })
}

// changeoverAndWork is what an operation on a machine with changeovers takes,
// read off its place: its predecessor stays the same.
func (j *justifier) changeoverAndWork(o int32) int64 {
	r := j.m.Machine(j.mode(o))
	last := j.m.Resources[r].Initial
	if before := j.before[o]; before >= 0 {
		last = j.m.Family(before)
	}
	setup, _ := j.m.Changeover(r, last, j.m.Family(o))
	return min(setup, core.Limit) + j.m.ModeTime[j.mode(o)]
}

// tied reports whether a maximum wait ties the operation to others.
func (j *justifier) tied(o int32) bool {
	for _, list := range [][]int32{
		j.m.InArc[j.m.InStart[o]:j.m.InStart[o+1]], j.m.OutArc[j.m.OutStart[o]:j.m.OutStart[o+1]],
	} {
		for _, i := range list {
			if j.m.Arcs[i].Max < core.Never {
				return true
			}
		}
	}
	return false
}

// successors is by when the operation has to end for those that follow it.
func (j *justifier) successors(o int32) int64 {
	bound := core.Never
	for _, i := range j.m.OutArc[j.m.OutStart[o]:j.m.OutStart[o+1]] {
		a := &j.m.Arcs[i]
		bound = min(bound, j.s.Start[a.To]-a.Min)
	}
	return bound
}

// affordable is by when the operation can end at no price: a delivery when it
// is due, anything else when its order is.
func (j *justifier) affordable(o int32) int64 {
	job := &j.m.Jobs[j.m.OpJob[o]]
	bound := job.Deadline
	if due := max(job.Due, j.s.End[o]); job.Due < core.Never {
		bound = min(bound, due)
	}
	if j.m.OutStart[o] == j.m.OutStart[o+1] && job.Due == core.Never {
		// It ends an order that no other work waits for, but perhaps a norm.
		bound = min(bound, max(j.s.End[o], j.c.ticks(j.c.end(int(o)))))
	}
	return bound
}

// nextInSequence is when the machine turns to what follows the operation.
func (j *justifier) nextInSequence(o int32) int64 {
	if !j.m.Sequenced(j.mode(o)) || j.after[o] < 0 {
		return core.Never
	}
	return j.s.Start[j.after[o]]
}

// conflict returns the start of the last stretch of [start, end) in which a
// resource has too few units left for the operation, or -1.
func (j *justifier) conflict(o int32, start, end int64) int64 {
	last := int64(-1)
	j.eachNeed(o, func(r, units int32) {
		if capacity := j.m.Resources[r].Capacity - units; capacity < unlimited/2 {
			last = max(last, j.lastOver(r, o, capacity, start, end))
		}
	})
	return last
}

// lastOver returns the start of the last stretch of [start, end) in which others
// than o use more than so many units of a resource, or -1.
func (j *justifier) lastOver(r, o, capacity int32, start, end int64) int64 {
	users := j.users[r]
	for i := j.first(r, end) - 1; i >= 0 && j.s.Start[users[i]] > start-j.long[r]; i-- {
		u := users[i]
		if from := max(j.s.Start[u], start); u != o && from < j.s.End[u] && j.used(r, o, from) > capacity {
			return from
		}
	}
	return -1
}

// used is how many units of a resource others than o use at an instant.
func (j *justifier) used(r, o int32, at int64) int32 {
	sum := int32(0)
	users := j.users[r]
	for i := j.first(r, at+1) - 1; i >= 0 && j.s.Start[users[i]] > at-j.long[r]; i-- {
		if u := users[i]; u != o && at < j.s.End[u] {
			j.eachNeed(u, func(q, units int32) {
				if q == r {
					sum += units
				}
			})
		}
	}
	return sum
}
