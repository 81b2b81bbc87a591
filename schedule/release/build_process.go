package release

// starts adds the columns of processes: what is started in each period.
func (b *build) starts() {
	b.start, b.pieces = none(len(b.processes), b.periods()), counts(len(b.processes), b.periods())
	rhythms := b.rhythmOf()
	for k := range b.processes {
		for s := range b.periods() {
			if !b.launchable(k, s) {
				continue
			}
			b.clear()
			b.exchanges(k, s)
			b.hours(k, s)
			b.clears(k, s)
			b.inShop(k, s)
			b.entries = append(b.entries, b.inMix[k]...)
			b.outputs(k, s, rhythms[k])
			b.startPieces(k, s)
		}
	}
}

// exchanges notes what a unit started in period s takes and gives.
func (b *build) exchanges(k, s int) {
	for _, g := range b.processes[k].gives {
		b.exchange(s, &g, 1)
	}
	for _, g := range b.processes[k].takes {
		b.exchange(s, &g, -1)
	}
}

// exchange notes one of what a unit started in period s takes or gives, as far
// as that happens in its window.
func (b *build) exchange(s int, x *exchange, sign float64) {
	from, to := b.grid[s]+x.after, b.grid[s+1]+x.after
	for _, in := range b.shares(s, x.after) {
		part := in.part * x.only.of(max(from, b.grid[in.period]), min(to, b.grid[in.period+1]))
		b.add(b.balance[x.point][in.period], float64(sign*x.per*part))
	}
}

// hours notes the hours that a unit started in period s takes. What would fall
// into a period in which the group does not work at all is done in the next one
// in which it does.
func (b *build) hours(k, s int) {
	for _, u := range b.processes[k].uses {
		g := &b.groups[u.group]
		for _, in := range b.shares(s, u.after) {
			t := in.period
			for t < b.periods()-1 && g.regular[t]+g.overtime[t] <= 0 {
				t++
			}
			b.add(b.load[u.group][t], float64(u.hours*in.part))
			b.add(b.inPeak[u.group][t], float64(u.hours*in.part))
		}
	}
}

// startPieces adds the columns of process k in period s. With an earlier plan
// there are two: up to what that starts, where each unit less costs, and above,
// where each unit more does.
func (b *build) startPieces(k, s int) {
	p := &b.processes[k]
	upper := p.most
	if p.perDay > 0 {
		upper = min(upper, float64(p.perDay*b.length(s)))
	}
	cost := p.cost + float64(p.wip*b.inProcess(s, p.lead))
	b.pieces[k][s] = 1
	if p.previous == nil || p.change[s] == 0 {
		b.start[k][s] = b.column(cost, upper)
		return
	}
	before := min(p.previous[s], upper)
	b.start[k][s] = b.column(cost-p.change[s], before)
	b.column(cost+p.change[s], upper-before)
	b.pieces[k][s] = 2
	b.lp.Offset += float64(p.change[s] * p.previous[s])
}

// inProcess returns how many days a unit started in period s counts as work in
// process, looking at the end of each period.
func (b *build) inProcess(s int, lead float64) float64 {
	sum := 0.0
	for t, part := range b.stillIn(s, lead) {
		sum += float64(part * b.length(s+t))
	}
	return sum
}

// stillIn returns which part of a unit started in period s is still in process
// at its end, and at that of each period after it until there is none.
func (b *build) stillIn(s int, lead float64) []float64 {
	given := b.shares(s, lead)
	var parts []float64
	left := 1.0
	for t := s; t < b.periods() && left > 1e-9; t++ {
		for _, g := range given {
			if g.period == t {
				left -= g.part
			}
		}
		parts = append(parts, left)
	}
	return parts
}
