package wip

import (
	"iter"
	"math"
	"time"
)

// A Ledger is an append-only account of events. Nothing else is ever entered:
// stock, progress and hours are folds over the events in the order of their
// time, so that a Ledger cannot disagree with itself, and can tell what was
// true at any instant. It depends on which events there are and not on the
// order or the batches in which they came, but for events of the same instant,
// which take effect in the order of appending.
//
// The zero Ledger is empty, ready to use, and keeps its events in memory only;
// [Open] makes one that keeps them in a [Storage] as well. A Ledger takes
// about 150 bytes of memory for an event, and no more than 2³¹ events. It is
// not safe for concurrent use while it is being appended to.
type Ledger struct {
	// Strict refuses batches that take more from a point than, with all that
	// is known, lies there in the end. Without it such facts are accepted, and
	// the stock is negative until what is missing in the books is reported;
	// see [Ledger.Overdrawn].
	Strict bool

	storage Storage // nil: none
	behind  bool    // an error of the storage left open what it has kept

	names   names
	journal journal
	keys    keyIndex
	// gross is the sum of all amounts whatever their signs: as long as it fits
	// no balance can overflow.
	gross int64

	points     book[Qty]
	cargo      book[Qty]
	orders     book[orderTally]
	steps      book[stepTally]
	workplaces book[workplaceTally]
	receipts   book[arrival]
	lines      book[arrival]
}

const maxEvents = math.MaxInt32

// Append enters events, all of them or none. Their times may be in any order,
// and earlier than those of events that are there already. An event whose key
// is known with the same content is passed over, so that a batch may be sent
// again if it is not known whether it arrived.
//
// The error is an [*InvalidError] that lists every mistake of the batch: see
// [Event.Validate]; [KeyConflict] if a key is known with other content. It is
// the storage's if that failed; the batch may then be kept or not, and is to
// be appended again.
//
// An event takes amortised O(1) time if it is the latest of what it is about,
// and time proportional to what happened after it if it is a late one; late
// events of a batch are accounted together.
func (l *Ledger) Append(events ...Event) error {
	if l.behind {
		if err := l.catchUp(); err != nil {
			return err
		}
	}
	b := l.begin(len(events))
	for i := range events {
		b.take(i, &events[i])
	}
	if l.Strict {
		b.checkStock()
	}
	if err := b.issues.err(); err != nil {
		b.undo()
		return err
	}
	if l.storage != nil && l.journal.n > b.first {
		if err := l.storage.Append(b.fresh(events)...); err != nil {
			b.undo()
			l.behind = true
			return err
		}
	}
	l.account(b.first)
	return nil
}

// Overdrawn lists where and when stock was negative in [from, to): something
// is missing in the books. It is ordered as [Ledger.Points], then by time.
func (l *Ledger) Overdrawn(from, to time.Time) []Breach {
	norms := make([]Norm, 0, len(l.points.things))
	for p := range l.Points() {
		norms = append(norms, Norm{Point: p})
	}
	return l.Breaches(norms, from, to)
}

// A batch is what is being appended. Its events stand in the journal and the
// index of keys already, so that a key that occurs twice is found, but are not
// posted.
type batch struct {
	ledger *Ledger
	issues issues
	first  int   // position in the journal
	source []int // index in the batch of each event that is new
	slots  []int // of their keys
	gross  int64 // of the ledger before the batch
}

func (l *Ledger) begin(n int) *batch {
	l.keys.reserve(n)
	return &batch{ledger: l, first: l.journal.n, gross: l.gross,
		source: make([]int, 0, n), slots: make([]int, 0, n)}
}

// take looks at an event and puts it into the journal, unless it is there.
func (b *batch) take(i int, e *Event) {
	if !wellFormed(e) {
		b.issues.event(eventPath(i), e)
		return
	}
	l := b.ledger
	var last record
	if n := l.journal.n; n > 0 {
		last = *l.journal.record(uint32(n - 1))
	}
	r := l.names.pack(e, &last)
	hash := l.keys.hash(e.Key)
	pos, slot, known := l.keys.find(&l.journal, e.Key, hash)
	if known {
		if *l.journal.record(pos) != r {
			b.issues.add(KeyConflict, eventPath(i)+".Key", "%q is the key of another event", e.Key)
		}
		return
	}
	if !l.weigh(&r) || l.journal.n == maxEvents {
		b.issues.add(Overflow, eventPath(i)+".Qty", "is too much for the books")
		return
	}
	l.keys.put(slot, hash, uint32(l.journal.n))
	l.journal.add(r, e.Key)
	b.source, b.slots = append(b.source, i), append(b.slots, slot)
}

// weigh adds an event to the sum of all amounts, and reports whether it fits.
func (l *Ledger) weigh(r *record) bool {
	amounts := int64(max(r.qty, -r.qty) + r.scrap)
	if l.gross > math.MaxInt64-amounts {
		return false
	}
	l.gross += amounts
	return true
}

// checkStock finds the points of which a batch takes more than there is.
func (b *batch) checkStock() {
	l, stock := b.ledger, make(map[thing]Qty)
	for k, i := range b.source {
		r := l.journal.record(uint32(b.first + k))
		delta := stockDelta(r)
		if delta == 0 {
			continue
		}
		p := thing{r.item, r.place}
		before, ok := stock[p]
		if !ok {
			before = l.points.history(p).now
		}
		if stock[p] = before + delta; delta < 0 && stock[p] < 0 {
			b.issues.add(NegativeStock, eventPath(i)+".Qty", "takes %d of %d", -delta, before)
		}
	}
}

// fresh returns those of the events that were not known.
func (b *batch) fresh(events []Event) []Event {
	if len(b.source) == len(events) {
		return events
	}
	fresh := make([]Event, len(b.source))
	for k, i := range b.source {
		fresh[k] = events[i]
	}
	return fresh
}

func (b *batch) undo() {
	l := b.ledger
	for k := len(b.slots) - 1; k >= 0; k-- {
		l.keys.remove(b.slots[k])
	}
	l.journal.cut(b.first)
	l.gross = b.gross
}

// account posts the events of the journal from the first-th on to the histories
// of all that they are about.
func (l *Ledger) account(first int) {
	l.prepare()
	for pos := first; pos < l.journal.n; pos++ {
		l.enter(uint32(pos))
	}
	j := &l.journal
	l.points.refold(j)
	l.cargo.refold(j)
	l.orders.refold(j)
	l.steps.refold(j)
	l.workplaces.refold(j)
	l.receipts.refold(j)
	l.lines.refold(j)
}

func (l *Ledger) enter(pos uint32) {
	j := &l.journal
	r := j.record(pos)
	if r.item != 0 && stockDelta(r) != 0 {
		l.points.post(j, thing{r.item, r.place}, pos)
	}
	if r.step != 0 && r.kind != Interrupted && r.kind != Counted {
		l.steps.post(j, thing{r.order, r.step}, pos)
	}
	switch r.kind {
	case Released, Delivered, Closed:
		l.orders.post(j, thing{a: r.order}, pos)
	case Reported, Interrupted, Resumed:
		if r.workplace != 0 {
			l.workplaces.post(j, thing{a: r.workplace}, pos)
		}
	case Received:
		l.receipts.post(j, thing{a: r.other}, pos)
	case Shipped:
		l.lines.post(j, thing{a: r.other}, pos)
	case Loaded:
		if r.other != 0 {
			l.lines.post(j, thing{a: r.other}, pos)
		} else {
			l.cargo.post(j, thing{r.workplace, r.item}, pos)
		}
	case Unloaded:
		l.cargo.post(j, thing{r.workplace, r.item}, pos)
	}
}

// prepare gives the books of a zero ledger their folds.
func (l *Ledger) prepare() {
	if l.points.fold != nil {
		return
	}
	l.points.fold, l.cargo.fold = foldStock, foldCargo
	l.orders.fold, l.steps.fold, l.workplaces.fold = foldOrder, foldStep, foldWorkplace
	l.receipts.fold, l.lines.fold = foldArrival, foldArrival
}

// Len returns the number of events.
func (l *Ledger) Len() int { return l.journal.n }

// Events yields the events from position on, in the order in which they were
// appended. Its errors are nil; with it and [Ledger.Append] a Ledger without a
// storage of its own is a [Storage] in memory. It panics if position is
// negative.
func (l *Ledger) Events(position int) iter.Seq2[Event, error] {
	if position < 0 {
		panic("wip: negative position")
	}
	return func(yield func(Event, error) bool) {
		for pos := position; pos < l.journal.n; pos++ {
			if !yield(l.event(uint32(pos)), nil) {
				return
			}
		}
	}
}

func (l *Ledger) event(pos uint32) Event {
	return l.names.unpack(l.journal.record(pos), string(l.journal.key(pos)))
}
