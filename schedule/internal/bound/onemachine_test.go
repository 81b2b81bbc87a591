package bound

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// best returns the least makespan over all sequences.
func best(tasks []Task, done int64) int64 {
	if len(tasks) == 0 {
		return 0
	}
	least := int64(1) << 60
	for i, t := range tasks {
		end := max(done, t.Head) + t.Time
		rest := slices.Delete(slices.Clone(tasks), i, i+1)
		least = min(least, max(end+t.Tail, best(rest, end)))
	}
	return least
}

// unitSteps returns the least makespan with interruptions by Jackson's rule,
// played tick by tick.
func unitSteps(tasks []Task) int64 {
	left := slices.Clone(tasks)
	longest := int64(0)
	for now := int64(0); len(left) > 0; now++ {
		k := -1
		for i, t := range left {
			if t.Head <= now && (k < 0 || t.Tail > left[k].Tail) {
				k = i
			}
		}
		if k < 0 {
			continue
		}
		if left[k].Time--; left[k].Time == 0 {
			longest = max(longest, now+1+left[k].Tail)
			left = slices.Delete(left, k, k+1)
		}
	}
	return longest
}

func TestOneMachineAgainstEnumeration(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var x OneMachine
	gaps := 0
	for range 500 {
		tasks := make([]Task, 1+r.IntN(6))
		for i := range tasks {
			tasks[i] = Task{r.Int64N(15), 1 + r.Int64N(8), r.Int64N(15)}
		}
		before := slices.Clone(tasks)
		want := best(tasks, 0)
		low := x.Preemptive(tasks)
		require.Equal(t, unitSteps(tasks), low)
		require.LessOrEqual(t, low, want)
		require.Equal(t, want, x.Carlier(tasks, 1000))
		require.LessOrEqual(t, x.Carlier(tasks, 1), want)
		require.Equal(t, before, tasks)
		if low < want {
			gaps++
		}
	}
	require.Positive(t, gaps, "the exact bound was never needed")
}

func TestOneMachineWithoutTasks(t *testing.T) {
	var x OneMachine
	require.Zero(t, x.Preemptive(nil))
	require.Zero(t, x.Carlier(nil, 10))
}

func BenchmarkPreemptive(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	tasks := make([]Task, 20)
	for i := range tasks {
		tasks[i] = Task{r.Int64N(900), 1 + r.Int64N(99), r.Int64N(900)}
	}
	var x OneMachine
	b.ReportAllocs()
	for b.Loop() {
		x.Preemptive(tasks)
	}
}
