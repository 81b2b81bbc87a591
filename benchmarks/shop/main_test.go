package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/benchmarks/internal/shopfile"
	"github.com/taktplan/takt/schedule/shop"
)

const ft06 = `# Fisher and Thompson 6x6
 6 6
 2  1  0  3  1  6  3  7  5  3  4  6
 1  8  2  5  4 10  5 10  0 10  3  4
 2  5  3  4  5  8  0  9  1  1  4  7
 1  5  0  5  2  5  3  3  4  8  5  9
 2  9  1  3  4  5  5  4  0  3  3  1
 1  3  3  3  5  9  0 10  4  4  2  1
`

const small = "2 2 1.5\n2 2 1 3 2 4 1 2 5\n1 1 1 2\n"         // fjs
const assembly = "3 2 2\n0 2\n1 2\n1 0 4\n1 1 3\n2 0 5 1 6\n" // fajs
const reentrant = "2 2\n0 3 0 2 1 4 -1 -1\n1 2 0 2 -1 -1\n"   // with end marks
const dueDates = "job,release,due,weight\n0,0,5,2\n1,1,3,1\n" // for small
const bestKnowns = "instance,family,ub\nft06,ft,55\nother,x,1\n"

// files writes the test's files and returns their folder.
func files(t *testing.T) string {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"ft06.txt": ft06, "small.fjs": small, "tree.fajs": assembly, "again.reentrant.txt": reentrant,
		"small.sp13.csv": dueDates, "bks.csv": bestKnowns,
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	return dir
}

func call(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	require.Zero(t, run(context.Background(), args, &out, &errs), errs.String())
	return out.String()
}

func TestFT06IsSolvedAndWritten(t *testing.T) {
	dir := files(t)
	out := call(t, "-time", "20s", "-out", dir, "-bks", filepath.Join(dir, "bks.csv"), filepath.Join(dir, "ft06.txt"))
	line, rest, _ := strings.Cut(out, "\n")
	var r result
	require.NoError(t, json.Unmarshal([]byte(line), &r))
	require.Equal(t, "ft06", r.Instance)
	require.Equal(t, "jsplib", r.Format)
	require.EqualValues(t, 55, r.Value)
	require.EqualValues(t, 55, r.LowerBound)
	require.True(t, r.Optimal)
	require.NotEmpty(t, r.Trace)
	require.EqualValues(t, 55, r.Trace[len(r.Trace)-1][1])
	require.Contains(t, rest, "ft 6x6")

	text, err := os.ReadFile(filepath.Join(dir, "ft06.json"))
	require.NoError(t, err)
	var s schedule
	require.NoError(t, json.Unmarshal(text, &s))
	require.EqualValues(t, 55, s.Objective)
	require.Len(t, s.Operations, 36)
	require.Equal(t, operation{Job: 1, Op: 0, Machine: 1, Start: s.Operations[6].Start, End: s.Operations[6].Start + 8}, s.Operations[6])
}

func TestStepsAreByteIdentical(t *testing.T) {
	dir := files(t)
	args := []string{"-steps", "40", "-taillard", "1,21", filepath.Join(dir, "ft06.txt"), filepath.Join(dir, "small.fjs"),
		filepath.Join(dir, "tree.fajs"), filepath.Join(dir, "again.reentrant.txt")}
	first := call(t, args...)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	require.Equal(t, first, call(t, args...))
	require.Equal(t, 6, strings.Count(first, "\n"))
	require.NotContains(t, first, "seconds")
}

func TestWeightedTardiness(t *testing.T) {
	dir := files(t)
	out := call(t, "-steps", "20", "-objective", "weighted-tardiness", "-due", dir, "-due-kind", "sp13", filepath.Join(dir, "small.fjs"))
	var r result
	require.NoError(t, json.Unmarshal([]byte(out), &r))
	// Job 0 begins on machine 0 and is 3 late, weight 2, and then job 1 is 2
	// late; or it does all on machine 1 and is 4 late.
	require.EqualValues(t, 8, r.Value)
}

func TestWrongCalls(t *testing.T) {
	dir := files(t)
	for _, args := range [][]string{
		{},
		{"-time", "0s", "x"},
		{"-workers", "0", "x"},
		{"-objective", "beauty", "x"},
		{"-format", "xml", "x"},
		{"-taillard", "0-3"},
		{"-taillard", "79-81"},
		{"-random", "10"},
		{"-random", "99999x99999"},
		{"-objective", "weighted-tardiness", filepath.Join(dir, "ft06.txt")},
		{"-bks", filepath.Join(dir, "none.csv"), filepath.Join(dir, "ft06.txt")},
	} {
		require.Equal(t, 2, run(context.Background(), args, io.Discard, io.Discard), args)
	}
	require.Equal(t, 1, run(context.Background(), []string{filepath.Join(dir, "none.txt")}, io.Discard, io.Discard))
}

// The checker must see every kind of spoilt schedule.
func TestCheckerSeesMistakes(t *testing.T) {
	read := func(name, text string) *shopfile.Instance {
		x, err := shopfile.Read(name, shopfile.Auto, strings.NewReader(text))
		require.NoError(t, err)
		return x
	}
	x := read("ft06.txt", ft06)
	x.Due = make([]shopfile.Due, x.Jobs)
	p, number := x.Problem()
	solved := func() *shop.Solution {
		s, err := shop.Solve(context.Background(), p, shop.Options{MaxSteps: 1})
		require.NoError(t, err)
		require.NoError(t, check(x, number, s, shop.Makespan))
		return s
	}
	for name, spoil := range map[string]func(s *shop.Solution){
		"machine": func(s *shop.Solution) { s.Jobs[0][0].Machine = 1 },
		"time":    func(s *shop.Solution) { s.Jobs[0][0].End++ },
		"release": func(s *shop.Solution) { x.Due[0].Release = 1 << 30 },
		"order":   func(s *shop.Solution) { s.Jobs[0][1].Start, s.Jobs[0][1].End = 0, 3 },
		"overlap": func(s *shop.Solution) {
			s.Jobs[2][0] = shop.Placed{Machine: 2, Start: s.Jobs[0][0].Start, End: s.Jobs[0][0].Start + 5}
		},
		"value":   func(s *shop.Solution) { s.Value++; s.Bound = 0; s.Optimal = false },
		"bound":   func(s *shop.Solution) { s.Bound = s.Value + 1 },
		"optimal": func(s *shop.Solution) { s.Bound, s.Optimal = s.Value-1, true },
		"missing": func(s *shop.Solution) { s.Jobs[3] = s.Jobs[3][:5] },
	} {
		s := solved()
		spoil(s)
		require.Error(t, check(x, number, s, shop.Makespan), name)
		x.Due[0].Release = 0
	}
}

// Published optima, proven by others, are neither undercut nor overtaken by
// bounds.
func TestPublishedOptimaHold(t *testing.T) {
	for number, best := range map[string]int64{
		"1": 1231, "14": 1345, "21": 1642, "31": 1764, "51": 2760, "61": 2868, "71": 5464,
	} {
		var r result
		require.NoError(t, json.Unmarshal([]byte(call(t, "-steps", "50", "-taillard", number)), &r))
		require.GreaterOrEqual(t, r.Value, best, r.Instance)
		require.LessOrEqual(t, r.LowerBound, best, r.Instance)
		require.Less(t, float64(r.Value), 1.1*float64(best), r.Instance)
	}
}

// The same for all job shops of the data folder and their best-known bounds.
func TestBestKnownBoundsHold(t *testing.T) {
	data := os.Getenv("TAKT_DATA")
	if data == "" {
		t.Skip("TAKT_DATA is not set")
	}
	lower, upper := knownBounds(t, filepath.Join(data, "shop", "bks-jsp.csv"))
	names, err := filepath.Glob(filepath.Join(data, "shop", "jsp-*", "*.txt"))
	require.NoError(t, err)
	compared := 0
	for line := range strings.Lines(call(t, append([]string{"-steps", "2"}, names...)...)) {
		var r result
		require.NoError(t, json.Unmarshal([]byte(line), &r))
		if upper[r.Instance] == 0 {
			continue
		}
		compared++
		require.GreaterOrEqual(t, r.Value, lower[r.Instance], r.Instance)
		require.LessOrEqual(t, r.LowerBound, upper[r.Instance], r.Instance)
	}
	require.Greater(t, compared, 100)
}

func knownBounds(t *testing.T, file string) (lower, upper map[string]int64) {
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	lower, upper = map[string]int64{}, map[string]int64{}
	lb, ub := slices.Index(rows[0], "lb"), slices.Index(rows[0], "ub")
	for _, row := range rows[1:] {
		lower[row[0]], err = strconv.ParseInt(row[lb], 10, 64)
		require.NoError(t, err)
		upper[row[0]], err = strconv.ParseInt(row[ub], 10, 64)
		require.NoError(t, err)
	}
	return lower, upper
}
