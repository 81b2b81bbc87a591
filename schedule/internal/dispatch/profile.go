package dispatch

import "slices"

// A profile is what is free of a resource over time: steps of constant level,
// ascending in time, each different from the one before. The first begins at
// minus infinity, the last goes on forever, at full capacity.
type profile struct {
	steps []step
}

type step struct {
	time int64
	free int64
}

const beginning = -1 << 62

func (p *profile) reset(capacity int32) {
	p.steps = append(p.steps[:0], step{beginning, int64(capacity)})
}

// at is the step in force at time t.
func (p *profile) at(t int64) int {
	lo, hi := 0, len(p.steps)
	if p.steps[hi-1].time <= t {
		return hi - 1
	}
	for hi-lo > 1 {
		if mid := int(uint(lo+hi) >> 1); p.steps[mid].time <= t {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// clear returns start if units are free throughout [start, end), else the first
// instant after the last shortage in it: no interval of at least that length
// can begin between start and there.
func (p *profile) clear(units, start, end int64) int64 {
	if start >= end {
		return start
	}
	for i := p.at(start); i < len(p.steps) && p.steps[i].time < end; i++ {
		if p.steps[i].free < units {
			for p.steps[i+1].free < units {
				i++
			}
			start = p.steps[i+1].time
		}
	}
	return start
}

// take lowers the level by units (raises it, if negative) in [start, end).
func (p *profile) take(units, start, end int64) {
	if start >= end {
		return
	}
	i := p.split(start)
	j := p.split(end)
	for k := i; k < j; k++ {
		p.steps[k].free -= units
	}
	p.merge(j)
	p.merge(i)
}

// split makes a step begin at t and returns it.
func (p *profile) split(t int64) int {
	i := p.at(t)
	if p.steps[i].time == t {
		return i
	}
	p.steps = slices.Insert(p.steps, i+1, step{t, p.steps[i].free})
	return i + 1
}

// merge joins step i with the one before if they are equal.
func (p *profile) merge(i int) {
	if p.steps[i].free == p.steps[i-1].free {
		p.steps = slices.Delete(p.steps, i, i+1)
	}
}
