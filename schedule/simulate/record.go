package simulate

import (
	"math/bits"
	"time"
)

const day = int64(24 * time.Hour)

// A record is what is counted while the plant works.
type record struct {
	begun      int64 // where the simulation began
	inPool     int   // orders
	inShop     int
	workInShop int64 // planned work of those, as far as it is not done
	overstays  int
	days       []dayCount
	output     []outputFact
}

// A dayCount adds up orders, and their work, over the time of a day.
type dayCount struct{ pool, shop, work area }

// An area is a sum of amounts times nanoseconds. It is exact, so that it does
// not matter where a simulation is stopped in between.
type area struct{ high, low uint64 }

// add adds an amount, which is not negative, for some time.
func (a *area) add(amount, span int64) {
	high, low := bits.Mul64(uint64(amount), uint64(span))
	var carry uint64
	a.low, carry = bits.Add64(a.low, low, 0)
	a.high += high + carry
}

// mean returns the mean amount over some time.
func (a area) mean(span int64) float64 {
	return (float64(a.high)*(1<<64) + float64(a.low)) / float64(max(1, span))
}

// An outputFact is the end of an order.
type outputFact struct {
	at    int64
	point int32
	qty   int64
}

// advance moves the present on, and counts what is in the shop meanwhile.
func (s *Plant) advance(at int64) {
	for s.now < at {
		today := int(s.now / day)
		until := min(at, int64(today+1)*day)
		for today >= len(s.days) {
			s.days = append(s.days, dayCount{})
		}
		d, span := &s.days[today], until-s.now
		d.pool.add(int64(s.inPool), span)
		d.shop.add(int64(s.inShop), span)
		d.work.add(s.workInShop, span)
		s.now = until
	}
}
