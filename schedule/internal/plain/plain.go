// Package plain is the classical job shop as plain numbers: what the makespan
// engine, the bounds and the exact search work on, and the way there from a
// compiled model.
package plain

import "github.com/taktplan/takt/schedule/internal/core"

// Horizon limits a [Shop]: the sum of its times, its latest release and its
// longest tail together stay below it, so that the sum of any two paths fits an
// int32 with room to spare.
const Horizon = 1 << 29

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

	// ModelOp is by operation its number in the model it was made from, if
	// there is one.
	ModelOp []int32
	// Unit is the length of a unit of all these times in that model.
	Unit int64
}

// Jobs returns the number of jobs.
func (s *Shop) Jobs() int { return len(s.JobStart) - 1 }

// Ops returns the number of operations.
func (s *Shop) Ops() int { return len(s.Machine) }

// Job returns the operations of job j as first ≤ o < end.
func (s *Shop) Job(j int) (first, end int32) { return s.JobStart[j], s.JobStart[j+1] }

// FromModel returns the model as a job shop, or false if it is none: its
// shape is [core.JobShop], the objective the makespan alone, only the first
// operation of a job is released later than at 0, and all times fit [Horizon]
// once their greatest common divisor has become the unit. The numbers of jobs
// and machines are the model's.
func FromModel(m *core.Model) (*Shop, bool) {
	if m.Shape() != core.JobShop || !m.OnlyMakespan() {
		return nil, false
	}
	n, jobs := m.Ops(), len(m.Jobs)
	unit := commonUnit(m)
	s := &Shop{
		Unit:     unit,
		Machines: len(m.Resources),
		JobStart: m.JobStart,
		Machine:  make([]int32, n),
		Time:     make([]int32, n),
		Release:  make([]int32, jobs),
		Tail:     make([]int32, jobs),
		ModelOp:  m.JobOp,
	}
	total, latest := int64(0), int64(0)
	for j := range jobs {
		for v := m.JobStart[j]; v < m.JobStart[j+1]; v++ {
			o := m.JobOp[v]
			mode := m.ModeStart[o]
			time, release := m.ModeTime[mode]/unit, max(0, m.Release(o))/unit
			if total += time; total >= Horizon {
				return nil, false
			}
			if v == m.JobStart[j] && release < Horizon {
				s.Release[j] = int32(release)
				latest = max(latest, release)
			} else if release > int64(s.Release[j]) {
				return nil, false
			}
			s.Machine[v] = m.Machine(mode)
			s.Time[v] = int32(time)
		}
	}
	return s, latest+total < Horizon
}

// commonUnit is the greatest common divisor of all times, 1 if there is none.
func commonUnit(m *core.Model) int64 {
	unit := int64(0)
	for o := range int32(m.Ops()) {
		for _, t := range [2]int64{m.ModeTime[m.ModeStart[o]], max(0, m.Release(o))} {
			for t > 0 {
				unit, t = t, unit%t
			}
		}
	}
	return max(1, unit)
}
