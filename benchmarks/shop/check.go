package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/taktplan/takt/benchmarks/internal/shopfile"
	"github.com/taktplan/takt/schedule/shop"
)

// check judges a schedule by the instance as it was read: each operation once,
// on a machine that can do it, for its time there; after those that precede it
// and after its job's release; no two together on a machine; and the value is
// what was reported. It shares nothing with the engines.
func check(x *shopfile.Instance, number [][]int, s *shop.Solution, objective shop.Objective) error {
	at := make([]*shop.Placed, len(x.Ops))
	for j := range number {
		if len(s.Jobs[j]) != len(number[j]) {
			return fmt.Errorf("job %d has %d operations, want %d", j, len(s.Jobs[j]), len(number[j]))
		}
		for i, o := range number[j] {
			at[o] = &s.Jobs[j][i]
		}
	}
	var errs []error
	for o, p := range at {
		errs = append(errs, checkOp(x, o, p))
	}
	for _, a := range x.Arcs {
		if at[a[0]].End > at[a[1]].Start {
			errs = append(errs, fmt.Errorf("operation %d ends after %d starts", a[0], a[1]))
		}
	}
	errs = append(errs, checkMachines(x, at))
	if v := evaluate(x, at, objective); v != s.Value {
		errs = append(errs, fmt.Errorf("the value is %d, reported was %d", v, s.Value))
	}
	if s.Bound > s.Value || s.Optimal != (s.Bound == s.Value) {
		errs = append(errs, fmt.Errorf("value %d, bound %d, optimal %v", s.Value, s.Bound, s.Optimal))
	}
	return errors.Join(errs...)
}

func checkOp(x *shopfile.Instance, o int, p *shop.Placed) error {
	op := &x.Ops[o]
	release := int64(0)
	if x.Due != nil {
		release = x.Due[op.Job].Release
	}
	if p.Start < release {
		return fmt.Errorf("operation %d starts at %d, before its release", o, p.Start)
	}
	k := slices.IndexFunc(op.Modes, func(m shop.Mode) bool { return m.Machine == p.Machine })
	if k < 0 {
		return fmt.Errorf("operation %d is on machine %d, which cannot do it", o, p.Machine)
	}
	if p.End-p.Start != op.Modes[k].Time {
		return fmt.Errorf("operation %d takes %d, want %d", o, p.End-p.Start, op.Modes[k].Time)
	}
	return nil
}

// checkMachines looks for two operations at once on a machine. Those without
// length take no room.
func checkMachines(x *shopfile.Instance, at []*shop.Placed) error {
	loads := make([][]*shop.Placed, x.Machines)
	for _, p := range at {
		if p.End > p.Start && p.Machine >= 0 && p.Machine < x.Machines {
			loads[p.Machine] = append(loads[p.Machine], p)
		}
	}
	for m, load := range loads {
		slices.SortFunc(load, func(a, b *shop.Placed) int { return cmp.Compare(a.Start, b.Start) })
		for i := 1; i < len(load); i++ {
			if load[i-1].End > load[i].Start {
				return fmt.Errorf("machine %d does two operations at %d", m, load[i].Start)
			}
		}
	}
	return nil
}

func evaluate(x *shopfile.Instance, at []*shop.Placed, objective shop.Objective) int64 {
	done := make([]int64, x.Jobs)
	for o, p := range at {
		done[x.Ops[o].Job] = max(done[x.Ops[o].Job], p.End)
	}
	if objective == shop.Makespan {
		return slices.Max(append(done, 0))
	}
	sum := int64(0)
	for j, d := range x.Due {
		sum += d.Weight * max(0, done[j]-d.Due)
	}
	return sum
}
