package window

import (
	"math/bits"
	"math/rand/v2"

	"github.com/taktplan/takt/schedule/internal/core"
)

// A search decides until every pair and mode is, backwards where there is no
// room: a tree search whose branches are a choice and its opposite.
type search struct {
	*store
	rng *rand.PCG

	left    []int32  // pairs, all that are undecided among the first
	live    int      // number of these first ones
	alts    []int32  // operations with several modes
	choices []choice // from the root to the present node
	fails   int      // choices taken back, or nodes without room, since the root
	partial bool     // something was left out of the tree

	target int64
	root   int  // length of the trail before the first choice
	rooted bool // windows have room before it

	leader    *core.Schedule // the best one
	imitation int            // how often its choices are tried first, in 16
	hood      neighbourhood  // of the leader
	byStart   []int32        // operations by earliest start
	at        []int32        // scratch: operations of a pool at an instant
}

// A choice is what was decided at a node of the tree, and what to go back to.
type choice struct {
	kind  choiceKind
	at    int32 // pair, mode or operation of a pool
	other int32 // operation, or the other one of the pool
	first bool
	trail int
	live  int
}

type choiceKind uint8

const (
	ofPair choiceKind = iota
	ofMode
	ofPool
)

// A verdict on a search.
type verdict uint8

const (
	going verdict = iota
	found         // a schedule: the earliest starts
	none          // there is none
)

func newSearch(m *core.Model, rng *rand.PCG) *search {
	s := &search{store: newStore(m), rng: rng, hood: newNeighbourhood(m)}
	s.left = make([]int32, len(s.pairs))
	s.byStart = make([]int32, m.Ops())
	for o := range int32(m.Ops()) {
		s.byStart[o] = o
		if m.ModeStart[o+1]-m.ModeStart[o] > 1 {
			s.alts = append(s.alts, o)
		}
	}
	for i := range s.left {
		s.left[i] = int32(i)
	}
	return s
}

// start begins with a target.
func (s *search) start(target int64) verdict {
	s.choices, s.fails, s.partial = s.choices[:0], 0, false
	s.live = len(s.left)
	if s.rooted && s.target == target {
		s.undo(s.root)
		return going
	}
	s.target = target
	if s.rooted = s.reset(target); !s.rooted {
		return none
	}
	s.root = len(s.trail)
	return going
}

// step makes one choice and follows it.
func (s *search) step() verdict {
	c, ok := s.choose()
	if !ok {
		return found
	}
	c.trail, c.live = len(s.trail), s.live
	s.choices = append(s.choices, c)
	if s.take(c) && s.propagate() {
		return going
	}
	return s.retreat()
}

// retreat takes choices back until the opposite of one is possible.
func (s *search) retreat() verdict {
	s.fails++
	for len(s.choices) > 0 {
		c := s.choices[len(s.choices)-1]
		s.choices = s.choices[:len(s.choices)-1]
		s.undo(c.trail)
		s.live = c.live
		if s.refuse(c) && s.propagate() {
			return going
		}
	}
	return none
}

// take makes a choice and reports whether there is room at once.
func (s *search) take(c choice) bool {
	switch c.kind {
	case ofMode:
		for k := s.m.ModeStart[c.other]; k < s.m.ModeStart[c.other+1]; k++ {
			if k != c.at && s.open[k] && !s.exclude(c.other, k) {
				return false
			}
		}
		return true
	case ofPool:
		return s.postPool(c.at, c.other)
	}
	return s.post(c.at, c.first)
}

// refuse makes the opposite choice. For users of a pool that is the other order,
// which leaves out that they overlap.
func (s *search) refuse(c choice) bool {
	switch c.kind {
	case ofMode:
		return s.exclude(c.other, c.at)
	case ofPool:
		s.partial = true
		return s.postPool(c.other, c.at)
	}
	return s.post(c.at, !c.first)
}

// choose picks the pair or mode with the least room, for its weight; once all
// are decided, two users of a pool. It reports false if nothing is left.
func (s *search) choose() (choice, bool) {
	c, room := s.tightestPair()
	if o, r := s.tightestMode(); r < room {
		c, room = choice{kind: ofMode, at: s.quickest(o), other: o}, r
	}
	if room == core.Never {
		return s.chooseInPool()
	}
	if s.imitation > 0 && s.below(16) < s.imitation {
		s.imitate(&c)
	}
	return c, true
}

// tightestPair is the pair with the least room, Never if there is none.
func (s *search) tightestPair() (choice, int64) {
	best, least := choice{}, core.Never
	for i := 0; i < s.live; {
		at := s.left[i]
		p := &s.pairs[at]
		settled := s.settled(p)
		if p.order != undecided || settled && !s.exclusive(p) {
			s.drop(i)
			continue
		}
		if i++; !settled {
			continue
		}
		a, b := &s.span[p.a], &s.span[p.b]
		ab, ba := b.lateStart-a.end, a.lateStart-b.end
		room := (ab + ba + 2) * 64 / (s.weight[p.a] + s.weight[p.b])
		if room < least {
			least = room
			best = choice{kind: ofPair, at: at, first: ab > ba || ab == ba && s.below(2) == 0}
		}
	}
	s.work += int64(s.live) / 4
	return best, least
}

// tightestMode is the operation without a mode that has the least room, Never
// if there is none.
func (s *search) tightestMode() (best int32, least int64) {
	least = core.Never
	for _, o := range s.alts {
		if s.modes[o] == 1 {
			continue
		}
		w := &s.span[o]
		if room := (w.lateStart - w.start + w.lateEnd - w.end + 2) * 64 / (2 * s.weight[o]); room < least {
			best, least = o, room
		}
	}
	return best, least
}

// imitate changes a choice to that of the leader.
func (s *search) imitate(c *choice) {
	l := s.leader
	if c.kind == ofMode {
		if k := s.m.ModeStart[c.other] + l.Mode[c.other]; s.open[k] {
			c.at = k
		}
		return
	}
	p := &s.pairs[c.at]
	c.first = l.Start[p.a] < l.Start[p.b]
}

// quickest is the open mode of o that can end earliest.
func (s *search) quickest(o int32) int32 {
	best, least := int32(-1), int64(0)
	for k := s.m.ModeStart[o]; k < s.m.ModeStart[o+1]; k++ {
		if !s.open[k] {
			continue
		}
		_, e := s.m.Timeline(k).Earliest(s.span[o].start, s.m.ModeTime[k], s.m.Has(o, core.Pausable))
		if best < 0 || e < least {
			best, least = k, e
		}
	}
	return best
}

// drop takes pair i of left out of those that are undecided.
func (s *search) drop(i int) {
	s.live--
	s.left[i], s.left[s.live] = s.left[s.live], s.left[i]
}

// chooseInPool looks for an instant at which a pool is asked for more than it
// has, if all begin as early as they can, and chooses two of its users to come
// one after the other.
func (s *search) chooseInPool() (choice, bool) {
	s.sortByStart()
	for r := range s.m.Resources {
		if capacity := int64(s.m.Resources[r].Capacity); capacity > 1 && s.overload(int32(r), capacity) {
			return s.loosest(), true
		}
	}
	return choice{}, false
}

// overload lists in at the users of resource r at the first instant at which
// they take more of it than there is, and reports whether there is one.
func (s *search) overload(r int32, capacity int64) bool {
	s.at = s.at[:0]
	s.work += int64(len(s.byStart)) / 4
	used := int64(0)
	for _, o := range s.byStart {
		units := s.units(o, r)
		if units == 0 {
			continue
		}
		t, rest := s.span[o].start, s.at[:0]
		for _, p := range s.at {
			if s.span[p].end > t {
				rest = append(rest, p)
			} else {
				used -= s.units(p, r)
			}
		}
		s.at = append(rest, o)
		if used += units; used > capacity {
			return true
		}
	}
	return false
}

// units is what o takes of resource r, for any time.
func (s *search) units(o, r int32) int64 {
	mode := s.mode(o)
	if s.m.ModeTime[mode] == 0 {
		return 0
	}
	for k := s.m.NeedStart[mode]; k < s.m.NeedStart[mode+1]; k++ {
		if s.m.NeedResource[k] == r {
			return int64(s.m.Units(k))
		}
	}
	return 0
}

// loosest is the order of two operations in at that leaves the most room.
func (s *search) loosest() choice {
	best, most := choice{kind: ofPool}, int64(-1)<<62
	for _, a := range s.at {
		for _, b := range s.at {
			if a == b {
				continue
			}
			if room := s.span[b].lateStart - s.span[a].end; room > most {
				most = room
				best.at, best.other = a, b
			}
		}
	}
	return best
}

// sortByStart sorts operations by earliest start, by insertion: they nearly are.
func (s *search) sortByStart() {
	for i := 1; i < len(s.byStart); i++ {
		o := s.byStart[i]
		j := i
		for ; j > 0 && s.span[s.byStart[j-1]].start > s.span[o].start; j-- {
			s.byStart[j] = s.byStart[j-1]
		}
		s.byStart[j] = o
	}
}

func (s *search) below(n int) int {
	hi, _ := bits.Mul64(s.rng.Uint64(), uint64(n))
	return int(hi)
}
