package dispatch

import "github.com/taktplan/takt/schedule/internal/core"

// Facts are the numbers of a model that rules look at and that do not change
// while a schedule is built. They are shared by all passes.
type Facts struct {
	// Tail[o] is the work on the longest path that begins with o and stays
	// in its job, waits included, each operation in its shortest mode.
	Tail []int64
	// Priced is the same with each machine's work weighed by its load, in
	// thousandths of the heaviest load; nil unless asked for.
	Priced []int64
	// Work[o] is the work of o in its shortest mode.
	Work                []int64
	MeanWork, MeanSetup int64
}

// NewFacts works the facts out in linear time.
func NewFacts(m *core.Model) *Facts {
	n := m.Ops()
	f := &Facts{Tail: make([]int64, n), Priced: make([]int64, n), Work: make([]int64, n), MeanSetup: meanSetup(m)}
	load := make([]int64, len(m.Resources))
	total, heaviest := int64(0), int64(1)
	for o := range n {
		best := m.ModeStart[o]
		for k := best + 1; k < m.ModeStart[o+1]; k++ {
			if m.ModeTime[k] < m.ModeTime[best] {
				best = k
			}
		}
		f.Work[o] = m.ModeTime[best]
		total += f.Work[o]
		r := m.Machine(best)
		load[r] += f.Work[o]
		heaviest = max(heaviest, load[r]/int64(m.Resources[r].Capacity))
	}
	f.MeanWork = max(1, total/int64(max(1, n)))
	order := m.Topological()
	for i := n - 1; i >= 0; i-- {
		o := order[i]
		r := m.Machine(m.ModeStart[o])
		price := load[r] / int64(m.Resources[r].Capacity) * 1000 / heaviest
		f.Tail[o], f.Priced[o] = f.Work[o], f.Work[o]*price/1000
		for _, k := range m.OutArc[m.OutStart[o]:m.OutStart[o+1]] {
			a := &m.Arcs[k]
			if m.OpJob[a.To] != m.OpJob[o] || a.Kind != core.EndStart {
				continue
			}
			f.Tail[o] = max(f.Tail[o], f.Work[o]+max(0, a.Min)+f.Tail[a.To])
			f.Priced[o] = max(f.Priced[o], f.Work[o]*price/1000+f.Priced[a.To])
		}
	}
	return f
}

// meanSetup is the mean of all changeovers that are allowed, at least 1.
func meanSetup(m *core.Model) int64 {
	sum, n := int64(0), int64(0)
	for i := range m.Setups {
		for _, t := range m.Setups[i].Time {
			if t < core.Never {
				sum += t >> 10
				n++
			}
		}
	}
	return max(1, sum/max(1, n)<<10)
}

// weight is what an operation of job j counts for in weighted rules.
func weight(j *core.Job) int64 {
	const most = 1 << 30
	return min(most, max(1, min(most, j.Tardiness)+min(most, j.Flow)+min(most, j.Late)))
}

// due is the due date of a job as rules see it.
func due(j *core.Job) int64 { return min(j.Due, j.Deadline, core.Limit) }
