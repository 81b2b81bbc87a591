package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/codec"
)

const lathe = `{"format":"takt/problem","version":1,
"from":"2026-03-02T00:00:00Z","to":"2026-03-30T00:00:00Z","tick":"PT1M",
"resources":[{"id":"lathe","units":1}],
"items":[{"id":"shaft"}],
"routings":[{"id":"shaft","item":"shaft","steps":[{"id":"turn","modes":[{"uses":[{"resource":"lathe"}],"perUnit":"PT45M"}]}]}],
"lines":[{"id":"L1","item":"shaft","qty":12,"due":"2026-03-06T13:00:00Z"}]}`

// file writes a text into a folder of the test.
func file(t *testing.T, text string) string {
	name := filepath.Join(t.TempDir(), "problem.json")
	require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	return name
}

func call(args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = run(context.Background(), args, &out, &err)
	return code, out.String(), err.String()
}

func TestPlanIsWritten(t *testing.T) {
	dir := t.TempDir()
	for _, strategy := range []string{"heuristic", "mrp"} {
		code, stdout, stderr := call("-strategy", strategy, "-steps", "100", "-verify",
			"-gantt", filepath.Join(dir, "plan.svg"), "-csv", filepath.Join(dir, "tables"), file(t, lathe))
		require.Equal(t, exitPlan, code, stderr)
		assert.Contains(t, stderr, "1 of 1 lines on time")
		assert.Contains(t, stderr, "0 violations")
		p, err := read(file(t, lathe))
		require.NoError(t, err)
		plan, err := codec.DecodePlan(bytes.NewBufferString(stdout), p)
		require.NoError(t, err)
		assert.Len(t, plan.Operations, 1)
		assert.FileExists(t, filepath.Join(dir, "plan.svg"))
		assert.FileExists(t, filepath.Join(dir, "tables", "operations.csv"))
	}
}

// The same steps give the same bytes.
func TestRepeatable(t *testing.T) {
	_, first, _ := call("-steps", "50", file(t, lathe))
	_, second, _ := call("-steps", "50", file(t, lathe))
	assert.Equal(t, first, second)
}

func TestMistakes(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"not JSON":         {`{`, []string{"ends too early"}},
		"two bad values":   {`{"format":"takt/problem","version":1,"tick":5,"colour":1}`, []string{"expected a duration", `unknown field "colour"`}},
		"two bad problems": {`{"format":"takt/problem","version":1,"items":[{"id":"a"},{"id":"a"}]}`, []string{"[bad-horizon]", "[duplicate-id]"}},
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := call(file(t, c.text))
			assert.Equal(t, exitInvalid, code)
			assert.Empty(t, stdout)
			for _, w := range c.want {
				assert.Contains(t, stderr, w)
			}
		})
	}
	for _, args := range [][]string{nil, {"-strategy", "magic", "x"}, {"/nowhere/x.json"}, {"-what"}} {
		code, _, stderr := call(args...)
		assert.Equal(t, exitInvalid, code)
		assert.NotEmpty(t, stderr)
	}
}
