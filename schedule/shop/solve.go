package shop

import (
	"context"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/search"
)

// Options say how to search. The zero value minimises the makespan with one
// worker until the context is done or the schedule is proven optimal.
type Options struct {
	Objective Objective
	Seed      uint64
	// Workers search side by side and exchange what they find; 0 means 1.
	Workers int
	// MaxSteps bounds the search in a repeatable way; 0 does not. A step is
	// a fixed amount of work, about a millisecond, of each worker.
	MaxSteps int64
	// Progress, if not nil, is told of better schedules as they are found, by
	// one goroutine at a time. It must return soon and must not call back.
	Progress func(Progress)
}

// Progress is how far a search has come.
type Progress struct {
	Steps        int64
	Value, Bound int64
}

// A Solution is a schedule and what is known about it.
type Solution struct {
	Jobs    [][]Placed // as the problem's jobs and their operations
	Value   int64      // of the objective
	Bound   int64      // proven: no schedule has a lesser value
	Optimal bool       // Value is Bound
	Steps   int64      // made; with MaxSteps this many the answer is the same
}

// Placed is where and when an operation is done: from Start until End.
type Placed struct {
	Machine    int
	Start, End int64
}

// Solve returns a schedule of the problem. The error is that of
// [Problem.Validate], or says that the arcs of a job form a cycle.
//
// It ends soon after ctx is done, at MaxSteps, or with the proof that the
// schedule is optimal, whichever comes first; but never without a schedule.
func Solve(ctx context.Context, p *Problem, o Options) (*Solution, error) {
	m, err := compile(p, o.Objective)
	if err != nil {
		return nil, err
	}
	options := search.Options{Seed: o.Seed, Workers: o.Workers, MaxSteps: o.MaxSteps}
	if o.Progress != nil {
		options.Progress = func(s search.Progress) {
			o.Progress(Progress{Steps: s.Steps, Value: s.Cost.Value, Bound: s.Bound})
		}
	}
	r := search.Solve(ctx, m, options)
	return &Solution{
		Jobs:    placements(p, m, r.Schedule),
		Value:   r.Value,
		Bound:   r.Bound,
		Optimal: r.Optimal,
		Steps:   r.Steps,
	}, nil
}

func placements(p *Problem, m *core.Model, s *core.Schedule) [][]Placed {
	all := make([][]Placed, len(p.Jobs))
	o := int32(0)
	for j := range p.Jobs {
		all[j] = make([]Placed, len(p.Jobs[j].Ops))
		for i := range all[j] {
			machine := m.Machine(m.ModeStart[o] + s.Mode[o])
			all[j][i] = Placed{Machine: int(machine), Start: s.Start[o], End: s.End[o]}
			o++
		}
	}
	return all
}
