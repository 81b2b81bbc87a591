package wip

import (
	"strings"
	"time"
)

// A name is a string that occurs in events, as its index in names.
type name uint32

// Names numbers strings, so that each is kept once. 0 is the empty one.
type names struct {
	list  []string
	index map[string]name
}

// id returns the name of s. Reports come in runs, so that guess, the name that
// stood in the same place last time, is often right.
func (n *names) id(s string, guess name) name {
	if s == "" {
		return 0
	}
	if guess != 0 && n.list[guess] == s {
		return guess
	}
	if id, ok := n.index[s]; ok {
		return id
	}
	if n.index == nil {
		n.index = make(map[string]name)
		n.list = append(n.list, "")
	}
	s = strings.Clone(s) // the caller's may be part of something large
	id := name(len(n.list))
	n.list = append(n.list, s)
	n.index[s] = id
	return id
}

// find returns the name of s, and whether it has one.
func (n *names) find(s string) (name, bool) {
	if s == "" {
		return 0, true
	}
	id, ok := n.index[s]
	return id, ok
}

func (n *names) text(id name) string {
	if id == 0 {
		return ""
	}
	return n.list[id]
}

// A record is an event without its key, in 72 bytes.
type record struct {
	at         int64 // nanoseconds since 1970
	qty, scrap Qty
	spent      int64

	order, step, workplace, item, place name
	// other is To, Receipt or Line: no kind of event has two of them.
	other                  name
	cause, actor, document name
	kind                   EventKind
}

// pack returns e as a record; last is the one before it.
func (n *names) pack(e *Event, last *record) record {
	return record{
		at: e.At.UnixNano(), qty: e.Qty, scrap: e.Scrap, spent: int64(e.Spent), kind: e.Kind,
		order:     n.id(string(e.Order), last.order),
		step:      n.id(string(e.Step), last.step),
		workplace: n.id(string(e.Workplace), last.workplace),
		item:      n.id(string(e.Point.Item), last.item),
		place:     n.id(string(e.Point.Place), last.place),
		other:     n.id(string(e.To)+string(e.Receipt)+string(e.Line), last.other),
		cause:     n.id(e.Cause, last.cause),
		actor:     n.id(string(e.Actor), last.actor),
		document:  n.id(string(e.Document), last.document),
	}
}

// unpack returns r as an event.
func (n *names) unpack(r *record, key string) Event {
	e := Event{
		Key: key, Kind: r.kind, At: instant(r.at), Qty: r.qty, Scrap: r.scrap, Spent: time.Duration(r.spent),
		Order: OrderID(n.text(r.order)), Step: StepID(n.text(r.step)), Workplace: WorkplaceID(n.text(r.workplace)),
		Point: Point{ItemID(n.text(r.item)), PlaceID(n.text(r.place))},
		Cause: n.text(r.cause), Actor: ActorID(n.text(r.actor)), Document: DocumentID(n.text(r.document)),
	}
	switch other := n.text(r.other); r.kind {
	case Moved:
		e.To = PlaceID(other)
	case Received:
		e.Receipt = ReceiptID(other)
	default:
		e.Line = LineID(other)
	}
	return e
}

// instant returns the time that is ns after 1970, and the zero time for 0.
func instant(ns int64) time.Time {
	if ns == 0 {
		return time.Time{}
	}
	return time.Unix(0, ns).UTC()
}

// nanoseconds returns t as a record counts it, or the nearest that it can.
func nanoseconds(t time.Time) int64 {
	switch {
	case t.Before(firstTime):
		return 0
	case t.After(lastTime):
		return lastTime.UnixNano()
	}
	return t.UnixNano()
}

// pageLen is how many records lie together. A journal grows by a page, so that
// nothing is ever copied.
const pageLen = 1 << 12

// A page holds records and, end to end, their keys.
type page struct {
	records     []record
	keys        []byte
	ends        []uint32 // of the keys
	first, last int64    // no record is earlier or later
}

// A journal holds records in the order of appending.
type journal struct {
	pages []*page
	n     int
}

func (j *journal) add(r record, key string) {
	if j.n%pageLen == 0 {
		j.pages = append(j.pages, &page{
			records: make([]record, 0, pageLen), ends: make([]uint32, 0, pageLen),
			first: r.at, last: r.at,
		})
	}
	p := j.pages[j.n/pageLen]
	p.records = append(p.records, r)
	p.keys = append(p.keys, key...)
	p.ends = append(p.ends, uint32(len(p.keys)))
	p.first, p.last = min(p.first, r.at), max(p.last, r.at)
	j.n++
}

// between returns the positions of the records in [from, to), in the order of
// appending. Events come nearly in the order of time, so that few pages hold
// any.
func (j *journal) between(from, to int64) []uint32 {
	var found []uint32
	for i, p := range j.pages {
		if p.last < from || p.first >= to {
			continue
		}
		for k := range p.records {
			if at := p.records[k].at; from <= at && at < to {
				found = append(found, uint32(i*pageLen+k))
			}
		}
	}
	return found
}

func (j *journal) record(pos uint32) *record { return &j.pages[pos/pageLen].records[pos%pageLen] }

func (j *journal) key(pos uint32) []byte {
	p, i := j.pages[pos/pageLen], pos%pageLen
	var from uint32
	if i > 0 {
		from = p.ends[i-1]
	}
	return p.keys[from:p.ends[i]]
}

// cut forgets all records from the n-th on.
func (j *journal) cut(n int) {
	j.n = n
	j.pages = j.pages[:(n+pageLen-1)/pageLen]
	if i := n % pageLen; i > 0 {
		p := j.pages[n/pageLen]
		p.records, p.ends = p.records[:i], p.ends[:i]
		p.keys = p.keys[:p.ends[i-1]]
	}
}
