package wip

import (
	"iter"
	"slices"
	"sort"
)

// checkEvery is the number of events between two checkpoints of a history. To
// ask for a state is to fold half of it, to keep one costs a state.
const checkEvery = 32

// A history is what happened to one thing: positions in the journal in the
// order of time, those at the same instant in the order of appending. The state
// S of the thing at any instant is a fold over them, which begins at the
// checkpoint before it.
type history[S any] struct {
	events []uint32
	checks []checkpoint[S] // checks[k] is right before events[(k+1)*checkEvery]
	now    S               // after all events
	last   int64           // the time of the last one
	stale  int             // the first k whose checkpoint is wrong, + 1; 0: none
}

type checkpoint[S any] struct {
	at     int64 // of the event after it
	before S
}

// A fold changes the state of a thing by an event.
type fold[S any] func(*S, *record)

// add inserts the event at pos. If it is a late one, refold has to follow
// before the history is read.
func (h *history[S]) add(j *journal, pos uint32, f fold[S]) {
	r := j.record(pos)
	if r.at < h.last {
		i := h.after(j, r.at)
		h.events = slices.Insert(h.events, i, pos)
		if k := i/checkEvery + 1; h.stale == 0 || k < h.stale {
			h.stale = k
		}
		return
	}
	if n := len(h.events); n > 0 && n%checkEvery == 0 && h.stale == 0 {
		h.checks = append(h.checks, checkpoint[S]{r.at, h.now})
	}
	h.events = append(h.events, pos)
	f(&h.now, r)
	h.last = r.at
}

// refold brings the states up to date after late events. It takes time
// proportional to what happened after the earliest of them.
func (h *history[S]) refold(j *journal, f fold[S]) {
	k := h.stale - 1
	if k < 0 {
		return
	}
	h.checks = h.checks[:min(k, len(h.checks))]
	from, s := h.start(k)
	for i, pos := range h.events[from:] {
		r := j.record(pos)
		if i > 0 && i%checkEvery == 0 {
			h.checks = append(h.checks, checkpoint[S]{r.at, s})
		}
		f(&s, r)
	}
	h.now, h.stale = s, 0
}

// start returns where the stretch of events up to checkpoint k begins, and the
// state there.
func (h *history[S]) start(k int) (event int, s S) {
	if k > 0 {
		s = h.checks[k-1].before
	}
	return k * checkEvery, s
}

// stretch returns the last stretch of events between two checkpoints that
// begins at or before an instant, or the first one.
func (h *history[S]) stretch(at int64) int {
	return sort.Search(len(h.checks), func(k int) bool { return h.checks[k].at > at })
}

// after returns the index of the first event later than an instant.
func (h *history[S]) after(j *journal, at int64) int {
	if h.stale > 0 { // its checkpoints do not hold
		return sort.Search(len(h.events), func(i int) bool { return j.record(h.events[i]).at > at })
	}
	i := h.stretch(at) * checkEvery
	for i < len(h.events) && j.record(h.events[i]).at <= at {
		i++
	}
	return i
}

// at returns the state after all events up to and including an instant.
func (h *history[S]) at(j *journal, at int64, f fold[S]) S {
	if at >= h.last {
		return h.now
	}
	i, s := h.start(h.stretch(at))
	for ; j.record(h.events[i]).at <= at; i++ { // the last one is later
		f(&s, j.record(h.events[i]))
	}
	return s
}

// begun reports whether anything has happened by an instant.
func (h *history[S]) begun(j *journal, at int64) bool {
	return len(h.events) > 0 && j.record(h.events[0]).at <= at
}

// between yields the positions of the events in [from, to).
func (h *history[S]) between(j *journal, from, to int64) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for _, pos := range h.events[h.after(j, from-1):] {
			if j.record(pos).at >= to || !yield(pos) {
				return
			}
		}
	}
}

// A thing is what has a history: an item at a place, a step of an order, or
// one name alone.
type thing struct{ a, b name }

// A book holds the histories of all things of a kind.
type book[S any] struct {
	fold      fold[S]
	things    []thing // in the order in which they first appeared
	histories []history[S]
	index     map[thing]uint32
	late      []uint32 // histories to fold again
}

func (b *book[S]) post(j *journal, t thing, pos uint32) {
	i, ok := b.index[t]
	if !ok {
		if b.index == nil {
			b.index = make(map[thing]uint32)
		}
		i = uint32(len(b.things))
		b.index[t] = i
		b.things = append(b.things, t)
		b.histories = append(b.histories, history[S]{})
	}
	h := &b.histories[i]
	wasStale := h.stale > 0
	h.add(j, pos, b.fold)
	if h.stale > 0 && !wasStale {
		b.late = append(b.late, i)
	}
}

func (b *book[S]) refold(j *journal) {
	for _, i := range b.late {
		b.histories[i].refold(j, b.fold)
	}
	b.late = b.late[:0]
}

// history returns the history of t, or an empty one.
func (b *book[S]) history(t thing) *history[S] {
	if i, ok := b.index[t]; ok {
		return &b.histories[i]
	}
	return new(history[S])
}

// at returns the state of t at an instant.
func (b *book[S]) at(j *journal, t thing, at int64) S { return b.history(t).at(j, at, b.fold) }
