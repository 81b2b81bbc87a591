package release

import (
	"math"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
)

// inflows adds to the points what moves without new decisions: opening stock,
// receipts, and what existing orders make and take.
func (n *network) inflows(decided *schedule.Plan) {
	for _, s := range schedule.StockProfile(n.p, decided) {
		i, ok := n.byPoint[s.Point]
		if !ok {
			continue
		}
		for _, m := range s.Movements {
			if at := n.at(m.At); at <= n.grid[n.periods()] {
				n.points[i].inflow[n.grid.at(at)] += n.units(m.Qty, s.Item)
			}
		}
	}
}

// norms gives points the norms that hold at the end of each period; in the last
// one the target counts as minimum.
func (n *network) norms() {
	for i := range n.p.Norms {
		from := &n.p.Norms[i]
		pt := &n.points[n.byPoint[from.Point]]
		if pt.norms == nil {
			pt.norms = make([]norm, n.periods())
		}
		item := n.x.Items.Find(from.Point.Item)
		below := normPrice(from.ShortPrice, n.w.BelowNorm, item.Scale())
		above := normPrice(from.ExcessPrice, n.w.AboveNorm, item.Scale())
		for t := range pt.norms {
			end := n.t.Now.Add(time.Duration(n.grid[t+1] * float64(day))).Add(-1)
			if !from.EffectiveAt(end) {
				continue
			}
			pt.norms[t] = norm{
				min: n.units(from.Min, item.ID), target: n.units(from.Target, item.ID), max: n.units(from.Max, item.ID),
				below: below, missing: targetTier * below, above: above,
			}
		}
		if last := &pt.norms[n.periods()-1]; last.target > last.min {
			last.min = last.target
		}
	}
}

// normPrice returns the price of a unit outside of a norm for a day: a norm's
// own price is for a base unit.
func normPrice(own, general, scale int64) float64 {
	if own != 0 {
		return float64(own) * float64(scale)
	}
	return float64(general)
}

// areas adds the locations of limited area.
func (n *network) areas() {
	for i := range n.p.Locations {
		l := &n.p.Locations[i]
		if l.Area == 0 {
			continue
		}
		r := room{area: float64(l.Area), price: n.w.room}
		for k := range n.keys {
			item := n.x.Items.Find(n.keys[k].Item)
			if item != nil && n.keys[k].Place == l.ID && item.Area > 0 {
				r.points = append(r.points, k)
				r.each = append(r.each, float64(item.Area))
			}
		}
		if len(r.points) > 0 {
			n.rooms = append(n.rooms, r)
		}
	}
}

// evenness adds what the objective asks for in rhythm and even load.
func (n *network) evenness() {
	n.even = float64(n.w.EvenLoad)
	for g := range n.groups {
		n.groups[g].even = n.even > 0 && len(n.members[g]) == 1 && isMachine(&n.p.Resources[n.members[g][0]])
	}
	if n.w.Rhythm == 0 {
		return
	}
	wanted := make([]float64, len(n.p.Items))
	last := 0.0
	for c := range n.demands {
		l := &n.p.Lines[n.lines[c]]
		wanted[n.x.Items.Position(l.Item)] += n.demands[c].qty
		last = max(last, n.at(l.Due))
	}
	working := n.workingDays(last)
	for i, total := range wanted {
		if total == 0 {
			continue
		}
		r := rhythm{wanted: make([]float64, n.periods()), price: 1000 * float64(n.w.Rhythm) / total}
		for t := range r.wanted {
			r.wanted[t] = total * working[t]
		}
		for k := range n.origins {
			if n.origins[k].kind == makes && n.origins[k].item == i {
				r.of = append(r.of, n.lastStage(k))
			}
		}
		n.rhythms = append(n.rhythms, r)
	}
}

// workingDays returns the share of working time until an instant that falls
// into each period, of all machines together.
func (n *network) workingDays(last float64) []float64 {
	part, sum := make([]float64, n.periods()), 0.0
	for i := range n.p.Resources {
		if !isMachine(&n.p.Resources[i]) {
			continue
		}
		n.levels(i, func(from, to, units float64, overtime bool) {
			if to = min(to, last); !overtime && to > from {
				n.spread(part, from, to, (to-from)*units)
				sum += (to - from) * units
			}
		})
	}
	for t := range part {
		part[t] /= math.Max(sum, 1e-9)
	}
	return part
}

func isMachine(r *capacity.Resource) bool {
	return r.Kind == "" || r.Kind == capacity.Machine || r.Kind == capacity.MachineGroup
}
