package dispatch

// LookingAhead returns the rule with an option: a machine that could begin
// waits for an operation that is about to arrive and that the rule prefers to
// all that wait, if the idle time this costs is at most patience/16 of the
// shorter of the two works. What fits into the idle time still goes there.
//
// This is the X-dispatch of Morton and Ramnath, "Guided forward tabu/beam
// search for scheduling very large dynamic job shops" (1992), which lets the
// priority of an operation to come fall in proportion to the same quotient;
// here it is a threshold, because keys of rules are of no common scale.
func (r Rule) LookingAhead(patience int64) Rule {
	r.Name += " ahead"
	r.Patience = patience
	return r
}

// Patient is a patience that does well for tardiness; from 16 on machines wait
// too much.
const Patient = 6

// expect notes that unit u is to arrive at the machine that seems best by now.
func (p *Pass) expect(u int32, t int64) {
	if p.rule.Patience == 0 {
		return
	}
	p.mode[u] = p.chooseMode(p.g.U.Ops(u)[0], t)
	p.coming[p.g.M.Machine(p.mode[u])].push(entry{t, u})
}

// arrived forgets a unit that was expected. Units arrive in the order of the
// heap, so that it is the first of its machine.
func (p *Pass) arrived(u int32) {
	if p.rule.Patience > 0 {
		p.coming[p.g.M.Machine(p.mode[u])].pop()
	}
}

// worthWaiting is the arrival of a unit that machine r had better wait for at
// time t instead of beginning with unit u, or t. It looks at no more than
// rescored of those to come, near the top of the heap.
func (p *Pass) worthWaiting(r, u int32, t int64) int64 {
	q := p.coming[r]
	if p.rule.Patience == 0 || len(q) == 0 {
		return t
	}
	work, best, until := p.g.M.ModeTime[p.mode[u]], p.key(u, t), t
	for _, e := range q[:min(len(q), rescored)] {
		shorter := min(work, p.g.M.ModeTime[p.mode[e.id]])
		if e.key <= t || e.key-t > shorter*p.rule.Patience/16 {
			continue
		}
		if key := p.key(e.id, e.key); key < best {
			best, until = key, e.key
		}
	}
	return until
}
