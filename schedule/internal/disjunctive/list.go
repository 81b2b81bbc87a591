package disjunctive

import "slices"

// A Lister makes active selections (Giffler & Thompson 1960) by scheduling the
// operations one by one: of all ready operations in all modes, find the one that
// can end first; of those that could start on its machine before that, take the
// one with the least score there. Ties go to the operation that has been ready
// for longer, and of very many ready ones only those that have been for longest
// are looked at.
type Lister struct {
	shop  *Shop
	score Score
	order []int32 // the selection under way
	modes []int32
	done  int     // operations scheduled
	waits []int32 // unscheduled network predecessors
	ready []int32
	from  []int64 // earliest start by release and network
	free  []int64 // by machine
	// Rest is the least time from each operation's start to the end of what
	// follows in the network, in modes of mean length.
	Rest []int64
}

// A Score says how late an operation should go if it starts at an instant.
type Score func(o int32, mode Mode, start int64) int64

// NewLister returns a lister for a shop that decides by score.
func NewLister(sh *Shop, score Score) *Lister {
	l := &Lister{
		shop:  sh,
		score: score,
		waits: make([]int32, sh.Ops),
		ready: make([]int32, 0, sh.Ops),
		from:  make([]int64, sh.Ops),
		free:  make([]int64, sh.Machines),
		Rest:  make([]int64, sh.Ops),
	}
	for i := sh.Ops - 1; i >= 0; i-- {
		o := sh.Topological[i]
		sh.EachSucc(o, func(s Link) { l.Rest[o] = max(l.Rest[o], s.Lag+l.Rest[s.Op]) })
		l.Rest[o] += sh.MeanTime(o)
	}
	return l
}

// Begin begins a selection, to be written to order and modes, which the lister
// keeps until it is complete.
func (l *Lister) Begin(order, modes []int32) {
	l.order, l.modes, l.done = order, modes, 0
	l.reset()
}

// Run schedules up to count more operations and reports whether all are.
// O(count × ready operations × modes).
func (l *Lister) Run(count int) (complete bool) {
	for range min(count, len(l.order)-l.done) {
		machine, before := l.firstEnd()
		pick, mode := l.choose(machine, before)
		o := l.ready[pick]
		l.ready = slices.Delete(l.ready, pick, pick+1)
		l.order[l.done], l.modes[o] = o, mode
		l.done++
		l.schedule(o, l.shop.Modes[mode])
	}
	return l.done == len(l.order)
}

func (l *Lister) reset() {
	sh := l.shop
	clear(l.free)
	copy(l.from, sh.Release)
	l.ready = l.ready[:0]
	for o := range int32(sh.Ops) {
		l.waits[o] = sh.preds(o)
		if l.waits[o] == 0 {
			l.ready = append(l.ready, o)
		}
	}
}

// maxReady bounds the ready operations that are looked at for one decision.
const maxReady = 256

// candidates are the operations among which the next is chosen.
func (l *Lister) candidates() []int32 { return l.ready[:min(len(l.ready), maxReady)] }

func (l *Lister) firstEnd() (machine int32, end int64) {
	machine = -1
	for _, o := range l.candidates() {
		for _, m := range l.shop.ModesOf(o) {
			e := max(l.from[o], l.free[m.Machine]) + m.Time
			if machine < 0 || e < end {
				machine, end = m.Machine, e
			}
		}
	}
	return machine, end
}

// choose returns the place among the ready operations, and the mode, of the
// least score among those that start on the machine before an instant, or at
// it if they take no time.
func (l *Lister) choose(machine int32, before int64) (pick int, mode int32) {
	pick = -1
	var least int64
	for i, o := range l.candidates() {
		for k, m := range l.shop.ModesOf(o) {
			start := max(l.from[o], l.free[m.Machine])
			if m.Machine != machine || start >= before && start+m.Time > before {
				continue
			}
			if s := l.score(o, m, start); pick < 0 || s < least {
				pick, mode, least = i, l.shop.ModeStart[o]+int32(k), s
			}
		}
	}
	return pick, mode
}

func (l *Lister) schedule(o int32, m Mode) {
	sh := l.shop
	end := max(l.from[o], l.free[m.Machine]) + m.Time
	l.free[m.Machine] = end
	if s := sh.First[o].Succ; int(s.Op) < sh.Ops {
		l.release(s, end)
	}
	if sh.Succ != nil {
		for _, s := range sh.Succ[o] {
			l.release(s, end)
		}
	}
}

func (l *Lister) release(s Link, end int64) {
	l.from[s.Op] = max(l.from[s.Op], end+s.Lag)
	if l.waits[s.Op]--; l.waits[s.Op] == 0 {
		l.ready = append(l.ready, s.Op)
	}
}
