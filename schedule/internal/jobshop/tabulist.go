package jobshop

// A tabuList forbids orientations for a time: that a is put in front of b
// again, as in Dell'Amico and Trubian, "Applying tabu search to the job-shop
// scheduling problem", Annals of Operations Research 41, 1993.
//
// Peng, Lü and Cheng forbid runs in their places instead. Runs of different
// lengths then lead round in circles past the list; forbidden pairs do not let
// them, and need only half the tenure.
//
// It is a table with one place for a pair, in which a later pair may displace
// an earlier: with tens of pairs alive in thousands of places that is rare,
// and harmless.
type tabuList struct {
	places [1 << tabuBits]struct {
		pair  uint64
		until int64
	}
}

const tabuBits = 12

func (t *tabuList) clear() { clear(t.places[:]) }

// pairOf returns the key of "a before b" and its place in the table.
func pairOf(a, b int32) (pair, place uint64) {
	pair = uint64(a)<<32 | uint64(b)
	return pair, pair * 0x9e3779b97f4a7c15 >> (64 - tabuBits)
}

// forbid makes it tabu in all steps before until to put a in front of b.
func (t *tabuList) forbid(a, b int32, until int64) {
	pair, place := pairOf(a, b)
	t.places[place].pair, t.places[place].until = pair, until
}

func (t *tabuList) forbids(a, b int32, step int64) bool {
	pair, place := pairOf(a, b)
	return t.places[place].pair == pair && t.places[place].until > step
}

// forbidUndoing makes it tabu to undo move m of graph g, which is about to be
// made.
func (t *tabuList) forbidUndoing(g *graph, m insertion, until int64) {
	for x := m.op; x != m.at; {
		if m.after {
			x = g.nodes[x].machSucc
			t.forbid(m.op, x, until)
		} else {
			x = g.nodes[x].machPred
			t.forbid(x, m.op, until)
		}
	}
}

// tabu reports whether the move would orient any pair in a forbidden way.
func (t *tabuList) tabu(g *graph, m insertion, step int64) bool {
	for x := m.op; x != m.at; {
		if m.after {
			x = g.nodes[x].machSucc
			if t.forbids(x, m.op, step) {
				return true
			}
		} else {
			x = g.nodes[x].machPred
			if t.forbids(m.op, x, step) {
				return true
			}
		}
	}
	return false
}
