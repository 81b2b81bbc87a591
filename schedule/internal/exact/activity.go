package exact

// activity chooses the pair to decide next: the undecided one that has been
// met most in recent conflicts (the VSIDS rule), in integers. Equals go by
// number.
type activity struct {
	score []int64 // by pair
	inc   int64
	heap  []int32
	place []int32 // by pair: in heap, -1 if it is not
}

const maxScore = int64(1) << 60

func (a *activity) init(o *orders) {
	n := len(o.lits)
	a.score = make([]int64, n)
	a.heap, a.place = make([]int32, n), make([]int32, n)
	for p := range a.heap {
		a.heap[p], a.place[p] = int32(p), int32(p)
	}
	a.inc = 1 << 10
}

// next removes and returns the preferred order of the best undecided pair, or
// -1 if all are decided.
func (a *activity) next(o *orders) lit {
	for len(a.heap) > 0 {
		p := a.heap[0]
		n := len(a.heap) - 1
		a.heap[0] = a.heap[n]
		a.place[a.heap[0]] = 0
		a.heap = a.heap[:n]
		a.place[p] = -1
		if n > 0 {
			a.sink(0)
		}
		if l := o.lits[p][0]; o.value[l] == 0 {
			return l
		}
	}
	return -1
}

// back puts a pair that is undecided again into the heap.
func (a *activity) back(p int32) {
	if a.place[p] >= 0 {
		return
	}
	a.place[p] = int32(len(a.heap))
	a.heap = append(a.heap, p)
	a.rise(a.place[p])
}

func (a *activity) bump(p int32) {
	a.score[p] += a.inc
	if a.place[p] >= 0 {
		a.rise(a.place[p])
	}
}

// fade lets all scores lose a twentieth against those to come.
func (a *activity) fade() {
	a.inc += a.inc / 20
	if a.inc < maxScore>>20 {
		return
	}
	for p := range a.score {
		a.score[p] >>= 30
	}
	a.inc >>= 30
}

func (a *activity) less(p, q int32) bool {
	if a.score[p] != a.score[q] {
		return a.score[p] > a.score[q]
	}
	return p < q
}

func (a *activity) rise(i int32) {
	p := a.heap[i]
	for i > 0 {
		up := (i - 1) / 2
		if !a.less(p, a.heap[up]) {
			break
		}
		a.heap[i] = a.heap[up]
		a.place[a.heap[i]] = i
		i = up
	}
	a.heap[i], a.place[p] = p, i
}

func (a *activity) sink(i int32) {
	p := a.heap[i]
	n := int32(len(a.heap))
	for {
		c := 2*i + 1
		if c >= n {
			break
		}
		if c+1 < n && a.less(a.heap[c+1], a.heap[c]) {
			c++
		}
		if !a.less(a.heap[c], p) {
			break
		}
		a.heap[i] = a.heap[c]
		a.place[a.heap[i]] = i
		i = c
	}
	a.heap[i], a.place[p] = p, i
}
