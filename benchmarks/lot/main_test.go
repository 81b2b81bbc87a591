package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "two.DAT")
	require.NoError(t, os.WriteFile(file, []byte("2 3 0 100\n1 1 5 50\n1 2 5 40\n10 20\n10 20\n10 20\n"), 0o600))
	var out, again, errors bytes.Buffer
	assert.Equal(t, 0, run(context.Background(), []string{"-steps", "100", file}, &out, &errors))
	// One lot of the first, 50 + 10 + 20, and two or three of the second, 120.
	assert.JSONEq(t, `{"file":"two.DAT","items":2,"periods":3,"cost":200,"excess":0,"bound":200,"gap":0,
		"optimal":true,"steps":2,"seconds":0,"first_seconds":0}`, out.String())
	assert.Equal(t, 0, run(context.Background(), []string{"-steps", "100", file}, &again, &errors))
	assert.Equal(t, out.String(), again.String())
	assert.Empty(t, errors.String())
}

func TestRunSaysWhatIsWrong(t *testing.T) {
	var out, errors bytes.Buffer
	assert.Equal(t, 2, run(context.Background(), nil, &out, &errors))
	assert.Equal(t, 1, run(context.Background(), []string{"nowhere.DAT"}, &out, &errors))
	assert.Contains(t, errors.String(), "nowhere.DAT")
	assert.Empty(t, out.String())
}
