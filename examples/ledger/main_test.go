package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const shift = `[
{"Key": "1", "Kind": 15, "At": "2026-11-23T05:00:00Z", "Point": {"Item": "bar", "Place": "store"}, "Qty": 50, "Cause": "opening"},
{"Key": "2", "Kind": 8, "At": "2026-11-23T06:00:00Z", "Order": "lot 7", "Step": "turn", "Point": {"Item": "bar", "Place": "store"}, "Qty": 40},
{"Key": "3", "Kind": 1, "At": "2026-11-23T06:00:00Z", "Order": "lot 7", "Point": {"Item": "shaft", "Place": "store"}, "Qty": 40},
{"Key": "4", "Kind": 3, "At": "2026-11-23T09:00:00Z", "Order": "lot 7", "Step": "turn", "Workplace": "lathe", "Qty": 25, "Scrap": 1, "Spent": 9000000000000}
]`

func TestAppendAndState(t *testing.T) {
	file := filepath.Join(t.TempDir(), "shop.db")
	do := func(command, when, in string) (string, error) {
		var out strings.Builder
		err := run(file, when, command, strings.NewReader(in), &out)
		return out.String(), err
	}
	out, err := do("append", "", shift)
	require.NoError(t, err)
	assert.Equal(t, "4 events, 4 of them new\n", out)
	out, err = do("append", "", shift)
	require.NoError(t, err)
	assert.Equal(t, "4 events, 0 of them new\n", out)

	out, err = do("state", "", "")
	require.NoError(t, err)
	assert.Equal(t, `stock  bar@store                      10
step   lot 7 turn                     25 good, 1 scrap, 14 to do
`, out)
	out, err = do("state", "2026-11-23T05:30:00Z", "")
	require.NoError(t, err)
	assert.Equal(t, "stock  bar@store                      50\n", out)

	_, err = do("append", "", `[{"Key": "5", "Kind": 16, "At": "2026-11-23T10:00:00Z"}, {"Key": "1", "Kind": 16, "At": "2026-11-23T10:00:00Z", "Order": "lot 7"}]`)
	assert.EqualError(t, err, `nothing was entered:
  Events[0].Order: is empty, but Closed needs one [missing-id]
  Events[1].Key: "1" is the key of another event [key-conflict]`)
	_, err = do("delete", "", "")
	assert.Error(t, err)
}
