package flexible

import "github.com/taktplan/takt/schedule/internal/disjunctive"

// randomStart draws an order and, for each operation in turn, takes the
// machine on which it ends first.
func randomStart(sh *disjunctive.Shop, rnd *disjunctive.Random) member {
	n := sh.Ops
	m := newMember(n)
	waits := make([]int, n)
	var ready []int32
	for o := range int32(n) {
		sh.EachPred(o, func(disjunctive.Link) { waits[o]++ })
		if waits[o] == 0 {
			ready = append(ready, o)
		}
	}
	free := make([]int64, sh.Machines)
	at := make([]int64, n)
	copy(at, sh.Release)
	rest := make([]int64, n+1)
	for i := n - 1; i >= 0; i-- {
		o := sh.Topological[i]
		var sum int64
		for _, md := range sh.ModesOf(o) {
			sum += md.Time
		}
		sum /= int64(len(sh.ModesOf(o)))
		sh.EachSucc(o, func(l disjunctive.Link) { rest[o] = max(rest[o], l.Lag+rest[l.Op]) })
		rest[o] += sum
	}
	for k := range n {
		// earliest completion with slack, then most work remaining
		bi, bk := 0, int32(0)
		var bs float64 = 1e300
		for i, o := range ready {
			for x, md := range sh.ModesOf(o) {
				start := max(at[o], free[md.Machine])
				score := float64(start+md.Time) - float64(rest[o])*(0.5+float64(rnd.Below(100))/200)
				if score < bs {
					bs, bi, bk = score, i, sh.ModeStart[o]+int32(x)
				}
			}
		}
		o := ready[bi]
		ready = append(ready[:bi], ready[bi+1:]...)
		md := sh.Modes[bk]
		end := max(at[o], free[md.Machine]) + md.Time
		free[md.Machine] = end
		m.order[k], m.modes[o] = o, bk
		sh.EachSucc(o, func(l disjunctive.Link) {
			at[l.Op] = max(at[l.Op], end+l.Lag)
			if waits[l.Op]--; waits[l.Op] == 0 {
				ready = append(ready, l.Op)
			}
		})
	}
	return m
}
