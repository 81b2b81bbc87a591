package tardiness

import "github.com/taktplan/takt/schedule/internal/disjunctive"

// tails keeps, for every operation and every job, the longest path from the
// operation's start to the job's end (Mati, Dauzère-Pérès & Lahlou 2011), or
// something far below zero where there is no path. The rows cover the makespan
// as if it were one job more.
type tails struct {
	g     *disjunctive.Graph
	cost  *costs
	width int     // of a row
	rest  []int64 // a row for each operation, and one for none
}

// unreachable is the length of no path: whatever is added to it, up to the
// horizons that [Fits] admits, it stays below zero.
const unreachable = -1 << 61

func newTails(g *disjunctive.Graph, c *costs) *tails {
	t := &tails{g: g, cost: c, width: len(c.jobs)}
	t.rest = make([]int64, (g.Shop.Ops+1)*t.width)
	none := t.of(int32(g.Shop.Ops))
	for j := range none {
		none[j] = unreachable
	}
	return t
}

// of is the row of an operation.
func (t *tails) of(v int32) []int64 { return t.rest[int(v)*t.width:][:t.width] }

// update brings the rows up to date after a move.
func (t *tails) update() { t.g.EachTail(t.set) }

// set computes the row of an operation from those of its successors, and
// reports whether it is another.
func (t *tails) set(v int32) bool {
	nd := &t.g.Node[v]
	row := t.of(v)
	a, b := t.of(nd.MS)[:len(row)], t.of(nd.JS)[:len(row)]
	if t.cost.job[v] >= 0 || t.g.Shop.Succ != nil {
		return t.setAny(v)
	}
	lag, time := nd.LagOut, nd.Time
	changed := false
	for j := range row {
		r := max(a[j], b[j]+lag) + time
		changed = changed || r != row[j]
		row[j] = r
	}
	return changed
}

// setAny is set for operations that end a job or have several successors.
func (t *tails) setAny(v int32) bool {
	nd := &t.g.Node[v]
	row := t.of(v)
	changed := false
	for j := range row {
		r := t.of(nd.MS)[j]
		if t.cost.ends(v, int32(j)) {
			r = max(r, 0)
		}
		t.g.Shop.EachSucc(v, func(l disjunctive.Link) { r = max(r, t.of(l.Op)[j]+l.Lag) })
		r += nd.Time
		changed = changed || r != row[j]
		row[j] = r
	}
	return changed
}
