package main

import (
	"bytes"
	"database/sql"
	_ "embed"
	"errors"
	"iter"
	"time"

	_ "modernc.org/sqlite"

	"github.com/taktplan/takt/wip"
)

//go:embed schema.sql
var schema string

// A Storage keeps the events of a ledger in a table of a SQLite file. A batch
// is a transaction that has reached the disk before Append returns: a process
// that is killed at any instant leaves whole batches, and all that were
// acknowledged.
type Storage struct {
	db *sql.DB
}

// OpenStorage opens a file, and makes it if it is not there.
func OpenStorage(file string) (*Storage, error) {
	// synchronous(FULL) makes a commit wait for the disk. One connection, since
	// a ledger calls its storage from one goroutine.
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(schema); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Storage{db}, nil
}

// Close closes the file.
func (s *Storage) Close() error { return s.db.Close() }

const (
	columns = `key, kind, at, "order", step, workplace, item, place, "to", receipt, line, qty, scrap, spent, cause, actor, document`
	insert  = `INSERT INTO event (position, ` + columns + `)
		SELECT COALESCE(MAX(position) + 1, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM event`
	selectFrom = `SELECT ` + columns + ` FROM event WHERE position >= ? ORDER BY position`
)

// Append implements [wip.Storage].
func (s *Storage) Append(events ...wip.Event) error {
	tx, err := s.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after a commit
	statement, err := tx.Prepare(insert)
	if err != nil {
		return err
	}
	defer statement.Close()
	for _, e := range events {
		_, err := statement.Exec(e.Key, e.Kind, e.At.UnixNano(), e.Order, e.Step, e.Workplace, e.Point.Item, e.Point.Place,
			e.To, e.Receipt, e.Line, e.Qty, e.Scrap, e.Spent, e.Cause, e.Actor, e.Document)
		if err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Events implements [wip.Storage].
func (s *Storage) Events(position int) iter.Seq2[wip.Event, error] {
	return func(yield func(wip.Event, error) bool) {
		rows, err := s.db.Query(selectFrom, position)
		if err != nil {
			yield(wip.Event{}, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var e wip.Event
			var at int64
			err := rows.Scan(&e.Key, &e.Kind, &at, &e.Order, &e.Step, &e.Workplace, &e.Point.Item, &e.Point.Place,
				&e.To, &e.Receipt, &e.Line, &e.Qty, &e.Scrap, &e.Spent, &e.Cause, &e.Actor, &e.Document)
			e.At = time.Unix(0, at).UTC()
			if !yield(e, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(wip.Event{}, err)
		}
	}
}

// OpenLedger opens the ledger from the last snapshot and the events after it.
func (s *Storage) OpenLedger() (*wip.Ledger, error) {
	var content []byte
	switch err := s.db.QueryRow(`SELECT content FROM snapshot`).Scan(&content); {
	case errors.Is(err, sql.ErrNoRows):
		return wip.Open(s, nil)
	case err != nil:
		return nil, err
	}
	l, err := wip.Open(s, bytes.NewReader(content))
	if bad := new(wip.SnapshotError); errors.As(err, &bad) {
		return wip.Open(s, nil) // it only saves time
	}
	return l, err
}

// SaveSnapshot replaces the snapshot by one of now.
func (s *Storage) SaveSnapshot(l *wip.Ledger) error {
	var content bytes.Buffer
	if err := l.WriteSnapshot(&content); err != nil {
		return err
	}
	_, err := s.db.Exec(`INSERT INTO snapshot VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET content = excluded.content`, content.Bytes())
	return err
}
