package simulate

import "time"

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

// A dayCount adds up orders times nanoseconds and work times nanoseconds over a
// day.
type dayCount struct{ pool, shop, work float64 }

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
		d, span := &s.days[today], float64(until-s.now)
		d.pool += float64(s.inPool) * span
		d.shop += float64(s.inShop) * span
		d.work += float64(s.workInShop) * span
		s.now = until
	}
}
