// Ledger keeps the account of a shop floor in a SQLite file.
//
//	ledger -db shop.db append < events.json    # a JSON array of wip.Event: one batch
//	ledger -db shop.db state                   # what is true now, or -at a time
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/taktplan/takt/wip"
)

func main() {
	file := flag.String("db", "ledger.db", "SQLite `file`; it is made if it is not there")
	when := flag.String("at", "", "`time` of the state, as in 2026-11-23T06:00:00Z; empty means after all events")
	flag.Parse()
	if err := run(*file, *when, flag.Arg(0), os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "ledger:", err)
		os.Exit(1)
	}
}

func run(file, when, command string, in io.Reader, out io.Writer) error {
	storage, err := OpenStorage(file)
	if err != nil {
		return err
	}
	defer storage.Close()
	l, err := storage.OpenLedger()
	if err != nil {
		return err
	}
	switch command {
	case "append":
		return appendBatch(l, storage, in, out)
	case "state":
		at := time.Date(2262, 1, 1, 0, 0, 0, 0, time.UTC)
		if when != "" {
			if at, err = time.Parse(time.RFC3339, when); err != nil {
				return err
			}
		}
		print(out, l.State(at))
		return nil
	}
	return fmt.Errorf("%q is neither append nor state", command)
}

// snapshotEvery is how many events are read at most when the ledger opens.
const snapshotEvery = 100_000

func appendBatch(l *wip.Ledger, storage *Storage, in io.Reader, out io.Writer) error {
	var batch []wip.Event
	if err := json.NewDecoder(in).Decode(&batch); err != nil {
		return err
	}
	before := l.Len()
	if err := l.Append(batch...); err != nil {
		return mistakes(err)
	}
	fmt.Fprintf(out, "%d events, %d of them new\n", len(batch), l.Len()-before)
	if before/snapshotEvery < l.Len()/snapshotEvery {
		return storage.SaveSnapshot(l)
	}
	return nil
}

// mistakes returns an error that tells all that is wrong with a batch.
func mistakes(err error) error {
	invalid, ok := err.(*wip.InvalidError)
	if !ok {
		return err
	}
	text := "nothing was entered:"
	for _, issue := range invalid.Issues {
		text += fmt.Sprintf("\n  %v [%s]", issue, issue.Code)
	}
	return fmt.Errorf("%s", text)
}

func print(out io.Writer, s wip.State) {
	for _, b := range s.Stock {
		fmt.Fprintf(out, "stock  %-24v %8d\n", b.Point, b.Qty)
	}
	for _, p := range s.Progress {
		fmt.Fprintf(out, "step   %-24s %8d good, %d scrap, %d to do\n", string(p.Order)+" "+string(p.Step), p.Good, p.Scrap, p.Remaining)
	}
	for _, d := range s.Down {
		fmt.Fprintf(out, "down   %-24s since %s: %s\n", d.Workplace, d.Since.Format(time.RFC3339), d.Cause)
	}
}
