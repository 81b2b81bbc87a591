package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/taktplan/takt/internal/lp"
)

const small = `NAME small FREE
ROWS
 N cost
 G need_1
COLUMNS
 make_1 cost 2 need_1 1
 buy_1 cost 3 need_1 1
RHS
 rhs need_1 4
BOUNDS
 UP bound make_1 3
ENDATA
`

const rolled = `NAME rolled FREE
ROWS
 N cost
 G need_2
COLUMNS
 make_2 cost 2 need_2 1
 buy_2 cost 3 need_2 1
RHS
 rhs need_2 5
BOUNDS
 UP bound make_2 3
ENDATA
`

func write(t *testing.T, name, text string) string {
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// TestLine: the line has the named fields, and the warm solve of a window that
// moved by a period begins at its optimum.
func TestLine(t *testing.T) {
	c := config{limit: time.Minute, warm: write(t, "rolled.mps", rolled)}
	line, err := c.solve(write(t, "small.mps", small))
	require.NoError(t, err)
	require.Equal(t, "optimal", line.Status)
	require.Equal(t, 9.0, line.Objective)
	require.Equal(t, 12.0, line.Warm.Objective)
	require.Zero(t, line.Warm.Iterations)

	text, err := json.Marshal(line)
	require.NoError(t, err)
	var fields map[string]any
	require.NoError(t, json.Unmarshal(text, &fields))
	for _, name := range []string{
		"file", "rows", "cols", "nonzeros", "status", "objective", "iterations", "seconds",
		"presolve_seconds", "method", "primal_residual", "dual_residual", "complementarity", "peak_bytes", "warm",
	} {
		require.Contains(t, fields, name)
	}
	require.Len(t, fields, 15)
}

// TestChange: a program that differs in costs and bounds only is solved by the
// changed solver.
func TestChange(t *testing.T) {
	p, err := read(write(t, "a.mps", small))
	require.NoError(t, err)
	q, err := read(write(t, "b.mps", small))
	require.NoError(t, err)
	require.True(t, sameMatrix(p, q))
	q.Cost[0], q.ColUpper[0], q.RowLower[0] = 1, 1, 6
	s, err := lp.NewSolver(p)
	require.NoError(t, err)
	change(s, p, q)
	sol, err := s.Solve(t.Context(), lp.Options{})
	require.NoError(t, err)
	require.Equal(t, 16.0, sol.Objective)
	q.Value[0] = 2
	require.False(t, sameMatrix(p, q))
}

func TestMapByName(t *testing.T) {
	got := mapByName([]int{5, 6}, []string{"a_1", "a_2"}, []string{"a_2", "a_3", "b", "a_9"}, 7)
	require.Equal(t, []int{6, 6, 7, 7}, got)
	require.Equal(t, "b10_25", periodBefore("b10_26"))
	require.Empty(t, periodBefore("b"))
}
