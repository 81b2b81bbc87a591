package dispatch

import "github.com/taktplan/takt/schedule/internal/core"

// Load places unit u as it is in s, which must keep the model. After all units
// have been loaded each operation is to be held (see [Generator.Hold]). The model
// must have no changeovers. It is fastest in the order of starts.
func (g *Generator) Load(u int32, s *core.Schedule) {
	for _, o := range g.U.Ops(u) {
		if s.Start[o] >= 0 && !g.frozen(o) {
			g.Put(o, s.Mode[o], s.Start[o], s.End[o])
		}
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
