package lotfile

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/lotsize"
)

// data returns the folder of the instances; without it the test is skipped.
func data(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("TAKT_DATA")
	if dir == "" {
		t.Skip("TAKT_DATA is not set")
	}
	return filepath.Join(dir, "lot")
}

// A reference is a line of reference_values.tsv.
type reference struct {
	name, model string
	relaxation  float64 // of the facility location model
	best        float64 // proven optimum
}

func references(t *testing.T, dir string) []reference {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "reference_values.tsv"))
	require.NoError(t, err)
	defer f.Close()
	var all []reference
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		field := strings.Split(lines.Text(), "\t")
		if field[0] == "instance" {
			continue
		}
		ref := reference{name: strings.Fields(field[0])[0], model: field[4]}
		ref.relaxation, err = strconv.ParseFloat(field[5], 64)
		require.NoError(t, err)
		ref.best, err = strconv.ParseFloat(field[6], 64)
		require.NoError(t, err)
		all = append(all, ref)
	}
	require.NotEmpty(t, all)
	return all
}

func TestReferenceValues(t *testing.T) {
	dir := data(t)
	for _, ref := range references(t, dir) {
		p, err := Read(filepath.Join(dir, "trigeiro_fg", ref.name+".DAT"), 1)
		require.NoError(t, err)
		if strings.Contains(ref.model, "forced to 1") {
			for i := range p.Items {
				p.Items[i].UnitTime = 1
			}
		}
		s, err := lotsize.Solve(context.Background(), p, lotsize.Options{MaxSteps: 600})
		require.NoError(t, err)
		assert.Zero(t, s.Excess)
		assert.InEpsilon(t, ref.relaxation, s.Bound, 1e-6, "the bound of %s", ref.name)
		assert.GreaterOrEqual(t, s.Cost, ref.best*(1-1e-6), "%s is cheaper than the optimum", ref.name)
		assert.LessOrEqual(t, s.Cost, ref.best*1.02, ref.name)
	}
}

func TestOtherFormats(t *testing.T) {
	dir := data(t)
	for path, optimum := range map[string]float64{
		// Found here, and proven by the search.
		"tempelmeier_class1/1AA1_11.cap": 799.625,
		"tempelmeier_class2/2GC2_31.cap": 1844.125,
	} {
		p, err := Read(filepath.Join(dir, path), 1)
		require.NoError(t, err)
		s, err := lotsize.Solve(context.Background(), p, lotsize.Options{MaxSteps: 5000})
		require.NoError(t, err)
		assert.True(t, s.Optimal)
		assert.InEpsilon(t, optimum, s.Cost, 1e-9)
	}
	p, err := Read(filepath.Join(dir, "multilsb_SET1/data_01.txt"), 1)
	require.NoError(t, err)
	assert.Len(t, p.Items, 78)
	assert.Len(t, p.Resources, 6)
	assert.Equal(t, []lotsize.Use{{Item: 6, Qty: 1}, {Item: 18, Qty: 1}, {Item: 30, Qty: 1}, {Item: 31, Qty: 1}}, p.Items[0].Uses)
	assert.InDelta(t, 96.26726321, p.Items[0].Demand[0], 1e-9)
}

func TestReadTellsWhatIsWrong(t *testing.T) {
	for text, message := range map[string]string{
		"":                   "unexpected EOF",
		"0 3":                "0 is not a number from 1",
		"1 1 1 100 a":        `"a" is not a number`,
		"1 1 1 9 1 1 1 1":    "unexpected EOF",
		"1 1 1 9 1 1 1 1 -5": "Demand[0] is -5",
	} {
		path := filepath.Join(t.TempDir(), "x.DAT")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		_, err := Read(path, 1)
		assert.ErrorContains(t, err, message)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("1 2 1 100\n1 1 5 50\n10\n20\n")
	f.Add("N_Product\n2\nN_EndItems\n1\nN_Components\n1\nN_Periods\n1\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, read := range []func(*numbers) *lotsize.Problem{readTrigeiro, readMultiLSB} {
			in := newNumbers(strings.NewReader(text))
			if p := read(in); in.err == nil {
				_ = p.Validate()
			}
		}
	})
}
