package wip

import (
	"errors"
	"fmt"
	"io"
	"iter"
)

// A Storage keeps the events of one [Ledger]. It belongs to the caller: a
// table, a file, a log. A ledger calls it from one goroutine at a time, and is
// the only one to append.
type Storage interface {
	// Append keeps events after those that are kept, whole or not at all, and
	// returns when they are safe. They are well formed, and their keys differ
	// from each other and from all that are kept.
	Append(events ...Event) error
	// Events yields what is kept from a position on, counted from 0, in the
	// order of appending. It ends after the first error.
	Events(position int) iter.Seq2[Event, error]
}

// ErrStorage is wrapped by errors about events of a storage that its ledger
// cannot have appended.
var ErrStorage = errors.New("wip: storage holds what was never appended")

// Open returns the ledger of what a storage keeps. A snapshot, if not nil, is
// one that [Ledger.WriteSnapshot] has written of this ledger at some time: then
// only what was appended since is read from the storage.
//
// The error is the storage's, or [ErrStorage] if events were changed, or an
// [*SnapshotError]: then the ledger can still be opened without the snapshot.
func Open(s Storage, snapshot io.Reader) (*Ledger, error) {
	l := new(Ledger)
	if snapshot != nil {
		if err := l.readSnapshot(snapshot); err != nil {
			return nil, err
		}
		if err := l.belongsTo(s); err != nil {
			return nil, err
		}
	}
	l.storage = s
	if err := l.catchUp(); err != nil {
		return nil, err
	}
	return l, nil
}

// belongsTo checks that a storage keeps the last event of a ledger in its place.
func (l *Ledger) belongsTo(s Storage) error {
	last := l.journal.n - 1
	if last < 0 {
		return nil
	}
	for e, err := range s.Events(last) {
		if err != nil {
			return err
		}
		if e.At = e.At.UTC(); e == l.event(uint32(last)) {
			return nil
		}
		break
	}
	return &SnapshotError{"the storage does not keep its last event"}
}

// readBatch is how many events are read from a storage before they are
// accounted.
const readBatch = 4096

// catchUp reads what the storage keeps beyond the ledger.
func (l *Ledger) catchUp() error {
	pending := make([]Event, 0, readBatch)
	for e, err := range l.storage.Events(l.journal.n) {
		if err != nil {
			return err
		}
		if pending = append(pending, e); len(pending) == readBatch {
			if err := l.read(pending); err != nil {
				return err
			}
			pending = pending[:0]
		}
	}
	if err := l.read(pending); err != nil {
		return err
	}
	l.behind = false
	return nil
}

func (l *Ledger) read(events []Event) error {
	b := l.begin(len(events))
	for i := range events {
		b.take(i, &events[i])
	}
	if err := b.issues.err(); err != nil {
		b.undo()
		return fmt.Errorf("%w: after event %d: %w", ErrStorage, l.journal.n, err)
	}
	if len(b.source) < len(events) {
		b.undo()
		return fmt.Errorf("%w: after event %d: a key occurs twice", ErrStorage, l.journal.n)
	}
	l.account(b.first)
	return nil
}
