package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRow counts a win, a tie and a loss, and sums only what both have found.
func TestRow(t *testing.T) {
	var r row
	r.add(outcome{value: 110, found: true}, outcome{value: 120, found: true}, 100)
	r.add(outcome{value: 100, found: true, proven: true}, outcome{value: 100, found: true}, 100)
	r.add(outcome{value: 7, found: true}, outcome{}, 7)
	r.add(outcome{value: 3, found: true}, outcome{value: 0, found: true, proven: true}, 0)
	require.Equal(t, [3]int{2, 1, 1}, [3]int{r.wins, r.ties, r.losses})
	require.Equal(t, tally{found: 4, proven: 1, compared: 3, deviation: 10, worst: 10, cost: 213}, r.ours)
	require.Equal(t, tally{found: 3, proven: 1, compared: 2, deviation: 20, worst: 20, cost: 220}, r.theirs)
	require.Equal(t, "10.00 (1 without)", r.theirs.mean(r.instances))
}

// TestSets finds the files of every set, and a best-known value for each
// instance but those with spread due dates.
func TestSets(t *testing.T) {
	root := os.Getenv("TAKT_DATA")
	if root == "" {
		t.Skip("TAKT_DATA is not set")
	}
	data := filepath.Join(root, "shop")
	known, err := readKnown(data)
	require.NoError(t, err)
	total := 0
	for _, s := range allSets() {
		all, err := s.instances(data)
		require.NoError(t, err)
		total += len(all)
		for _, x := range all {
			_, ok := known[x.key()]
			require.Equal(t, s.rough == nil && s.due[:min(3, len(s.due))] != "spr", ok, x.key())
		}
	}
	require.Equal(t, 53+80+5+15+3*66+3*22+2*19+5+10, total)
}
