package bound

import "github.com/taktplan/takt/schedule/internal/plain"

// A JobShop bounds the makespan of a job shop from below, machine by machine.
type JobShop struct {
	low   int64
	tasks [][]Task // by machine
	one   OneMachine
}

// NewJobShop begins with the longest job. O(operations).
func NewJobShop(s *plain.Shop) *JobShop {
	b := &JobShop{tasks: make([][]Task, s.Machines)}
	for j := range s.Jobs() {
		first, end := s.Job(j)
		length := int64(0)
		for v := first; v < end; v++ {
			length += int64(s.Time[v])
		}
		head, tail := int64(s.Release[j]), int64(s.Tail[j])+length
		if first < end {
			b.low = max(b.low, head+tail)
		}
		for v := first; v < end; v++ {
			t := int64(s.Time[v])
			tail -= t
			m := s.Machine[v]
			b.tasks[m] = append(b.tasks[m], Task{Head: head, Time: t, Tail: tail})
			head += t
		}
	}
	return b
}

// Next takes the next machine into account, by the bound of Carlier within
// nodes nodes and with the heads and tails that the jobs alone give, and returns
// the bound so far. It reports false, and does nothing, when there is none left.
// O(n log n) for n operations of the machine with few nodes.
func (b *JobShop) Next(nodes int) (low int64, ok bool) {
	if len(b.tasks) == 0 {
		return b.low, false
	}
	b.low = max(b.low, b.one.Carlier(b.tasks[0], nodes))
	b.tasks = b.tasks[1:]
	return b.low, true
}
