package release

import (
	"slices"

	"github.com/taktplan/takt/internal/lp"
)

// queuePieces adds the columns of a process that waits for a congested group,
// started in period s, whose entries have been noted: one for each corner of its
// clearing function. This is the allocated clearing function of Asmundsson,
// Rardin and Uzsoy (2006) by its corners instead of its lines. With the output X
// and the queue W of one kind of work, and its share Z of the group, that is
//
//	X ≤ Z·f((W + X)/Z)
//
// and whatever satisfies it is a sum of outputs Xₙ at the corners (Λₙ, fₙ), each
// of which takes Xₙ/fₙ of the group and leaves (Λₙ−fₙ)/fₙ·Xₙ waiting, and of
// stock that waits besides. So a queue needs no rows but that of its capacity
// and those of material, where lines need one for each of them, kind of work
// and period.
//
// The columns have no bounds of their own: the capacity is one.
//
// In a period in which the group has hardly any hours but overtime nothing waits.
func (b *build) queuePieces(k, s int, cost float64) {
	w := b.processes[k].waits
	queue := &b.queues[w.queue]
	corners := queue.corners
	if !queue.congested(s) {
		corners = corners[len(corners)-1:]
	}
	noted := slices.Clone(b.entries)
	for n, c := range corners {
		b.entries = append(b.entries[:0], noted...)
		b.add(b.load[queue.group][s], float64(w.hours*(queue.top()/c.Output-1)))
		left := queue.leaves(n, s)
		b.waitsAt(w.point, s, left)
		j := b.column(cost+float64(b.points[w.point].hold*b.length(s)*left), lp.Inf)
		if n == 0 {
			b.start[k][s] = j
		}
	}
	b.pieces[k][s] = int32(len(corners))
}

// congested reports whether work waits in a period.
func (q *queue) congested(t int) bool { return q.hours[t] > float64(leastShare*q.curve.Hours) }

// leaves returns how many units wait at the end of a period for each that is put
// out in it at the n-th corner.
func (q *queue) leaves(n, t int) float64 {
	if !q.congested(t) {
		return 0
	}
	c := q.corners[n]
	return (c.Load - c.Output) / c.Output * q.curve.Hours / q.hours[t]
}

// waitsAt notes stock at a point at the end of a period.
func (b *build) waitsAt(i, t int, units float64) {
	b.add(b.balance[i][t], -units)
	if t+1 < b.periods() {
		b.add(b.balance[i][t+1], units)
	}
	b.waitsInShop(i, t, units)
}
