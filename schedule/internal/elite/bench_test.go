package elite_test

import (
	"fmt"
	"testing"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/flexible"
	"github.com/taktplan/takt/schedule/internal/generate"
	"github.com/taktplan/takt/schedule/internal/tardiness"
)

// BenchmarkStep measures a step of the searches by size.
func BenchmarkStep(b *testing.B) {
	for _, size := range [][2]int{{10, 10}, {20, 15}, {50, 20}} {
		plain := generate.JobShop(size[0], size[1], 99, 1)
		flex := alternatives(plain, 3)
		due := dueDates(plain)
		for name, e := range map[string]core.Engine{
			"makespan/chosen": flexible.New(flex, 1),
			"makespan/given":  flexible.New(plain, 1),
			"tardiness/given": tardiness.New(due, 1),
		} {
			b.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(b *testing.B) {
				e.Run(nil, 1)
				b.ReportAllocs()
				b.ResetTimer()
				e.Run(nil, int64(b.N))
			})
		}
	}
}

// alternatives rebuilds a job shop with modes on some neighbouring machines.
func alternatives(m *core.Model, modes int) *core.Model {
	return rebuild(m, modes, core.Objective{Makespan: 1}, core.Job{Due: core.Never, Deadline: core.Never})
}

// dueDates rebuilds a job shop with tardiness instead of makespan: due after
// 1.3 times the mean work of a job.
func dueDates(m *core.Model) *core.Model {
	var work int64
	for _, t := range m.ModeTime {
		work += t
	}
	due := work * 13 / (10 * int64(len(m.Jobs)))
	return rebuild(m, 1, core.Objective{}, core.Job{Due: due, Deadline: core.Never, Tardiness: 1})
}

func rebuild(m *core.Model, modes int, objective core.Objective, job core.Job) *core.Model {
	var b core.Builder
	b.SetObjective(objective)
	for _, r := range m.Resources {
		b.AddResource(r)
	}
	for range m.Jobs {
		b.AddJob(job)
	}
	for o := range int32(m.Ops()) {
		b.AddOp(m.OpJob[o], 0)
		for k := range modes {
			machine := (int(m.Machine(m.ModeStart[o])) + k) % len(m.Resources)
			b.AddMode(m.ModeTime[m.ModeStart[o]], core.Need{Resource: int32(machine), Units: 1})
		}
	}
	for _, a := range m.Arcs {
		b.AddArc(a)
	}
	out, err := b.Build()
	if err != nil {
		panic(err)
	}
	return out
}
