package core

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
)

// A Violation is one way in which a schedule breaks its model.
type Violation struct {
	Kind ViolationKind
	Op   int32 // the operation, or for Capacity the one that starts too many
	// With is the other operation of an arc or on a machine, or for Capacity
	// the resource.
	With int32
	// Want and Got are the instant, amount or mode required and found.
	Want, Got int64
}

// A ViolationKind names a rule.
type ViolationKind uint8

const (
	Missing    ViolationKind = iota // not placed
	BadMode                         // not a mode of the operation
	Released                        // starts before its release
	Moved                           // not at its fixed start or in its fixed mode
	Idle                            // starts in non-working time
	Broken                          // interrupted though not pausable
	Unfinished                      // ends before its work is done
	Overdone                        // ends after its work is done
	TooSoon                         // the wait of an arc is below its minimum
	TooLate                         // the wait of an arc is above its maximum
	Capacity                        // more in use than there is
	Sequence                        // overlaps the one before on a machine with changeovers
	Forbidden                       // follows a family that it must not follow
	Deadline                        // ends after the deadline of its job
)

var violationNames = [...]string{"missing", "bad mode", "before its release", "moved", "idle start", "broken",
	"unfinished", "overdone", "too soon", "too late", "capacity", "sequence", "forbidden", "deadline"}

func (v Violation) String() string {
	return fmt.Sprintf("%s: operation %d with %d, want %d, got %d", violationNames[v.Kind], v.Op, v.With, v.Want, v.Got)
}

// Check lists every violation of the model by a schedule. It looks at calendars
// window by window and at resources instant by instant, so that it shares no
// arithmetic with the engines. It takes n log n time, and the windows that
// pausable operations span.
//
// The schedule must have one element per operation.
func (m *Model) Check(s *Schedule) []Violation {
	c := checker{m: m, s: s, changeover: make([]int64, m.Ops())}
	for o := range int32(m.Ops()) {
		c.placed(o)
	}
	if slices.ContainsFunc(c.found, func(v Violation) bool { return v.Kind == BadMode }) {
		return c.found
	}
	c.sequences()
	for o := range int32(m.Ops()) {
		if s.Start[o] >= 0 {
			c.operation(o)
		}
	}
	for i := range m.Arcs {
		c.arc(&m.Arcs[i])
	}
	c.capacity()
	return c.found
}

type checker struct {
	m          *Model
	s          *Schedule
	changeover []int64 // before each operation
	found      []Violation
}

func (c *checker) add(kind ViolationKind, op, with int32, want, got int64) {
	c.found = append(c.found, Violation{kind, op, with, want, got})
}

func (c *checker) mode(o int32) int32 { return c.m.ModeStart[o] + c.s.Mode[o] }

// placed checks what does not need to know the mode.
func (c *checker) placed(o int32) {
	s, m := c.s, c.m
	if s.Start[o] < 0 {
		c.add(Missing, o, -1, 0, -1)
		return
	}
	if modes := m.ModeStart[o+1] - m.ModeStart[o]; s.Mode[o] < 0 || s.Mode[o] >= modes {
		c.add(BadMode, o, -1, int64(modes), int64(s.Mode[o]))
	}
	if s.Start[o] < m.Release(o) {
		c.add(Released, o, -1, m.Release(o), s.Start[o])
	}
	start, mode := m.Fixed(o)
	if start >= 0 && s.Start[o] != start {
		c.add(Moved, o, -1, start, s.Start[o])
	}
	if mode >= 0 && s.Mode[o] != mode {
		c.add(Moved, o, -1, int64(mode), int64(s.Mode[o]))
	}
	if d := m.Jobs[m.OpJob[o]].Deadline; s.End[o] > d {
		c.add(Deadline, o, -1, d, s.End[o])
	}
}

// sequences finds the changeovers, and overlaps on machines that have them.
func (c *checker) sequences() {
	for r, ops := range c.m.setupSequences(c.s) {
		family, last := c.m.Resources[r].Initial, int32(-1)
		for _, o := range ops {
			time, _ := c.m.Changeover(int32(r), family, c.m.Family(o))
			if time == Never {
				c.add(Forbidden, o, last, int64(family), int64(c.m.Family(o)))
				time = 0
			}
			c.changeover[o] = time
			if last >= 0 && c.released(last) > c.s.Start[o] {
				c.add(Sequence, o, last, c.released(last), c.s.Start[o])
			}
			family, last = c.m.Family(o), o
		}
	}
}

// operation checks working time and amount of work.
func (c *checker) operation(o int32) {
	mode, start, end := c.mode(o), c.s.Start[o], c.s.End[o]
	need := (c.m.ModeTime[mode] + c.changeover[o]) * full
	if need == 0 {
		if end != start {
			c.add(Overdone, o, -1, start, end)
		}
		return
	}
	if end <= start {
		c.add(Unfinished, o, -1, need, 0)
		return
	}
	w := c.work(mode, start, end)
	switch {
	case w.idle:
		c.add(Idle, o, -1, 0, start)
	case w.broken && !c.m.Has(o, Pausable):
		c.add(Broken, o, -1, 0, start)
	}
	if w.amount < need {
		c.add(Unfinished, o, -1, need, w.amount)
	} else if less := c.work(mode, start, end-1).amount; less >= need {
		c.add(Overdone, o, -1, need, less)
	}
}

// stretchOfWork is what happens between two instants: the work in thousandths,
// whether the first is not working, and whether there is a break.
type stretchOfWork struct {
	amount       int64
	idle, broken bool
}

// work walks through the windows of all calendars of a mode side by side.
func (c *checker) work(mode int32, start, end int64) (w stretchOfWork) {
	needs := c.m.NeedResource[c.m.NeedStart[mode]:c.m.NeedStart[mode+1]]
	for t := start; t < end; {
		until, rate, working := end, int64(full), true
		for i, r := range needs {
			if c.m.Resources[r].Calendar < 0 {
				continue
			}
			cal := &c.m.Calendars[c.m.Resources[r].Calendar]
			k := sort.Search(len(cal.To), func(k int) bool { return cal.To[k] > t })
			switch {
			case k == len(cal.To):
				working = false
			case cal.From[k] > t:
				working = false
				until = min(until, cal.From[k])
			default:
				until = min(until, cal.To[k])
				if i == 0 && cal.Rate != nil {
					rate = int64(cal.Rate[k])
				}
			}
		}
		if working {
			w.amount += (until - t) * rate
		} else {
			w.idle = w.idle || t == start
			w.broken = true
		}
		t = until
	}
	return w
}

func (c *checker) arc(a *Arc) {
	s := c.s
	if s.Start[a.From] < 0 || s.Start[a.To] < 0 {
		return
	}
	wait := s.Start[a.To] - s.End[a.From]
	switch a.Kind {
	case StartStart:
		wait = s.Start[a.To] - s.Start[a.From]
	case EndEnd:
		wait = s.End[a.To] - s.End[a.From]
	}
	if wait < a.Min {
		c.add(TooSoon, a.To, a.From, a.Min, wait)
	}
	if wait > a.Max {
		c.add(TooLate, a.To, a.From, a.Max, wait)
	}
}

// released is when operation o gives up its machine.
func (c *checker) released(o int32) int64 {
	m, t := c.m, c.s.End[o]
	if m.Has(o, Blocking) {
		for _, i := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
			if a := &m.Arcs[i]; a.Kind == EndStart && m.OpJob[a.To] == m.OpJob[o] {
				t = max(t, c.s.Start[a.To])
			}
		}
	}
	return t
}

// capacity sweeps over the starts and ends on each resource.
func (c *checker) capacity() {
	type event struct {
		time  int64
		units int32 // negative at an end, which comes first
		op    int32
	}
	events := make([][]event, len(c.m.Resources))
	for o := range int32(c.m.Ops()) {
		if c.s.Start[o] < 0 {
			continue
		}
		mode, until := c.mode(o), c.released(o)
		for k := c.m.NeedStart[mode]; k < c.m.NeedStart[mode+1]; k++ {
			if until > c.s.Start[o] {
				r, u := c.m.NeedResource[k], c.m.Units(k)
				events[r] = append(events[r], event{c.s.Start[o], u, o}, event{until, -u, o})
			}
			until = c.s.End[o]
		}
	}
	for r, list := range events {
		slices.SortFunc(list, func(a, b event) int {
			return cmp.Or(cmp.Compare(a.time, b.time), cmp.Compare(a.units, b.units), cmp.Compare(a.op, b.op))
		})
		used, limit := int64(0), int64(c.m.Resources[r].Capacity)
		for _, e := range list {
			if used += int64(e.units); e.units > 0 && used > limit {
				c.add(Capacity, e.op, int32(r), limit, used)
			}
		}
	}
}
