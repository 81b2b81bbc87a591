package tardiness

import (
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/disjunctive"
)

// An urgency ranks operations by apparent tardiness cost (Vepsalainen & Morton
// 1987): weight per time of the operation, less the more slack the job has,
//
//	w/p exp(-max(0, d - t - rest) / (k p̄)),
//
// with k between 1 and 4, times a noise of exp(-n) to 1 where n grows from 0 to
// 2 with the number of starts, so that they are in different valleys.
type urgency struct {
	shop   *disjunctive.Shop
	rnd    *disjunctive.Random
	lister *disjunctive.Lister
	mean   int64
	look   int64      // k p̄
	noise  int        // n in 16ths
	decay  [256]int64 // exp(-i/16) in 2^20ths, in integers to be the same everywhere
}

func newUrgency(sh *disjunctive.Shop, rnd *disjunctive.Random) *urgency {
	u := &urgency{shop: sh, rnd: rnd}
	u.lister = disjunctive.NewLister(sh, u.score)
	for o := range int32(sh.Ops) {
		u.mean += sh.MeanTime(o)
	}
	u.mean = max(1, u.mean/int64(max(1, sh.Ops)))
	u.decay[0] = 1 << 20
	for i := 1; i < len(u.decay); i++ {
		u.decay[i] = u.decay[i-1] * 61565 >> 16 // 2¹⁶ exp(-1/16)
	}
	return u
}

// begin begins a list schedule, the more at random the more there were before.
func (u *urgency) begin(order, modes []int32, before int) {
	u.look = u.mean * int64(1+before%4)
	u.noise = min(4*before, 32)
	u.lister.Begin(order, modes)
}

func (u *urgency) score(o int32, m disjunctive.Mode, start int64) int64 {
	j := &u.shop.Jobs[u.shop.Job[o]]
	weight := max(1, j.Tardiness+j.Flow+j.Late)
	index := min(weight, 1<<20) * u.discount(j, start, u.lister.Rest[o]) / max(1, m.Time)
	return -index * u.decay[u.rnd.Below(u.noise+1)] // below 2^60
}

func (u *urgency) discount(j *core.Job, t, rest int64) int64 {
	slack := min(j.Due, 1<<40) - t - rest
	if slack <= 0 || j.Flow > 0 {
		return u.decay[0]
	}
	return u.decay[min(slack*16/u.look, int64(len(u.decay)-1))]
}
