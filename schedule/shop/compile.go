package shop

import "github.com/taktplan/takt/schedule/internal/core"

// compile returns the model of the problem. Its operations are numbered job by
// job.
func compile(p *Problem, objective Objective) (*core.Model, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	var b core.Builder
	ops, modes := 0, 0
	for j := range p.Jobs {
		ops += len(p.Jobs[j].Ops)
		for _, o := range p.Jobs[j].Ops {
			modes += len(o.Modes)
		}
	}
	b.Grow(ops, modes, modes, ops)
	for range p.Machines {
		b.AddResource(core.Machine)
	}
	for j := range p.Jobs {
		addJob(&b, &p.Jobs[j], objective)
	}
	if objective == Makespan {
		b.SetObjective(core.Objective{Makespan: 1})
	}
	return b.Build()
}

func addJob(b *core.Builder, job *Job, objective Objective) {
	j := core.Job{Release: job.Release, Due: core.Never, Deadline: core.Never}
	if objective == WeightedTardiness {
		j.Due, j.Tardiness = job.Due, job.Weight
	}
	number := b.AddJob(j)
	first := int32(-1)
	for i, op := range job.Ops {
		o := b.AddOp(number, 0)
		for _, m := range op.Modes {
			b.AddMode(m.Time, core.Need{Resource: int32(m.Machine), Units: 1})
		}
		if i == 0 {
			first = o
		} else if job.Arcs == nil {
			b.Follow(o-1, o)
		}
	}
	for _, a := range job.Arcs {
		b.Follow(first+int32(a[0]), first+int32(a[1]))
	}
}
