package disjunctive

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/internal/generate"
)

// TestRunLooksAtFewOperations counts the work between two returns of Run, which
// is how long a search may be held up.
func TestRunLooksAtFewOperations(t *testing.T) {
	m, err := generate.Random(generate.Spec{Jobs: 600, OpsPerJob: 5, Machines: 3, Modes: 2, MaxWork: 9, Makespan: true}, 1)
	require.NoError(t, err)
	sh, ok := Compile(m)
	require.True(t, ok)
	looked := 0
	l := NewLister(sh, func(int32, Mode, int64) int64 {
		looked++
		return 0
	})
	order, modes := make([]int32, sh.Ops), make([]int32, sh.Ops)
	l.Begin(order, modes)
	runs, most := 1, 0
	for ; !l.Run(10); runs++ {
		most, looked = max(most, looked), 0
	}
	require.Equal(t, sh.Ops/10, runs)
	require.LessOrEqual(t, most, 10*maxReady*2)
	require.Greater(t, most, 10*maxReady/2, "few were ready: the test shows nothing")
}
