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
	lister *disjunctive.Lister
	mean   int64
	decay  [256]int64 // exp(-i/16) in 2^20ths, in integers to be the same everywhere
}

func newUrgency(sh *disjunctive.Shop, lister *disjunctive.Lister) *urgency {
	u := &urgency{shop: sh, lister: lister}
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

func (u *urgency) fill(order, modes []int32, before int, rnd *disjunctive.Random) {
	look := u.mean * int64(1+before%4)
	noise := min(4*before, 32)
	u.lister.Fill(order, modes, func(o int32, m disjunctive.Mode, start int64) int64 {
		j := &u.shop.Jobs[u.shop.Job[o]]
		weight := max(1, j.Tardiness+j.Flow+j.Late)
		index := min(weight, 1<<20) * u.discount(j, start, u.lister.Rest[o], look) / max(1, m.Time)
		return -index * u.decay[rnd.Below(noise+1)] // below 2^60
	})
}

func (u *urgency) discount(j *core.Job, t, rest, look int64) int64 {
	slack := min(j.Due, 1<<40) - t - rest
	if slack <= 0 || j.Flow > 0 {
		return u.decay[0]
	}
	return u.decay[min(slack*16/look, int64(len(u.decay)-1))]
}
