package jobshop

// A Shop is a job shop. Operations are numbered job by job in routing order:
// those of job j are JobStart[j] ≤ o < JobStart[j+1].
//
// The sum of all times, the latest release and the longest tail must stay
// below 2³⁰ ticks together; the graph computes in int32.
type Shop struct {
	Machines int
	JobStart []int32
	Machine  []int32 // by operation
	Time     []int32 // by operation
	Release  []int32 // by job: earliest start of its first operation, or nil for zeros
	Tail     []int32 // by job: time after its last operation, or nil for zeros
}

// Jobs returns the number of jobs.
func (s *Shop) Jobs() int { return len(s.JobStart) - 1 }

// Ops returns the number of operations.
func (s *Shop) Ops() int { return len(s.Machine) }

func (s *Shop) release(job int) int32 {
	if s.Release == nil {
		return 0
	}
	return s.Release[job]
}

func (s *Shop) tail(job int) int32 {
	if s.Tail == nil {
		return 0
	}
	return s.Tail[job]
}
