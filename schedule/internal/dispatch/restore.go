package dispatch

import "github.com/taktplan/takt/schedule/internal/core"

// Load makes the partial schedule equal to s, which must keep the model. The
// model must have no changeovers.
func (g *Generator) Load(s *core.Schedule) {
	g.Reset()
	for o := range int32(g.M.Ops()) {
		if s.Start[o] >= 0 && !g.frozen(o) {
			g.Put(o, s.Mode[o], s.Start[o], s.End[o])
		}
	}
	for o := range int32(g.M.Ops()) {
		g.Hold(o)
	}
}

// Put places an operation where it is known to fit: what it had before it was
// removed. The model must have no changeovers.
func (g *Generator) Put(o, mode int32, start, end int64) {
	g.S.Mode[o] = mode
	g.put(o, place{start: start, end: end})
}

// Hold lets the blocking predecessors of o that are placed keep their machines
// until it starts.
func (g *Generator) Hold(o int32) {
	if g.S.Start[o] >= 0 {
		g.holdAll(o)
	}
}

// Remove takes the operations of unit u out, but those that are frozen. Units
// that follow it must have been removed before. The model must have no
// changeovers: without an operation the one behind it would need another.
func (g *Generator) Remove(u int32) {
	ops := g.U.Ops(u)
	if g.S.Start[ops[len(ops)-1]] >= 0 {
		g.withdraw(ops)
	}
}
