package bound

import "github.com/taktplan/takt/schedule/internal/plain"

// JobShop returns a lower bound of the makespan of a job shop: the longest
// job, and for every machine the bound of Carlier with the heads and tails
// that the jobs alone give, within nodes nodes each. It takes about
// O(n log n) time with few nodes.
func JobShop(s *plain.Shop, nodes int) int64 {
	byMachine := make([][]Task, s.Machines)
	low := int64(0)
	for j := range s.Jobs() {
		first, end := s.Job(j)
		length := int64(0)
		for v := first; v < end; v++ {
			length += int64(s.Time[v])
		}
		head, tail := int64(s.Release[j]), int64(s.Tail[j])+length
		if first < end {
			low = max(low, head+tail)
		}
		for v := first; v < end; v++ {
			t := int64(s.Time[v])
			tail -= t
			m := s.Machine[v]
			byMachine[m] = append(byMachine[m], Task{Head: head, Time: t, Tail: tail})
			head += t
		}
	}
	var x OneMachine
	for _, tasks := range byMachine {
		low = max(low, x.Carlier(tasks, nodes))
	}
	return low
}
