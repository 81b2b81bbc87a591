package core

import "math"

// A Cost says how bad a schedule is: first by the number of operations it
// leaves out, then by its price.
type Cost struct {
	Missing int
	Value   int64
}

// NoCost is worse than the cost of any schedule.
var NoCost = Cost{Missing: math.MaxInt32, Value: math.MaxInt64}

// Less reports whether c is strictly better than d.
func (c Cost) Less(d Cost) bool {
	if c.Missing != d.Missing {
		return c.Missing < d.Missing
	}
	return c.Value < d.Value
}

// Evaluate prices a schedule. Operations that are not placed count as missing
// and are otherwise passed over; jobs without a placed operation cost nothing.
// The sum is exact, or math.MaxInt64 where it would be larger. It takes time
// linear in the operations, n log n with changeovers, and does not judge
// feasibility: see [Model.Check].
func (m *Model) Evaluate(s *Schedule) Cost {
	c := m.EvaluateTimes(s)
	if m.Objective.Setup != 0 || m.Objective.SetupCost != 0 {
		c.Value = Sum(c.Value, m.setupPrice(s))
	}
	return c
}

// EvaluateTimes is [Model.Evaluate] without the changeovers. It allocates
// nothing.
func (m *Model) EvaluateTimes(s *Schedule) Cost {
	var c Cost
	end := int64(0)
	for j := range m.Jobs {
		done := int64(-1)
		for _, o := range m.JobOp[m.JobStart[j]:m.JobStart[j+1]] {
			if s.Start[o] < 0 {
				c.Missing++
				continue
			}
			done = max(done, s.End[o])
		}
		if done >= 0 {
			c.Value = Sum(c.Value, m.Jobs[j].Price(done))
			end = max(end, done)
		}
	}
	c.Value = Sum(c.Value, Product(m.Objective.Makespan, end))
	return c
}

// Price is what the job costs when it is completed at done.
func (j *Job) Price(done int64) int64 {
	p := int64(0)
	if j.Flow != 0 {
		p = Product(j.Flow, done-j.Release)
	}
	switch {
	case done > j.Due:
		p = Sum(p, Sum(j.Late, Product(j.Tardiness, done-j.Due)))
	case j.Earliness != 0 && j.Due < Never:
		p = Sum(p, Product(j.Earliness, j.Due-done))
	}
	return p
}

// ChangeoverPrice is what a changeover costs in the objective, next to the
// later completion it causes.
func (m *Model) ChangeoverPrice(r, from, to int32) int64 {
	time, cost := m.Changeover(r, from, to)
	return Sum(Product(m.Objective.Setup, time), Product(m.Objective.SetupCost, cost))
}

func (m *Model) setupPrice(s *Schedule) int64 {
	sum := int64(0)
	for r, ops := range m.setupSequences(s) {
		last := m.Resources[r].Initial
		for _, o := range ops {
			sum = Sum(sum, m.ChangeoverPrice(int32(r), last, m.Family(o)))
			last = m.Family(o)
		}
	}
	return sum
}

// Sum is the sum of two numbers ≥ 0, or math.MaxInt64 if that is less.
func Sum(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// Product is the product of two numbers ≥ 0, or math.MaxInt64 if that is less.
func Product(a, b int64) int64 {
	if a != 0 && b > math.MaxInt64/a {
		return math.MaxInt64
	}
	return a * b
}
