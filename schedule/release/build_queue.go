package release

import "github.com/taktplan/takt/internal/lp"

// queueRows adds the rows of allocated clearing functions (Asmundsson, Rardin
// and Uzsoy 2006). With the output X and the queue W at the end of a period of
// one kind of work, in hours, its share Z of the resource, and a piece with
// intercept μ and slope β of the curve
//
//	X ≤ μ·Z + β·(W + X)
//
// since what was there and came in has gone out or stays. The shares sum to at
// most 1. Flat pieces are left to the rows of capacity, which know overtime.
func (b *build) queueRows() {
	b.cleared = make([][][]int32, len(b.queues))
	b.byProcess, b.byPoint = map[int]queued{}, map[int]queued{}
	for q := range b.queues {
		queue := &b.queues[q]
		b.cleared[q] = none(len(queue.waits), b.periods()*len(queue.curve.Pieces))
		for w := range queue.waits {
			b.byProcess[queue.waits[w].process] = queued{q, w}
			b.byPoint[queue.waits[w].point] = queued{q, w}
		}
		for t := range b.periods() {
			b.clearing(q, t)
		}
	}
}

// A queued is one kind of work in a queue.
type queued struct{ queue, work int }

// clearing adds the rows and shares of a queue in a period.
func (b *build) clearing(q, t int) {
	queue := &b.queues[q]
	if queue.hours[t] <= 0 {
		return
	}
	whole := int32(b.lp.AddRow(-lp.Inf, 1))
	b.shared = append(b.shared, whole)
	for w := range queue.waits {
		b.clear()
		b.add(whole, 1)
		for n, piece := range queue.curve.Pieces {
			if piece.Slope > 0 && piece.Slope < 1 {
				row := int32(b.lp.AddRow(-lp.Inf, 0))
				b.cleared[q][w][t*len(queue.curve.Pieces)+n] = row
				b.add(row, -float64(piece.Intercept*queue.hours[t]/queue.curve.Hours))
			}
		}
		b.allot = append(b.allot, b.column(0, 1))
	}
}

// clears notes the output of a process in the rows of its queue.
func (b *build) clears(k, t int) {
	if at, ok := b.byProcess[k]; ok {
		queue := &b.queues[at.queue]
		for n, piece := range queue.curve.Pieces {
			row := b.cleared[at.queue][at.work][t*len(queue.curve.Pieces)+n]
			b.add(row, float64(queue.waits[at.work].hours*(1-piece.Slope)))
		}
	}
}

// waitsAt notes stock at a point in the rows of the queue that it is.
func (b *build) waitsAt(i, t int) {
	if at, ok := b.byPoint[i]; ok {
		queue := &b.queues[at.queue]
		for n, piece := range queue.curve.Pieces {
			row := b.cleared[at.queue][at.work][t*len(queue.curve.Pieces)+n]
			b.add(row, -float64(queue.waits[at.work].hours*piece.Slope*queue.hours[t]/queue.curve.Hours))
		}
	}
}
