package lp

import "math"

// candidates picks the item with the largest merit = violation²/weight. It
// keeps a short list of those above a cutoff, so that a choice does not look at
// every item; the list is made anew when nothing on it is above the cutoff.
type candidates struct {
	square []float64 // squared violation per item, 0 if within tolerance
	weight []float64 // per item, positive
	list   []int32
	listed []bool
	cutoff float64
}

func (c *candidates) init(size int, weight []float64) {
	c.square = make([]float64, size)
	c.weight = weight
	c.list = make([]int32, 0, size)
	c.listed = make([]bool, size)
}

// set records the violation of item i.
func (c *candidates) set(i int32, violation float64) {
	if violation <= feasTol {
		c.square[i] = 0
		return
	}
	square := violation * violation
	c.square[i] = square
	if !c.listed[i] && square >= c.cutoff*c.weight[i] {
		c.listed[i] = true
		c.list = append(c.list, i)
	}
}

// relist lists every violated item, or, where these are many, about the best
// few hundred of them.
func (c *candidates) relist() {
	for _, i := range c.list {
		c.listed[i] = false
	}
	c.list = c.list[:0]
	c.cutoff = c.chooseCutoff()
	for i, square := range c.square {
		if square > 0 && square >= c.cutoff*c.weight[i] {
			c.listed[i] = true
			c.list = append(c.list, int32(i))
		}
	}
}

// chooseCutoff finds, among the powers of two, a merit that some hundred items
// reach.
func (c *candidates) chooseCutoff() float64 {
	const bins = 4200 // binary exponents of float64, squares of small numbers too
	var count [bins]int32
	for i, square := range c.square {
		if square > 0 {
			_, e := math.Frexp(square / c.weight[i])
			count[min(max(e+bins/2, 0), bins-1)]++
		}
	}
	enough := int32(max(500, len(c.square)/100))
	total := int32(0)
	for e := bins - 1; e >= 0; e-- {
		total += count[e]
		if total >= enough {
			return math.Ldexp(0.5, e-bins/2)
		}
	}
	return 0
}

// best returns the item of the largest merit, or -1 if none is violated. It
// begins at a random place of the list, so that ties fall differently each
// time.
func (c *candidates) best(start float64) int32 {
	i, merit := c.scan(start)
	if merit < c.cutoff || i < 0 && c.cutoff > 0 {
		c.relist()
		i, _ = c.scan(start)
	}
	return i
}

func (c *candidates) scan(start float64) (best int32, merit float64) {
	kept := c.list[:0]
	for _, i := range c.list {
		if c.square[i] > 0 {
			kept = append(kept, i)
		} else {
			c.listed[i] = false
		}
	}
	c.list = kept
	best = -1
	from := int(start * float64(len(kept)))
	look := func(part []int32) {
		for _, i := range part {
			if c.square[i] > merit*c.weight[i] {
				best, merit = i, c.square[i]/c.weight[i]
			}
		}
	}
	look(kept[from:])
	look(kept[:from])
	return best, merit
}
