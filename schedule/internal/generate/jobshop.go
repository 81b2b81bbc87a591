package generate

import "github.com/taktplan/takt/schedule/internal/core"

// JobShop returns a job shop for the makespan in which each job visits every
// machine once, in random order, for 1 to most ticks.
func JobShop(jobs, machines int, most int64, seed uint64) *core.Model {
	r := newSource(seed)
	var b core.Builder
	b.Grow(jobs*machines, jobs*machines, jobs*machines, jobs*(machines-1))
	b.SetObjective(core.Objective{Makespan: 1})
	for range machines {
		b.AddResource(core.Machine)
	}
	order := make([]int32, machines)
	for i := range order {
		order[i] = int32(i)
	}
	for range jobs {
		job := b.AddJob(core.Job{Due: core.Never, Deadline: core.Never})
		for i := range order {
			k := i + int(r.below(int64(machines-i)))
			order[i], order[k] = order[k], order[i]
			o := b.AddOp(job, 0)
			b.AddMode(1+r.below(most), core.Need{Resource: order[i], Units: 1})
			if i > 0 {
				b.Follow(o-1, o)
			}
		}
	}
	m, err := b.Build()
	if err != nil {
		panic(err) // nothing above can be wrong
	}
	return m
}
