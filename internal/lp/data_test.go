package lp

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// A known program is a file with what is published about it.
type known struct {
	name              string
	rows, cols, count int
	status            Status
	objective         float64
	path              string
}

// knownPrograms lists the files of $TAKT_DATA/lp; without the folder the test
// is skipped.
func knownPrograms(t testing.TB) []known {
	t.Helper()
	dir := os.Getenv("TAKT_DATA")
	if dir == "" {
		t.Skip("TAKT_DATA is not set")
	}
	file, err := os.Open(filepath.Join(dir, "lp", "objectives.csv"))
	require.NoError(t, err)
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	var list []known
	for _, f := range lines[1:] {
		k := known{name: f[0], status: Optimal, path: filepath.Join(dir, "lp", f[0]+".mps")}
		k.rows, _ = strconv.Atoi(f[1])
		k.cols, _ = strconv.Atoi(f[2])
		k.count, _ = strconv.Atoi(f[3])
		k.objective, _ = strconv.ParseFloat(f[5], 64)
		switch f[4] {
		case "infeasible":
			k.status = Infeasible
		case "unbounded":
			k.status = Unbounded
		}
		list = append(list, k)
	}
	return list
}

// load reads the file of k.
func (k known) load(t testing.TB) *Problem {
	t.Helper()
	file, err := os.Open(k.path)
	require.NoError(t, err)
	defer file.Close()
	p, err := ReadMPS(file)
	require.NoError(t, err, k.name)
	return p
}
