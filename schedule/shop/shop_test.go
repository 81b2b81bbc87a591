package shop

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestValidateReportsEverything(t *testing.T) {
	p := &Problem{Machines: 1, Jobs: []Job{
		{Release: -1, Ops: []Op{{}, {Modes: []Mode{{Machine: 1, Time: -1}}}}},
		{Weight: MaxTime + 1, Arcs: [][2]int{{0, 0}}},
	}}
	err := p.Validate()
	for _, want := range []string{"release is -1", "no mode", "machine 1", "time -1", "job 1: weight", "job 1: arc"} {
		require.ErrorContains(t, err, want)
	}
	_, err = Solve(context.Background(), p, Options{})
	require.Error(t, err)
}

func TestCycleIsAnError(t *testing.T) {
	op := Op{Modes: []Mode{{Time: 1}}}
	p := &Problem{Machines: 1, Jobs: []Job{{Ops: []Op{op, op}, Arcs: [][2]int{{0, 1}, {1, 0}}}}}
	_, err := Solve(context.Background(), p, Options{})
	require.ErrorContains(t, err, "cycle")
}

func TestEdgesOfTheProblem(t *testing.T) {
	for name, p := range map[string]*Problem{
		"nothing":        {},
		"no operations":  {Machines: 1, Jobs: []Job{{}, {}}},
		"no time":        {Machines: 1, Jobs: []Job{{Ops: []Op{{Modes: []Mode{{}}}}}}},
		"unused machine": {Machines: 9, Jobs: []Job{{Release: 3, Ops: []Op{{Modes: []Mode{{Machine: 8, Time: 2}}}}}}},
		"long times":     {Machines: 1, Jobs: []Job{{Ops: []Op{{Modes: []Mode{{Time: MaxTime}}}, {Modes: []Mode{{Time: MaxTime}}}}}}},
	} {
		for _, objective := range []Objective{Makespan, WeightedTardiness} {
			s, err := Solve(context.Background(), p, Options{Objective: objective, MaxSteps: 3})
			require.NoError(t, err, name)
			require.LessOrEqual(t, s.Bound, s.Value, name)
			require.Len(t, s.Jobs, len(p.Jobs))
		}
	}
}

func TestCancelledRunIsARunWithThatManySteps(t *testing.T) {
	p := &Problem{Machines: 5}
	for j := range 12 {
		var job Job
		for i := range 5 {
			job.Ops = append(job.Ops, Op{Modes: []Mode{{Machine: (j*3 + i*2) % 5, Time: int64(1 + (j*7+i*11)%13)}}})
		}
		p.Jobs = append(p.Jobs, job)
	}
	ctx, cancel := context.WithCancel(context.Background())
	s, err := Solve(ctx, p, Options{Workers: 2, Seed: 5, Progress: func(x Progress) {
		if x.Steps >= 5 {
			cancel()
		}
	}})
	cancel()
	require.NoError(t, err)
	again, err := Solve(context.Background(), p, Options{Workers: 2, Seed: 5, MaxSteps: s.Steps})
	require.NoError(t, err)
	require.Equal(t, s, again)
}
