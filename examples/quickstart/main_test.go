package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/codec"
)

// The tutorial plans its plant, and the judge has nothing against the plan.
func TestRun(t *testing.T) {
	var b bytes.Buffer
	file := filepath.Join(t.TempDir(), "plan.svg")
	require.NoError(t, run(&b, 300*time.Millisecond, file))
	for _, part := range []string{"Releases to machining", "Promises", "To buy", "Load by week", "lines on time"} {
		assert.Contains(t, b.String(), part)
	}
	assert.FileExists(t, file)
}

// The plant is what the README says it is.
func TestPlant(t *testing.T) {
	p := pumpWorks()
	require.NoError(t, p.Validate())
	assert.Len(t, p.Shops, 4)
	assert.Len(t, p.Resources, 12)
	assert.Len(t, p.Items, 30)
	assert.Len(t, p.Lines, 20)
}

// The other examples read this plant from a file.
func TestProblemFile(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, codec.EncodeProblem(&b, pumpWorks()))
	file, err := os.ReadFile("../dispatch/pumpworks.json")
	require.NoError(t, err)
	assert.Equal(t, b.String(), string(file))
}
