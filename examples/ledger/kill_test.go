package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/wip"
)

// TestMain runs the writer instead of the tests if the environment says so: the
// process that is to be killed.
func TestMain(m *testing.M) {
	if file := os.Getenv("LEDGER_WRITER"); file != "" {
		if err := write(file); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// batch returns the n-th batch of an endless sequence: 1 to 30 events, some of
// them late.
func batch(n int) []wip.Event {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	events := make([]wip.Event, 1+r.IntN(30))
	for i := range events {
		events[i] = wip.Event{
			Key: fmt.Sprintf("%d/%d", n, i), Kind: wip.Delivered, Order: wip.OrderID(fmt.Sprint("order ", r.IntN(9))),
			At:    time.Unix(int64(1_800_000_000+60*n-r.IntN(600)), 0).UTC(),
			Point: wip.Point{Item: wip.ItemID(fmt.Sprint("part ", r.IntN(9)))}, Qty: wip.Qty(1 + r.IntN(50)),
			Document: wip.DocumentID(fmt.Sprint("batch ", n)),
		}
	}
	return events
}

// write appends batches for ever, and tells each that is acknowledged. It
// begins with the last one before, whose answer may have been lost.
func write(file string) error {
	storage, err := OpenStorage(file)
	if err != nil {
		return err
	}
	l, err := storage.OpenLedger()
	if err != nil {
		return err
	}
	n, _ := batches(l)
	for n = max(0, n-1); ; n++ {
		if err := l.Append(batch(n)...); err != nil {
			return err
		}
		fmt.Println(n)
		if n%50 == 49 {
			if err := storage.SaveSnapshot(l); err != nil {
				return err
			}
		}
	}
}

// batches counts the batches that a ledger holds, and reports whether it holds
// exactly these, each event once and in its place.
func batches(l *wip.Ledger) (n int, whole bool) {
	var expected []wip.Event
	for e := range l.Events(0) {
		if len(expected) == 0 {
			expected = batch(n)
			n++
		}
		if e != expected[0] {
			return n, false
		}
		expected = expected[1:]
	}
	return n, len(expected) == 0
}

// A process that is killed again and again, at any instant, has written all
// that it acknowledged, nothing twice and no half of a batch.
func TestKill(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	r := rand.New(rand.NewPCG(2, 2))
	acknowledged := -1
	for range 25 {
		acknowledged = max(acknowledged, writeAndKill(t, file, time.Duration(r.IntN(250))*time.Millisecond))
		storage, err := OpenStorage(file)
		require.NoError(t, err)
		for _, open := range []func() (*wip.Ledger, error){
			storage.OpenLedger,
			func() (*wip.Ledger, error) { return wip.Open(storage, nil) },
		} {
			l, err := open()
			require.NoError(t, err)
			n, whole := batches(l)
			require.True(t, whole, "batch %d is not whole", n)
			require.Greater(t, n, acknowledged, "what was acknowledged is there")
			sameStock(t, l, n)
		}
		require.NoError(t, storage.Close())
	}
	assert.Positive(t, acknowledged)
}

// writeAndKill starts a writer, kills it after a time and returns the last batch
// that it acknowledged, or -1.
func writeAndKill(t *testing.T, file string, after time.Duration) int {
	t.Helper()
	writer := exec.Command(os.Args[0])
	writer.Env = append(os.Environ(), "LEDGER_WRITER="+file)
	writer.Stderr = os.Stderr
	out, err := writer.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, writer.Start())
	killer := time.AfterFunc(after, func() { writer.Process.Kill() })
	defer killer.Stop()
	last := -1
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if n, err := strconv.Atoi(lines.Text()); err == nil {
			last = n
		}
	}
	err = writer.Wait()
	require.False(t, writer.ProcessState.Exited(), "it was killed: %v", err)
	return last
}

// sameStock compares stocks with sums over the batches.
func sameStock(t *testing.T, l *wip.Ledger, n int) {
	t.Helper()
	stock := map[wip.Point]wip.Qty{}
	for i := range n {
		for _, e := range batch(i) {
			stock[e.Point] += e.Qty
		}
	}
	for p, q := range stock {
		require.Equal(t, q, l.Balance(p, time.Unix(2_000_000_000, 0)))
	}
}
