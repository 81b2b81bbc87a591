package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/examples/frepple/internal/model"
)

// command runs the program.
func command(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(context.Background(), args, &out, &errs)
	return code, out.String(), errs.String()
}

func TestJSON(t *testing.T) {
	code, out, errs := command("-json", "-steps", "50", "testdata/stock-by-priority.xml")
	assert.Equal(t, exitPlan, code, errs)
	var got map[string]any
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	assert.Len(t, got, 4)
	assert.Equal(t, []any{}, got["violations"])
	assert.NotEmpty(t, got["notes"])
	assert.Equal(t, map[string]any{
		"name": "third", "item": "salt", "location": "depot", "priority": 3.0, "due": "2026-03-05T00:00:00", "quantity": 10.0,
		"deliveries": []any{
			map[string]any{"date": "2026-03-05T00:00:00", "quantity": 5.0},
			map[string]any{"date": "2026-03-20T00:00:00", "quantity": 2.0},
		},
		"short": 3.0, "late_quantity_days": 30.0,
		"reasons": []any{
			"nothing makes, buys or moves salt@depot",
			"salt@depot is on its way and has its date, 2026-03-05 00:00 to 2026-03-20 00:00",
		},
	}, got["demands"].([]any)[2])
	assert.Equal(t, []any{map[string]any{
		"type": "MO", "reference": "truck 7", "operation": "bring salt", "item": "salt", "location": "depot", "quantity": 2.0,
		"start": "2026-03-20T00:00:00", "end": "2026-03-20T00:00:00", "status": "confirmed",
	}}, got["orders"])
}

func TestText(t *testing.T) {
	code, out, errs := command("-steps", "50", "testdata/network.xml")
	assert.Equal(t, exitPlan, code, errs)
	for _, want := range []string{
		"next door    4 of tea @ depot  priority 2  due 2026-03-06T00:00:00  on time",
		"2026-03-02T00:00:00  2026-03-22T00:00:00  4  tea  overseas   port     proposed  []",
		"2026-03-22T00:00:00  2026-03-25T00:00:00  4  tea  port  depot    proposed  []",
		"tea @ port\n  2026-03-02T00:00:00  4   4",
	} {
		assert.Contains(t, out, want)
	}
	_, out, _ = command("-steps", "50", "testdata/capacity.xml")
	assert.Contains(t, out, "press  2026-03-02  144.0 h  of 168.0 h")
}

// The same model and steps give the same bytes.
func TestRepeatable(t *testing.T) {
	_, first, _ := command("-json", "-steps", "30", "testdata/pool-and-skills.xml")
	_, second, _ := command("-json", "-steps", "30", "testdata/pool-and-skills.xml")
	assert.Equal(t, first, second)
}

func TestMistakesAreListed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "m.xml")
	require.NoError(t, os.WriteFile(file, []byte("<plan><items><item/><item name='a' cost='x'/></items>\n</plan>"), 0o600))
	code, _, errs := command(file)
	assert.Equal(t, exitInvalid, code)
	assert.Equal(t, "frepple: line 1: the item has no name\nfrepple: line 1: cost: \"x\" is not a number\n", errs)

	for _, args := range [][]string{{}, {"a", "b"}, {"-run", "2", "testdata/network.xml"}, {"nowhere.xml"}, {"-fast"}} {
		code, _, errs := command(args...)
		assert.Equal(t, exitInvalid, code, args)
		assert.NotEmpty(t, errs, args)
	}
}

// Reading takes time in proportion to the model, and no more than a few
// hundred bytes for a demand.
func BenchmarkRead(b *testing.B) {
	var text strings.Builder
	text.WriteString("<plan><demands>\n")
	const n = 100_000
	for i := range n {
		fmt.Fprintf(&text, "<demand name=\"order %d\"><item name=\"item %d\"/><location name=\"plant\"/><quantity>%d</quantity><due>2026-05-06T00:00:00</due><priority>%d</priority></demand>\n", i, i%100, 1+i%20, i%4)
	}
	text.WriteString("</demands></plan>")
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		m, err := model.Read(strings.NewReader(text.String()))
		if err != nil || len(m.Demands) != n {
			b.Fatal(err)
		}
	}
}
