package exact

import "github.com/taktplan/takt/schedule/internal/plain"

// A lit says that one operation comes before another of the same machine. It
// is an index; row[a]+column[b] is "a before b".
type lit = int32

// A reason says why an order holds: because a clause or the bounds leave no
// other way, or (the zero value) by decision.
type reason struct {
	kind      uint8
	clause    int32
	near, far int32 // of the set, see sharpen
}

const (
	byDecision = iota
	byClause
	byBounds      // the opposite order does not fit the limit
	bySet         // all of a set come before the later operation
	byMirroredSet // all of a set come after the earlier operation
)

// orders holds the state of all pairs.
type orders struct {
	row, column []int32   // by operation
	mates       [][]int32 // by machine: its operations, in the order of columns
	machine     []int32

	from, to []int32  // by lit
	not      []lit    // by lit: the opposite order
	pair     []int32  // by lit: number of the pair
	lits     [][2]lit // by pair: both orders; the first is tried first

	value []int8   // by lit: 1 true, -1 false, 0 undecided
	level []int32  // by true lit: level at which it became so
	place []int32  // by true lit: index in the trail
	stamp []int32  // by true lit: number of bound changes before it
	why   []reason // by true lit
}

func (o *orders) init(s *plain.Shop) {
	n := s.Ops()
	o.machine = s.Machine
	o.row, o.column = make([]int32, n), make([]int32, n)
	o.mates = make([][]int32, s.Machines)
	job := make([]int32, n)
	for j := range s.Jobs() {
		for v := s.JobStart[j]; v < s.JobStart[j+1]; v++ {
			job[v] = int32(j)
			m := s.Machine[v]
			o.column[v] = int32(len(o.mates[m]))
			o.mates[m] = append(o.mates[m], v)
		}
	}
	size := int32(0)
	for v, m := range s.Machine {
		o.row[v] = size
		size += int32(len(o.mates[m]))
	}
	o.from, o.to = make([]int32, size), make([]int32, size)
	o.not, o.pair = make([]lit, size), make([]int32, size)
	o.value = make([]int8, size)
	o.level, o.place, o.stamp = make([]int32, size), make([]int32, n), make([]int32, size)
	o.why = make([]reason, size)
	for _, ops := range o.mates {
		for _, a := range ops {
			for _, b := range ops {
				l := o.before(a, b)
				o.from[l], o.to[l], o.not[l] = a, b, o.before(b, a)
				if a < b && job[a] != job[b] {
					o.pair[l], o.pair[o.not[l]] = int32(len(o.lits)), int32(len(o.lits))
					o.lits = append(o.lits, [2]lit{l, o.not[l]})
				} else if a < b {
					o.value[l], o.value[o.not[l]] = 1, -1
				}
			}
		}
	}
}

// before returns the order "a before b".
func (o *orders) before(a, b int32) lit { return o.row[a] + o.column[b] }

// prefer makes the orders of a schedule those to try first.
func (o *orders) prefer(order []int32) {
	for i, v := range order {
		o.place[v] = int32(i)
	}
	for p, l := range o.lits {
		if o.place[o.from[l[0]]] > o.place[o.to[l[0]]] {
			o.lits[p] = [2]lit{l[1], l[0]}
		}
	}
}

// set makes l true and its opposite false.
func (o *orders) set(l lit, level, stamp int32, why reason) {
	o.value[l], o.value[o.not[l]] = 1, -1
	o.level[l], o.stamp[l], o.why[l] = level, stamp, why
}

// unset makes the pair of l undecided; l will be tried first when it is
// decided again.
func (o *orders) unset(l lit) {
	o.value[l], o.value[o.not[l]] = 0, 0
	o.lits[o.pair[l]] = [2]lit{l, o.not[l]}
}
