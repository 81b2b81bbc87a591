package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// spoilt are values that a column of a type may hold, some of them against all
// reason.
var spoilt = map[string][]string{
	"INTEGER":   {"NULL", "0", "-1", "1", "2", "5", "12", "999"},
	"FLOAT":     {"NULL", "0", "-1", "0.001", "1e9", "1e300", "9e999"},
	"NUMERIC":   {"NULL", "0", "-1", "1e30", "'x'"},
	"INTERVAL":  {"NULL", "0", "-1", "1e12"},
	"BOOLEAN":   {"FALSE", "TRUE"},
	"VARCHAR":   {"NULL", "''", "'draft'", "'running'", "'done'", "'assigned'", "'sale.line,1'", "'sale.line,x'", "'H-110'", "'a' || char(0)"},
	"DATE":      {"NULL", "'2026-11-23'", "'0001-01-01'", "'1999-12-31'", "'9999-12-31'"},
	"TIMESTAMP": {"NULL", "'2026-11-23 01:54:24.871690'", "'1999-12-31 00:00:00.000000'"},
}

// Whatever the tables hold, there is a plan: fields are spoilt at random, eight
// more in each round, and made good again after some rounds.
func TestSpoiltTables(t *testing.T) {
	p, err := readPlant("")
	require.NoError(t, err)
	var db *sql.DB
	var done []string
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 60 {
		if round%10 == 0 {
			db, done = copyTables(t), nil
		}
		for range 8 {
			done = append(done, spoilField(t, rng, db))
		}
		s, err := read(t.Context(), db, sqlite, &sql.TxOptions{}, "WH")
		require.NoError(t, err, "round %d: %s", round, strings.Join(done, "; "))
		m := mapped(t, func(other *snapshot, q *plant) { *other, *q = *s, *p })
		plan, err := makePlan(t.Context(), m, 5)
		require.NoError(t, err, "round %d: %s", round, strings.Join(done, "; "))
		report(new(bytes.Buffer), m, plan)
		m.differences(plan, m.problem.To)
	}
}

// copyTables returns a copy of the tables that may be written.
func copyTables(t *testing.T) *sql.DB {
	data, err := tables.ReadFile("testdata/tryton60_planning_subset.sqlite")
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "tryton.sqlite")
	require.NoError(t, os.WriteFile(file, data, 0o600))
	db, err := sql.Open("sqlite", file+"?_pragma=synchronous(0)&_pragma=journal_mode(off)")
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

// spoilField sets one field of one row, and returns how. Keys of rows and the
// tree of locations are kept.
func spoilField(t *testing.T, rng *rand.Rand, db *sql.DB) string {
	columns := columnsOf(t, db)
	c := columns[rng.IntN(len(columns))]
	values := spoilt[c.kind]
	query := fmt.Sprintf(`UPDATE %q SET %q = %s WHERE id %% 7 = %d`, c.table, c.name, values[rng.IntN(len(values))], rng.IntN(7))
	_, err := db.Exec(query)
	require.NoError(t, err)
	return query
}

type column struct{ table, name, kind string }

func columnsOf(t *testing.T, db *sql.DB) []column {
	rows, err := db.Query(`SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'stock_location' AND c.name NOT IN ('id', 'create_date')`)
	require.NoError(t, err)
	defer rows.Close()
	var list []column
	for rows.Next() {
		var c column
		require.NoError(t, rows.Scan(&c.table, &c.name, &c.kind))
		if spoilt[c.kind] != nil {
			list = append(list, c)
		}
	}
	return list
}
