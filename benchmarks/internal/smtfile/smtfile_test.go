package smtfile

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const tiny = "testdata/tiny"

func TestRead(t *testing.T) {
	fab, err := Read(tiny)
	require.NoError(t, err)
	assert.Equal(t, []int{2, 1, 1, 1, 100}, counts(fab))
	assert.Equal(t, ToolGroup{
		Name: "Stepper", Area: "Light", Count: 1, Load: time.Minute, Unload: time.Minute, ToFailure: 1000 * time.Minute, ToRepair: 50 * time.Minute,
	}, fab.Tools[1])
	assert.Equal(t, []Maintenance{{Every: 240 * time.Hour, FirstTime: 192 * time.Hour, Duration: 6 * time.Hour}}, fab.Tools[0].Maintenance)
	assert.Equal(t, []Maintenance{{Wafers: 3000, FirstWafers: 1500, Duration: 2 * time.Hour}}, fab.Tools[2].Maintenance)
	assert.True(t, fab.Tools[2].Cascading)
	assert.True(t, fab.Tools[4].Delay)

	steps := fab.Routes[0].Steps
	require.Len(t, steps, 6)
	assert.Equal(t, Step{Name: "oxide", Per: PerBatch, Time: 400 * time.Minute, Spread: 0.05, LeastBatch: 50, Batch: 100, Share: 1}, steps[0])
	assert.Equal(t, Step{Name: "clean", Tool: 2, Per: PerWafer, Time: 48 * time.Second, Spread: 0.05, WaferInterval: 36 * time.Second, Share: 1}, steps[1])
	assert.Equal(t, Step{Name: "measure", Tool: 3, Time: 10 * time.Minute, Spread: 0.05, Share: 0.5, Rework: 0.1, ReworkFrom: 2}, steps[3])
	assert.Equal(t, Step{Name: "expose again", Tool: 1, Per: PerWafer, Time: time.Minute, Spread: 0.05, Setup: "S2", SetupTime: 8 * time.Minute, LeastRun: 2, Share: 1}, steps[5])

	assert.Equal(t, []Stream{
		{"Lot_A", 0, 25, 2 * time.Hour, 48 * time.Hour}, {"Lot_B", 1, 25, 4 * time.Hour, 24 * time.Hour},
	}, fab.Orders)
	assert.Equal(t, Lot{"Old_A", 0, 25, 3, time.Date(2018, 1, 1, 12, 0, 0, 0, time.UTC)}, fab.Lots[0])
	assert.Equal(t, 6*time.Minute, fab.Transport)
}

func counts(fab *Fab) []int {
	var list []int
	for _, tool := range fab.Tools {
		list = append(list, tool.Count)
	}
	return list
}

// Mistakes in several files are all told at once, each with its line.
func TestMistakes(t *testing.T) {
	dir := copied(t)
	change(t, dir, "tool.txt.1l", "Gauge\tBath\t1.0", "Gauge\tBath\tmany")
	change(t, dir, "route_a.txt", "Furnace", "Oven")
	change(t, dir, "route_a.txt", "per_lot", "per_week")
	change(t, dir, "route_b.txt", "25\t50", "50\t25")
	change(t, dir, "order.txt", "01/02/18", "yesterday")
	change(t, dir, "WIP.txt", "25\t4", "25\t7")
	change(t, dir, "attach.txt", "MONTH", "YEAR")
	require.NoError(t, os.Remove(filepath.Join(dir, "fromto.txt")))
	_, err := Read(dir)
	require.Error(t, err)
	for _, want := range []string{
		`tool.txt.1l: line 5: STNQTY: "many" is not`,
		`route_a.txt: line 2: STNFAM: "Oven" is unknown`,
		`route_a.txt: line 5: PTPER: "per_week" is not per_lot, per_piece or per_batch`,
		`route_b.txt: line 2: BATCHMX: 25 is less than BATCHMN, 50`,
		`order.txt: line 3: DUE: "yesterday 00:00:00" is not a date`,
		`WIP.txt: line 2: CURSTEP: 7 is beyond the 6 steps of the route`,
		`attach.txt: line 3: CALNAME: "YEAR" is no calendar`,
		`fromto.txt: no such file`,
	} {
		assert.ErrorContains(t, err, want)
	}
}

// Whatever is done to a file, there is a fab or an error.
func TestDamage(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	read, refused := 0, 0
	files, err := os.ReadDir(tiny)
	require.NoError(t, err)
	for range 80 {
		dir := copied(t)
		name := filepath.Join(dir, files[draw.IntN(len(files))].Name())
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		from := draw.IntN(len(text))
		to := min(len(text), from+draw.IntN(20))
		text = slices.Concat(text[:from], []byte([]string{"", "\t", "-1", "x", "\n"}[draw.IntN(5)]), text[to:])
		require.NoError(t, os.WriteFile(name, text, 0o600))
		if fab, err := Read(dir); err != nil {
			assert.Nil(t, fab)
			refused++
		} else {
			read++
		}
	}
	assert.Greater(t, read, 5)
	assert.Greater(t, refused, 20)
}

func copied(t *testing.T) string {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(tiny)))
	return dir
}

func change(t *testing.T, dir, file, old, fresh string) {
	name := filepath.Join(dir, file)
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Contains(t, string(text), old)
	require.NoError(t, os.WriteFile(name, []byte(strings.Replace(string(text), old, fresh, 1)), 0o600))
}
