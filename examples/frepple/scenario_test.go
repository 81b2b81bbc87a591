package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/examples/frepple/internal/report"
)

var wanted = regexp.MustCompile(`(?m)^want: (.*)$`)

// Each model in testdata says at its top what it is about and, worked out by
// hand, what becomes of each demand.
func TestScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/*.xml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".xml"), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			var want []string
			for _, m := range wanted.FindAllSubmatch(text, -1) {
				want = append(want, string(m[1]))
			}
			require.NotEmpty(t, want)
			r, err := plan(context.Background(), &settings{file: file, call: 1, time: time.Minute, steps: 200})
			require.NoError(t, err)
			assert.Empty(t, r.Violations)
			assert.Equal(t, want, outcomes(r))
			for _, d := range r.Demands {
				assert.Equal(t, d.Short > 0 || d.LateQuantityDays > 0, len(d.Reasons) > 0, "reasons of %s: %v", d.Name, d.Reasons)
			}
		})
	}
}

// outcomes writes a line for each demand.
func outcomes(r *report.Report) []string {
	var list []string
	for _, d := range r.Demands {
		var parts []string
		for _, v := range d.Deliveries {
			parts = append(parts, fmt.Sprintf("%v on %s", v.Quantity, v.Date))
		}
		if d.Short > 0 {
			parts = append(parts, fmt.Sprintf("short %v", d.Short))
		}
		list = append(list, d.Name+": "+strings.Join(parts, ", "))
	}
	return list
}
