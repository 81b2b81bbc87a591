package table

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func sample() *Table {
	t := &Table{Title: "Report", Columns: []Column{Text("item"), Number("lot"), Number("hours"), Text("when")}}
	t.Add("вал", 300, 90*time.Minute, time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))
	t.Add(`a "b", c`, "", 0.5, time.Time{})
	return t
}

func TestText(t *testing.T) {
	var b strings.Builder
	require.NoError(t, sample().WriteText(&b))
	assert.Equal(t, strings.TrimPrefix(`
Report
item      lot  hours  when
вал       300   1.50  2026-11-23 08:00
a "b", c        0.50
`, "\n"), b.String())
}

// CSV and JSON are read back by the standard library.
func TestReadBack(t *testing.T) {
	var b strings.Builder
	require.NoError(t, sample().WriteCSV(&b))
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	require.NoError(t, err)
	assert.Equal(t, sample().Rows, rows[1:])

	b.Reset()
	require.NoError(t, sample().WriteJSON(&b))
	var objects []map[string]any
	require.NoError(t, json.Unmarshal([]byte(b.String()), &objects))
	assert.Equal(t, []map[string]any{
		{"item": "вал", "lot": 300.0, "hours": 1.5, "when": "2026-11-23 08:00"},
		{"item": `a "b", c`, "lot": nil, "hours": 0.5, "when": ""},
	}, objects)
}
