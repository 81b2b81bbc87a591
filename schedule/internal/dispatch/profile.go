package dispatch

import "slices"

// A profile is what is free of a resource over time: steps of constant level,
// ascending in time, each different from the one before. The first begins at
// minus infinity, the last goes on forever, at full capacity.
type profile struct {
	steps []step
	hint  int // a step that was asked for not long ago
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
	if h := p.hint; h+1 < hi && p.steps[h].time <= t && t < p.steps[h+1].time {
		return h
	}
	for hi-lo > 1 {
		if mid := int(uint(lo+hi) >> 1); p.steps[mid].time <= t {
			lo = mid
		} else {
			hi = mid
		}
	}
	p.hint = lo
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
	i := p.at(start)
	if i+1 == len(p.steps) || end <= p.steps[i+1].time {
		p.takeWithin(i, units, start, end)
		return
	}
	i = p.split(start)
	j := p.split(end)
	for k := i; k < j; k++ {
		p.steps[k].free -= units
	}
	p.merge(j)
	p.merge(i)
}

// takeWithin is take in an interval that lies in step i, the usual case, with as
// little moved as possible.
func (p *profile) takeWithin(i int, units, start, end int64) {
	old := p.steps[i].free
	level := old - units
	left, right := p.steps[i].time < start, i+1 == len(p.steps) || end < p.steps[i+1].time
	joins := !right && p.steps[i+1].free == level
	switch {
	case left && right:
		p.steps = slices.Insert(p.steps, i+1, step{start, level}, step{end, old})
	case left && joins:
		p.steps[i+1].time = start
	case left:
		p.steps = slices.Insert(p.steps, i+1, step{start, level})
	case right && p.steps[i-1].free == level:
		p.steps[i].time = end
	case right:
		p.steps[i].free = level
		p.steps = slices.Insert(p.steps, i+1, step{end, old})
	default:
		p.steps[i].free = level
		p.merge(i + 1)
		p.merge(i)
	}
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
