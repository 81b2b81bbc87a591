package analysis

import (
	"time"

	"github.com/taktplan/takt/wip"
)

// makeUp adds to claims, which are sorted by start, what the overtime costs that
// made the lost hours up: what a resource has worked in overtime since then, no
// hour of which makes up for two.
func (h *History) makeUp(claims []Claim) {
	used := map[int]time.Duration{} // of the overtime of resources, from the end of the period back
	for i := len(claims) - 1; i >= 0; i-- {
		c := &claims[i]
		at := h.x.Resources.Position(c.Resource)
		if at < 0 || h.p.Resources[at].OvertimePerHour == 0 {
			continue
		}
		made := min(c.lost, h.overtime(at, c.To)-used[at])
		if made <= 0 {
			continue
		}
		used[at] += made
		cost, _ := wip.Qty(h.p.Resources[at].OvertimePerHour).MulDiv(int64(made), int64(time.Hour))
		c.Overtime = int64(cost)
		c.Cost += c.Overtime
	}
}

// overtime returns for how long a resource has worked in overtime from an
// instant to the end of the period, by the steps that were planned for it.
func (h *History) overtime(resource int, from time.Time) time.Duration {
	extra := h.lines[resource].Overtime()
	sum := time.Duration(0)
	for _, s := range h.during(resource, from, h.To) {
		if start, end := later(s.Start, from), earlier(s.End, h.To); s.Planned.Overtime && start.Before(end) {
			sum += extra.Between(start, end)
		}
	}
	return sum
}
