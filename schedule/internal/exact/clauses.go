package exact

// clauses holds what has been learnt: sets of orders of which at least one is
// true. Each is watched by its first two orders; a list of the clauses that an
// order watches is threaded through the clauses themselves, so that learning
// takes no memory.
//
// A clause at index c of memory is: its length, its number of levels when it
// was learnt, the next links of its two watches, its orders.
type clauses struct {
	memory []int32
	first  []int32 // by lit: link to the first clause watched, -1 for none
	levels []int32 // scratch of count: by level, the last clause counted
	clause int32
}

const (
	atSize   = 0
	atLevels = 1
	atNext   = 2 // and 3
	atLits   = 4
)

// A link is 2c+w for watch w of clause c, or -1.

func (k *clauses) init(lits, memory int) {
	k.memory = make([]int32, 0, memory)
	k.first = make([]int32, lits)
	k.clear()
	k.levels = make([]int32, lits+1)
}

// clear drops all clauses.
func (k *clauses) clear() {
	k.memory = k.memory[:0]
	for l := range k.first {
		k.first[l] = -1
	}
}

// fits reports whether a clause of n orders can still be stored.
func (k *clauses) fits(n int) bool { return len(k.memory)+atLits+n <= cap(k.memory) }

// crowded reports whether it is time to reduce.
func (k *clauses) crowded() bool { return len(k.memory) > cap(k.memory)*3/4 }

// add stores a clause of at least two orders and returns its index.
func (k *clauses) add(lits []lit, levels int32) int32 {
	c := int32(len(k.memory))
	k.memory = append(k.memory, int32(len(lits)), levels, 0, 0)
	k.memory = append(k.memory, lits...)
	k.watch(c, 0)
	k.watch(c, 1)
	return c
}

func (k *clauses) watch(c, w int32) {
	l := k.memory[c+atLits+w]
	k.memory[c+atNext+w] = k.first[l]
	k.first[l] = 2*c + w
}

func (k *clauses) lits(c int32) []lit {
	return k.memory[c+atLits:][:k.memory[c+atSize]]
}

// follow draws the conclusions from order l having become true.
func (k *clauses) follow(l lit, x *Solver) bool {
	value := x.orders.value
	f := x.orders.not[l]
	link := k.first[f]
	k.first[f] = -1
	for link >= 0 {
		c, w := link>>1, link&1
		link = k.memory[c+atNext+w]
		lits := k.lits(c)
		other := lits[1-w]
		moved := value[other] <= 0 && k.rewatch(lits, w, value)
		k.watch(c, w)
		if moved {
			continue
		}
		switch value[other] {
		case 0:
			x.assign(other, reason{kind: byClause, clause: c})
		case -1:
			x.refuted = x.refuted[:0]
			for _, r := range lits {
				x.refuted = append(x.refuted, x.orders.not[r])
			}
			for link >= 0 {
				c, w := link>>1, link&1
				link = k.memory[c+atNext+w]
				k.watch(c, w)
			}
			return false
		}
	}
	return true
}

// rewatch puts an order that is not false into place w of the clause. It
// returns false if there is none besides the other watch.
func (k *clauses) rewatch(lits []lit, w int32, value []int8) bool {
	for i := 2; i < len(lits); i++ {
		if value[lits[i]] >= 0 {
			lits[w], lits[i] = lits[i], lits[w]
			return true
		}
	}
	return false
}

// reduce drops the longer-levelled half of the clauses. No order may be
// decided: only then is no clause a reason that can be asked for.
func (k *clauses) reduce(x *Solver) {
	var histogram [32]int
	total := 0
	for c := int32(0); int(c) < len(k.memory); c += atLits + k.memory[c+atSize] {
		histogram[min(31, k.memory[c+atLevels])]++
		total++
	}
	keep := int32(0)
	for kept := histogram[0]; keep < 31; keep++ {
		if kept += histogram[keep+1]; kept > total/2 {
			break
		}
	}
	for l := range k.first {
		k.first[l] = -1
	}
	to := int32(0)
	for c := int32(0); int(c) < len(k.memory); {
		size := atLits + k.memory[c+atSize]
		if k.memory[c+atLevels] <= keep && !k.satisfied(c, x.orders.value) {
			copy(k.memory[to:], k.memory[c:c+size])
			k.watchFree(to, x.orders.value)
			to += size
		}
		c += size
	}
	k.memory = k.memory[:to]
}

func (k *clauses) satisfied(c int32, value []int8) bool {
	for _, l := range k.lits(c) {
		if value[l] > 0 {
			return true
		}
	}
	return false
}

// watchFree sets both watches of a clause to undecided orders. There are two,
// as everything has been followed and the clause is not satisfied.
func (k *clauses) watchFree(c int32, value []int8) {
	lits := k.lits(c)
	for w := range int32(2) {
		if value[lits[w]] < 0 {
			k.rewatch(lits, w, value)
		}
	}
	k.watch(c, 0)
	k.watch(c, 1)
}
