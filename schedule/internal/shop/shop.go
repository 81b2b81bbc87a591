// Package shop is the classical job shop as plain numbers: what the makespan
// engine, the bounds and the exact search work on, and the way there from a
// compiled model.
package shop

import "github.com/taktplan/takt/schedule/internal/core"

// Horizon limits a [Shop]: the sum of its times, its latest release and its
// longest tail together stay below it, so that any path fits an int32 with
// room to spare.
const Horizon = 1 << 30

// A Shop is a classical job shop: each job is a chain of operations, each
// operation has one machine and one time, and a machine does one operation at
// a time. A job may visit a machine more than once. Operations are numbered
// job by job in routing order.
type Shop struct {
	Machines int
	JobStart []int32 // operations of job j are JobStart[j] ≤ o < JobStart[j+1]
	Machine  []int32 // by operation
	Time     []int32 // by operation
	Release  []int32 // by job: earliest start of its first operation
	Tail     []int32 // by job: time that passes after its last operation

	// ModelOp is the operation's number in the model it was made from, or nil.
	ModelOp []int32
}

// Jobs returns the number of jobs.
func (s *Shop) Jobs() int { return len(s.JobStart) - 1 }

// Ops returns the number of operations.
func (s *Shop) Ops() int { return len(s.Machine) }

// Job returns the operations of job j as first ≤ o < end.
func (s *Shop) Job(j int) (first, end int32) { return s.JobStart[j], s.JobStart[j+1] }

// FromModel returns the model as a job shop, or false if it is none: the
// objective is the makespan alone, nothing is fixed, every operation has one
// mode that needs one unit of a resource of capacity 1 without calendar or
// changeovers, the arcs form chains without waits, only the first operation
// of a chain is released later than at 0, and all times fit [Horizon].
//
// The jobs of the shop are the chains, which need not be the model's jobs.
func FromModel(m *core.Model) (*Shop, bool) {
	if !plain(m) {
		return nil, false
	}
	n := len(m.OpJob)
	next, first, ok := chains(m)
	if !ok {
		return nil, false
	}
	s := &Shop{Machines: len(m.Resources), ModelOp: make([]int32, 0, n)}
	total, latest := int64(0), int64(0)
	for o := range int32(n) {
		if !first[o] {
			continue
		}
		release := m.Release(o)
		if release >= Horizon {
			return nil, false
		}
		latest = max(latest, release)
		s.JobStart = append(s.JobStart, int32(len(s.Machine)))
		s.Release = append(s.Release, int32(release))
		s.Tail = append(s.Tail, 0)
		for v := o; v >= 0; v = next[v] {
			if m.Release(v) > release {
				return nil, false
			}
			mode := m.ModeStart[v]
			if total += m.ModeTime[mode]; latest+total >= Horizon {
				return nil, false
			}
			s.Machine = append(s.Machine, m.Machine(mode))
			s.Time = append(s.Time, int32(m.ModeTime[mode]))
			s.ModelOp = append(s.ModelOp, v)
		}
	}
	s.JobStart = append(s.JobStart, int32(len(s.Machine)))
	return s, len(s.Machine) == n // else there are cycles
}

// plain tells whether the model has nothing that a job shop does not know,
// arcs and releases aside.
func plain(m *core.Model) bool {
	if m.Objective != (core.Objective{Makespan: m.Objective.Makespan}) || m.Objective.Makespan <= 0 {
		return false
	}
	for j := range m.Jobs {
		job := &m.Jobs[j]
		if job.Deadline < core.Never || job.Tardiness != 0 || job.Earliness != 0 || job.Late != 0 || job.Flow != 0 {
			return false
		}
	}
	for o := range int32(len(m.OpJob)) {
		mode := m.ModeStart[o]
		if m.ModeStart[o+1]-mode != 1 || m.NeedStart[mode+1]-m.NeedStart[mode] != 1 || m.Timeline(mode) != nil {
			return false
		}
		need := m.NeedStart[mode]
		r := &m.Resources[m.NeedResource[need]]
		if r.Capacity != 1 || r.Setup >= 0 || m.Units(need) != 1 || m.Has(o, core.Blocking) {
			return false
		}
		if start, _ := m.Fixed(o); start >= 0 {
			return false
		}
	}
	return true
}

// chains returns the successor of each operation, -1 for none, and which
// operations have no predecessor; or false if the arcs are not plain chains.
func chains(m *core.Model) (next []int32, first []bool, ok bool) {
	n := len(m.OpJob)
	next, first = make([]int32, n), make([]bool, n)
	for o := range n {
		next[o], first[o] = -1, true
	}
	for _, a := range m.Arcs {
		if a.Kind != core.EndStart || a.Min != 0 || a.Max < core.Never || next[a.From] >= 0 || !first[a.To] {
			return nil, nil, false
		}
		next[a.From], first[a.To] = a.To, false
	}
	return next, first, true
}
