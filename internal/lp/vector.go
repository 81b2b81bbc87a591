package lp

// A vector is sparse and dense at once: val holds every entry, idx the
// positions that may differ from zero, each once. Positions that are not
// listed are zero.
type vector struct {
	val []float64
	idx []int32
}

func newVector(n int) vector {
	return vector{val: make([]float64, n), idx: make([]int32, 0, n)}
}

// denseShare is the share of listed positions from which it is cheaper to walk
// the whole array in order than the list at random.
const denseShare = 0.3

// clear sets every entry to zero.
func (v *vector) clear() {
	if float64(len(v.idx)) > denseShare*float64(len(v.val)) {
		clear(v.val)
	} else {
		for _, i := range v.idx {
			v.val[i] = 0
		}
	}
	v.idx = v.idx[:0]
}

// relist makes the list anew from the values and drops the tiny ones.
func (v *vector) relist() {
	idx := v.idx[:cap(v.idx)]
	n := 0
	for i, x := range v.val {
		if x == 0 {
			continue
		}
		if x < tinyValue && x > -tinyValue {
			v.val[i] = 0
			continue
		}
		idx[n] = int32(i)
		n++
	}
	v.idx = idx[:n]
}

// density is the share of listed positions.
func (v *vector) density() float64 {
	return float64(len(v.idx)) / float64(max(1, len(v.val)))
}

func (v *vector) norm2() float64 {
	sum := 0.0
	for _, i := range v.idx {
		sum += v.val[i] * v.val[i]
	}
	return sum
}

// add adds x to entry i. A sum that cancels stays listed, as a tiny value.
func (v *vector) add(i int32, x float64) {
	was := v.val[i]
	if was == 0 {
		v.idx = append(v.idx, i)
	}
	if x += was; x == 0 {
		x = trace
	}
	v.val[i] = x
}
