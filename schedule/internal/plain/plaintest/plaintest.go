// Package plaintest makes job shops for tests and solves small ones in the
// most simple-minded way.
package plaintest

import (
	"math/rand/v2"

	"github.com/taktplan/takt/schedule/internal/plain"
)

// Random returns a shop with times from least to 9 and random routings, in
// which jobs may visit machines again.
func Random(r *rand.Rand, jobs, machines, ops, least int) *plain.Shop {
	s := &plain.Shop{Machines: machines}
	for range jobs {
		s.JobStart = append(s.JobStart, int32(len(s.Machine)))
		s.Release = append(s.Release, int32(r.IntN(6)))
		s.Tail = append(s.Tail, int32(r.IntN(6)))
		for range ops {
			s.Machine = append(s.Machine, int32(r.IntN(machines)))
			s.Time = append(s.Time, int32(least+r.IntN(10-least)))
		}
	}
	s.JobStart = append(s.JobStart, int32(len(s.Machine)))
	return s
}

// Square returns a shop in which each of the jobs visits each of the machines
// once, with times from 1 to 99.
func Square(r *rand.Rand, jobs, machines int) *plain.Shop {
	s := &plain.Shop{Machines: machines, Release: make([]int32, jobs), Tail: make([]int32, jobs)}
	for range jobs {
		s.JobStart = append(s.JobStart, int32(len(s.Machine)))
		for _, m := range r.Perm(machines) {
			s.Machine = append(s.Machine, int32(m))
			s.Time = append(s.Time, int32(1+r.IntN(99)))
		}
	}
	s.JobStart = append(s.JobStart, int32(len(s.Machine)))
	return s
}

// Optimum returns the least makespan, found by trying the jobs in all orders
// in which each next operation can be put behind what is there.
func Optimum(s *plain.Shop) int32 {
	x := enumeration{s: s, next: make([]int32, s.Jobs()), ready: make([]int32, s.Jobs()), free: make([]int32, s.Machines), best: 1 << 30}
	copy(x.next, s.JobStart)
	copy(x.ready, s.Release)
	x.extend(0)
	return x.best
}

type enumeration struct {
	s                 *plain.Shop
	next, ready, free []int32
	best              int32
}

func (x *enumeration) extend(longest int32) {
	if longest >= x.best {
		return
	}
	complete := true
	for j := range x.next {
		o := x.next[j]
		if o == x.s.JobStart[j+1] {
			continue
		}
		complete = false
		m := x.s.Machine[o]
		ready, free := x.ready[j], x.free[m]
		end := max(ready, free) + x.s.Time[o]
		x.next[j]++
		x.ready[j], x.free[m] = end, end
		length := end + x.s.Tail[j]
		for v := o + 1; v < x.s.JobStart[j+1]; v++ {
			length += x.s.Time[v]
		}
		x.extend(max(longest, length))
		x.next[j]--
		x.ready[j], x.free[m] = ready, free
	}
	if complete {
		x.best = longest
	}
}

// FT06 is the six-by-six shop of Fisher and Thompson; its optimum is 55.
func FT06() *plain.Shop {
	return fromRows(6, [][]int32{
		{2, 1, 0, 3, 1, 6, 3, 7, 5, 3, 4, 6},
		{1, 8, 2, 5, 4, 10, 5, 10, 0, 10, 3, 4},
		{2, 5, 3, 4, 5, 8, 0, 9, 1, 1, 4, 7},
		{1, 5, 0, 5, 2, 5, 3, 3, 4, 8, 5, 9},
		{2, 9, 1, 3, 4, 5, 5, 4, 0, 3, 3, 1},
		{1, 3, 3, 3, 5, 9, 0, 10, 4, 4, 2, 1},
	})
}

// FT10 is the ten-by-ten shop of Fisher and Thompson; its optimum is 930.
func FT10() *plain.Shop {
	return fromRows(10, [][]int32{
		{0, 29, 1, 78, 2, 9, 3, 36, 4, 49, 5, 11, 6, 62, 7, 56, 8, 44, 9, 21},
		{0, 43, 2, 90, 4, 75, 9, 11, 3, 69, 1, 28, 6, 46, 5, 46, 7, 72, 8, 30},
		{1, 91, 0, 85, 3, 39, 2, 74, 8, 90, 5, 10, 7, 12, 6, 89, 9, 45, 4, 33},
		{1, 81, 2, 95, 0, 71, 4, 99, 6, 9, 8, 52, 7, 85, 3, 98, 9, 22, 5, 43},
		{2, 14, 0, 6, 1, 22, 5, 61, 3, 26, 4, 69, 8, 21, 7, 49, 9, 72, 6, 53},
		{2, 84, 1, 2, 5, 52, 3, 95, 8, 48, 9, 72, 0, 47, 6, 65, 4, 6, 7, 25},
		{1, 46, 0, 37, 3, 61, 2, 13, 6, 32, 5, 21, 9, 32, 8, 89, 7, 30, 4, 55},
		{2, 31, 0, 86, 1, 46, 5, 74, 4, 32, 6, 88, 8, 19, 9, 48, 7, 36, 3, 79},
		{0, 76, 1, 69, 3, 76, 5, 51, 2, 85, 9, 11, 6, 40, 7, 89, 4, 26, 8, 74},
		{1, 85, 0, 13, 2, 61, 6, 7, 8, 64, 9, 76, 5, 47, 3, 52, 4, 90, 7, 45},
	})
}

func fromRows(machines int, rows [][]int32) *plain.Shop {
	s := &plain.Shop{Machines: machines, Release: make([]int32, len(rows)), Tail: make([]int32, len(rows))}
	for _, r := range rows {
		s.JobStart = append(s.JobStart, int32(len(s.Machine)))
		for i := 0; i < len(r); i += 2 {
			s.Machine = append(s.Machine, r[i])
			s.Time = append(s.Time, r[i+1])
		}
	}
	s.JobStart = append(s.JobStart, int32(len(s.Machine)))
	return s
}
