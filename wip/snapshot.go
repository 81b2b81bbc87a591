package wip

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
)

// A snapshot is the journal of a ledger, written down: a header, then blocks of
// names, blocks of events, and a block that ends it. A block is its length, its
// checksum, a letter for its kind and its content; nothing crosses from one to
// the next, so that a torn or changed snapshot is found out. What is derived
// from the journal is derived again when a snapshot is read.

const (
	snapshotHeader = "takt ledger 1\n"
	nameBlock      = 'n'
	eventBlock     = 'e'
	endBlock       = 'z' // holds the number of events
	// blockBytes is the length at which a block is written. The largest text
	// comes on top of it.
	blockBytes = 1 << 16
	// maxBlock bounds what is read at once, should the length be damaged.
	maxBlock = 1 << 28
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// A SnapshotError says why a snapshot cannot be used.
type SnapshotError struct{ Reason string }

func (e *SnapshotError) Error() string { return "wip: snapshot: " + e.Reason }

// WriteSnapshot writes all that the ledger knows, so that [Open] needs to read
// from the storage only what is appended later. The error is that of w.
func (l *Ledger) WriteSnapshot(w io.Writer) error {
	if _, err := io.WriteString(w, snapshotHeader); err != nil {
		return err
	}
	b := blockWriter{out: w}
	for _, text := range l.names.list[min(1, len(l.names.list)):] {
		b.text(text)
		b.flush(nameBlock, blockBytes)
	}
	b.flush(nameBlock, 1)
	var last int64
	for pos := range l.journal.n {
		r := l.journal.record(uint32(pos))
		b.record(r, last)
		b.text(string(l.journal.key(uint32(pos))))
		b.flush(eventBlock, blockBytes)
		last = r.at
	}
	b.flush(eventBlock, 1)
	b.buf = binary.AppendUvarint(b.buf, uint64(l.journal.n))
	b.flush(endBlock, 0)
	return b.err
}

type blockWriter struct {
	out io.Writer
	buf []byte
	err error
}

func (b *blockWriter) text(s string) {
	b.buf = append(binary.AppendUvarint(b.buf, uint64(len(s))), s...)
}

func (b *blockWriter) record(r *record, last int64) {
	b.buf = append(b.buf, byte(r.kind))
	for _, n := range [...]int64{r.at - last, int64(r.qty), int64(r.scrap), r.spent} {
		b.buf = binary.AppendVarint(b.buf, n)
	}
	for _, n := range [...]name{r.order, r.step, r.workplace, r.item, r.place, r.other, r.cause, r.actor, r.document} {
		b.buf = binary.AppendUvarint(b.buf, uint64(n))
	}
}

// flush writes a block if it has at least so many bytes.
func (b *blockWriter) flush(kind byte, least int) {
	if len(b.buf) < least || b.err != nil {
		return
	}
	var head [9]byte
	binary.LittleEndian.PutUint32(head[:], uint32(len(b.buf)))
	head[8] = kind
	sum := crc32.Update(crc32.Checksum(head[8:], castagnoli), castagnoli, b.buf)
	binary.LittleEndian.PutUint32(head[4:], sum)
	if _, b.err = b.out.Write(head[:]); b.err == nil {
		_, b.err = b.out.Write(b.buf)
	}
	b.buf = b.buf[:0]
}

// readSnapshot fills an empty ledger.
func (l *Ledger) readSnapshot(r io.Reader) error {
	header := make([]byte, len(snapshotHeader))
	if _, err := io.ReadFull(r, header); err != nil || string(header) != snapshotHeader {
		return &SnapshotError{"it has another header"}
	}
	var b blockReader
	for {
		kind, err := b.next(r)
		if err != nil {
			return err
		}
		switch kind {
		case nameBlock:
			for len(b.buf) > 0 && !b.bad {
				l.names.id(string(b.bytes()), 0)
			}
		case eventBlock:
			l.readEvents(&b)
		case endBlock:
			if int(b.uint()) != l.journal.n || b.bad {
				return &SnapshotError{"events are missing"}
			}
			l.account(0)
			return nil
		default:
			b.bad = true
		}
		if b.bad {
			return &SnapshotError{fmt.Sprintf("malformed after event %d", l.journal.n)}
		}
	}
}

func (l *Ledger) readEvents(b *blockReader) {
	l.keys.reserve(len(b.buf) / 15) // an event has at least 15 bytes
	for len(b.buf) > 0 && !b.bad {
		var last int64
		if n := l.journal.n; n > 0 {
			last = l.journal.record(uint32(n - 1)).at
		}
		r := b.record(last, name(len(l.names.list)))
		key := string(b.bytes())
		if b.bad || len(key) == 0 || len(key) > MaxKey || l.journal.n == maxEvents || !l.weigh(&r) {
			b.bad = true
			return
		}
		hash := l.keys.hash(key)
		_, slot, known := l.keys.find(&l.journal, key, hash)
		if known {
			b.bad = true
			return
		}
		l.keys.put(slot, hash, uint32(l.journal.n))
		l.journal.add(r, key)
	}
}

// A blockReader takes blocks apart. Bad is set, and all that it returns is 0,
// once it has come to something malformed.
type blockReader struct {
	block, buf []byte
	bad        bool
}

// next reads a block, and returns its kind.
func (b *blockReader) next(r io.Reader) (kind byte, err error) {
	var head [9]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, &SnapshotError{"it is torn"}
	}
	n := int(binary.LittleEndian.Uint32(head[:]))
	if n < 0 || n > maxBlock {
		return 0, &SnapshotError{"it is damaged"}
	}
	if cap(b.block) < n {
		b.block = make([]byte, n)
	}
	b.buf = b.block[:n]
	if _, err := io.ReadFull(r, b.buf); err != nil {
		return 0, &SnapshotError{"it is torn"}
	}
	sum := crc32.Update(crc32.Checksum(head[8:], castagnoli), castagnoli, b.buf)
	if sum != binary.LittleEndian.Uint32(head[4:]) {
		return 0, &SnapshotError{"it is damaged"}
	}
	return head[8], nil
}

func (b *blockReader) uint() uint64 {
	n, used := binary.Uvarint(b.buf)
	if used <= 0 {
		b.bad, b.buf = true, nil
		return 0
	}
	b.buf = b.buf[used:]
	return n
}

func (b *blockReader) int() int64 {
	n, used := binary.Varint(b.buf)
	if used <= 0 {
		b.bad, b.buf = true, nil
		return 0
	}
	b.buf = b.buf[used:]
	return n
}

func (b *blockReader) bytes() []byte {
	n := b.uint()
	if n > uint64(len(b.buf)) {
		b.bad, b.buf = true, nil
		return nil
	}
	s := b.buf[:n]
	b.buf = b.buf[n:]
	return s
}

// record reads an event whose names are below limit.
func (b *blockReader) record(last int64, limit name) (r record) {
	r.kind = EventKind(b.buf[0])
	b.buf = b.buf[1:]
	r.at = last + b.int()
	r.qty, r.scrap, r.spent = Qty(b.int()), Qty(b.int()), b.int()
	for _, n := range [...]*name{&r.order, &r.step, &r.workplace, &r.item, &r.place, &r.other, &r.cause, &r.actor, &r.document} {
		id := b.uint()
		if id >= uint64(limit) {
			b.bad = true
			return record{}
		}
		*n = name(id)
	}
	amounts := r.qty >= -MaxEventQty && r.qty <= MaxEventQty && r.scrap >= 0 && r.scrap <= MaxEventQty && r.spent >= 0
	if r.kind == 0 || r.kind >= eventKinds || r.at <= 0 || !amounts {
		b.bad = true
	}
	return r
}
