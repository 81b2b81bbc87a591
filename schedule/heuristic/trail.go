package heuristic

// An entry of the trail says what was done.
type entry struct {
	kind  entryKind
	index int32
	a, b  int64 // what moved was before
}

type entryKind uint8

const (
	createdOrder entryKind = iota
	placedOp
	placedOrder // its products
	placedDraw
	placedBuy
	placedTrip
	placedShip
	movedDraw
	movedShip
	shrunkOp
	takenOrder // its products and material
	takenOp
	takenBuy
	takenTrip
	takenShip
	replacedOrder // state.existing
	takenDraft    // an order that is not finished: its material only
	expected      // the output of a draft, when it was in the previous plan
	withdrawn
)

// A mark is a point on the trail to go back to.
func (s *state) mark() int { return len(s.trail) }

// undo takes back everything since the mark.
func (s *state) undo(mark int) {
	for len(s.trail) > mark {
		e := s.trail[len(s.trail)-1]
		s.trail = s.trail[:len(s.trail)-1]
		s.revert(e)
	}
}

func (s *state) revert(e entry) {
	i := e.index
	switch e.kind {
	case createdOrder:
		s.holdPast(&s.orders[i], false)
		s.ops = s.ops[:s.orders[i].first]
		s.orders = s.orders[:i]
	case placedOp:
		s.occupy(&s.ops[i], i, -1)
		s.ops[i].mode = unplaced
	case placedOrder:
		s.produce(&s.orders[i], -1)
		s.orders[i].draft = true
	case placedDraw:
		s.consume(&s.draws[i], -1)
		s.ops[s.draws[i].op].draws = s.draws[i].next
		s.draws = s.draws[:i]
	case placedBuy:
		s.receive(&s.buys[i], -1)
		s.buys = s.buys[:i]
	case placedTrip:
		s.carry(&s.trips[i], -1)
		s.trips = s.trips[:i]
	case placedShip:
		s.deliver(&s.ships[i], -1)
		s.ships = s.ships[:i]
	case movedDraw:
		s.consume(&s.draws[i], -1)
		s.draws[i].at = e.a
		s.consume(&s.draws[i], 1)
	case shrunkOp:
		s.resize(i, e.a, e.b)
	case takenOrder:
		s.bringBack(i)
		s.produce(&s.orders[i], 1)
	case takenDraft:
		s.bringBack(i)
	case expected:
		s.expect(&s.orders[i], -1)
	case withdrawn:
		s.expect(&s.orders[i], 1)
	case takenOp:
		s.occupy(&s.ops[i], i, 1)
	case takenBuy:
		s.buys[i].off = false
		s.receive(&s.buys[i], 1)
	case takenTrip:
		s.trips[i].off = false
		s.carry(&s.trips[i], 1)
	case takenShip:
		s.ships[i].off = false
		s.deliver(&s.ships[i], 1)
	case replacedOrder:
		s.existing[i] = int32(e.a)
	case movedShip:
		s.deliver(&s.ships[i], -1)
		s.ships[i].at = e.a
		s.deliver(&s.ships[i], 1)
	}
}

// bringBack takes back that a draft was taken away.
func (s *state) bringBack(i int32) {
	s.orders[i].off = false
	s.holdPast(&s.orders[i], true)
	s.drawAll(i, 1)
}

func (s *state) note(kind entryKind, index int) {
	s.trail = append(s.trail, entry{kind: kind, index: int32(index)})
}
