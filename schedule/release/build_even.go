package release

import "github.com/taktplan/takt/internal/lp"

// rhythmRows adds, for each item whose output is to be even and each period, a
// row that says how much of the even output is missing, and its column. It is
// the linear part of what [schedule.Evaluate] calls 1 − R1.
func (b *build) rhythmRows() {
	b.inRhythm, b.missed = none(len(b.rhythms), b.periods()), none(len(b.rhythms), b.periods())
	for e := range b.rhythms {
		r := &b.rhythms[e]
		for t, wanted := range r.wanted {
			if wanted <= 0 {
				continue
			}
			b.inRhythm[e][t] = int32(b.lp.AddRow(wanted, lp.Inf))
			b.clear()
			b.add(b.inRhythm[e][t], 1)
			b.missed[e][t] = b.column(r.price, wanted)
		}
	}
}

// rhythmOf returns the rows of rhythm of each process.
func (b *build) rhythmOf() [][]int32 {
	of := make([][]int32, len(b.processes))
	for e := range b.rhythms {
		for _, k := range b.rhythms[e].of {
			of[k] = b.inRhythm[e]
		}
	}
	return of
}

// outputs notes what a unit started in period s puts out, for its rhythm.
func (b *build) outputs(k, s int, rows []int32) {
	if rows == nil {
		return
	}
	for _, out := range b.shares(s, b.processes[k].lead) {
		b.add(rows[out.period], out.part)
	}
}

// peakRows adds, for each group whose load is to be even, a column for its
// highest share of load, and a row for each period in which it works.
func (b *build) peakRows() {
	b.inPeak, b.peak = none(len(b.groups), b.periods()), make([]int32, len(b.groups))
	for r := range b.groups {
		b.peak[r] = -1
		if !b.groups[r].even {
			continue
		}
		b.clear()
		for t, hours := range b.groups[r].regular {
			if hours > 0 {
				b.inPeak[r][t] = int32(b.lp.AddRow(-lp.Inf, 0))
				b.add(b.inPeak[r][t], -hours)
			}
		}
		b.peak[r] = b.column(1000*b.even, lp.Inf)
	}
}

// roomRows adds the rows of limited area, with a priced excess.
func (b *build) roomRows() {
	b.inRoom, b.excess = none(len(b.rooms), b.periods()), none(len(b.rooms), b.periods())
	for a := range b.rooms {
		for t := range b.periods() {
			b.inRoom[a][t] = int32(b.lp.AddRow(-lp.Inf, b.rooms[a].area))
			b.clear()
			b.add(b.inRoom[a][t], -1)
			b.excess[a][t] = b.column(float64(b.rooms[a].price*b.length(t)), lp.Inf)
		}
	}
}

// An areaUse is what a unit of a point takes of a room.
type areaUse struct {
	room int
	each float64
}

// areas returns what the stock of each point takes of rooms.
func (b *build) areas() [][]areaUse {
	of := make([][]areaUse, len(b.points))
	for a := range b.rooms {
		for n, i := range b.rooms[a].points {
			of[i] = append(of[i], areaUse{a, b.rooms[a].each[n]})
		}
	}
	return of
}
