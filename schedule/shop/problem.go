package shop

import (
	"errors"
	"fmt"
)

// A Problem is a shop: jobs to be done on machines numbered from 0.
type Problem struct {
	Machines int
	Jobs     []Job
}

// A Job is a set of operations that is released, due and weighed as one.
type Job struct {
	Release int64 // no operation starts before it
	Due     int64 // with Weight, for [WeightedTardiness]
	Weight  int64 // cost of each tick that the job ends after Due
	Ops     []Op
	// Arcs says which operation must have ended before which may start, as
	// pairs of places in Ops. Nil means that each follows the one before it.
	Arcs [][2]int
}

// An Op is an operation: one uninterrupted stretch of work on one machine.
type Op struct {
	Modes []Mode // the ways to do it, at least one
}

// A Mode is a machine that can do an operation, and the ticks it takes there.
type Mode struct {
	Machine int
	Time    int64
}

// An Objective is what is minimised.
type Objective uint8

const (
	// Makespan is the time at which the last job ends.
	Makespan Objective = iota
	// WeightedTardiness is the sum over the jobs of Weight times the ticks
	// that they end after Due.
	WeightedTardiness
)

// MaxTime is the largest time, release, due date and weight.
const MaxTime = int64(1) << 40

// Validate returns all that is wrong with the problem, joined, or nil.
func (p *Problem) Validate() error {
	var errs []error
	fail := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf(format, args...))
	}
	if p.Machines < 0 || p.Machines > 1<<30 {
		fail("machines: %d, want 0 to 2³⁰", p.Machines)
	}
	for j := range p.Jobs {
		job := &p.Jobs[j]
		for _, v := range []struct {
			name  string
			value int64
		}{{"release", job.Release}, {"due date", job.Due}, {"weight", job.Weight}} {
			if v.value < 0 || v.value > MaxTime {
				fail("job %d: %s is %d, want 0 to 2⁴⁰", j, v.name, v.value)
			}
		}
		for i := range job.Ops {
			if len(job.Ops[i].Modes) == 0 {
				fail("job %d, operation %d: no mode", j, i)
			}
			for k, m := range job.Ops[i].Modes {
				if m.Machine < 0 || m.Machine >= p.Machines {
					fail("job %d, operation %d, mode %d: machine %d, want 0 to %d", j, i, k, m.Machine, p.Machines-1)
				}
				if m.Time < 0 || m.Time > MaxTime {
					fail("job %d, operation %d, mode %d: time %d, want 0 to 2⁴⁰", j, i, k, m.Time)
				}
			}
		}
		for _, a := range job.Arcs {
			if min(a[0], a[1]) < 0 || max(a[0], a[1]) >= len(job.Ops) {
				fail("job %d: arc from %d to %d, want operations 0 to %d", j, a[0], a[1], len(job.Ops)-1)
			}
		}
	}
	return errors.Join(errs...)
}
