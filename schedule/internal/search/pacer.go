package search

import "sync"

// A pacer keeps workers near one another, so that all can stop after the same
// number of steps soon after they are asked to, and lets them meet at fixed
// steps.
type pacer struct {
	mu   sync.Mutex
	turn sync.Cond
	done []int64 // steps completed by each worker
	busy []bool  // in a step
	// limit is the number of steps to make; it only falls.
	limit int64
	// wanted says that the end should come as soon as may is true.
	wanted, may bool

	meet    func(step int64) // called with all workers between steps
	meeting int64            // the next step before which they meet
}

// ahead is how many steps a worker may be ahead of the slowest.
const ahead = 2

func newPacer(workers int, limit int64, meet func(int64)) *pacer {
	p := &pacer{done: make([]int64, workers), busy: make([]bool, workers), limit: limit, meet: meet, meeting: 1}
	p.turn.L = &p.mu
	return p
}

// enter waits for worker w's turn to make its next step and returns its number;
// ok is false if there is none.
func (p *pacer) enter(w int) (step int64, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	step = p.done[w]
	for step < p.limit {
		slowest := p.slowest()
		if step == p.meeting && slowest == step {
			p.meet(step)
			p.meeting = nextMeeting(step)
			p.turn.Broadcast()
			continue
		}
		if step < p.meeting && step < slowest+ahead {
			p.busy[w] = true
			return step, true
		}
		p.turn.Wait()
	}
	return step, false
}

// leave says that worker w has completed its step.
func (p *pacer) leave(w int) {
	p.mu.Lock()
	p.done[w]++
	p.busy[w] = false
	p.tryCut()
	p.mu.Unlock()
	p.turn.Broadcast()
}

// cut asks for the end.
func (p *pacer) cut() {
	p.mu.Lock()
	p.wanted = true
	p.tryCut()
	p.mu.Unlock()
	p.turn.Broadcast()
}

// allow permits the end.
func (p *pacer) allow() {
	p.mu.Lock()
	p.may = true
	p.tryCut()
	p.mu.Unlock()
}

// tryCut makes the steps that have been begun the last.
func (p *pacer) tryCut() {
	if !p.wanted || !p.may {
		return
	}
	last := int64(0)
	for w, n := range p.done {
		if p.busy[w] {
			n++
		}
		last = max(last, n)
	}
	p.limit = min(p.limit, last)
	p.wanted = false
}

func (p *pacer) slowest() int64 {
	least := p.done[0]
	for _, n := range p.done[1:] {
		least = min(least, n)
	}
	return least
}

// nextMeeting doubles at first, so that small problems end soon.
func nextMeeting(step int64) int64 {
	const apart = 64
	if step < apart {
		return 2 * step
	}
	return step + apart
}
