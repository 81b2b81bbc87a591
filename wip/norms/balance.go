package norms

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// A Task is a piece of work that cannot be divided among stations.
type Task struct {
	Time  time.Duration // greater than 0, at most the takt
	After []int         // positions of the tasks that come before it
}

// A LineBalance says which station of a line does which tasks.
type LineBalance struct {
	Stations [][]int // positions of tasks, in the order of work
	// Least is a number of stations that no balance can do with less than:
	// ⌈Σt/r⌉.
	Least int
	// Efficiency is Σt/(m r) for m stations, and Smoothness the root of the
	// squares of what each station has less than the busiest, in seconds.
	Efficiency, Smoothness float64
}

// Balance assigns tasks to stations of a line with a takt by ranked positional
// weight (Helgeson and Birnie 1961): stations are filled one after the other,
// each with the task of the largest weight, its time and that of all that
// follow it, among those that fit and whose predecessors are assigned. Ties go
// to the first listed. The result is not always a least one; it takes O(n²)
// time, and more for weights if the order has many arcs.
func Balance(tasks []Task, takt time.Duration) (LineBalance, error) {
	var c check
	c.notEmpty("tasks", len(tasks))
	c.positive("takt", int64(takt))
	for i, t := range tasks {
		c.within(at("tasks", i, ".Time"), int64(t.Time), 1, int64(takt))
		for k, a := range t.After {
			c.within(at("tasks", i, at(".After", k, "")), int64(a), 0, int64(len(tasks)-1))
		}
	}
	if len(c) > 0 {
		return LineBalance{}, c.err()
	}
	order, ok := sorted(len(tasks), func(i int) []int { return tasks[i].After })
	if !ok {
		c.add(Loop, "tasks", "wait for each other in a circle")
		return LineBalance{}, c.err()
	}
	weights, ok := positionalWeights(tasks, order)
	if !ok {
		return LineBalance{}, tooLarge("tasks")
	}
	b := LineBalance{Stations: fill(tasks, takt, ranked(weights))}
	b.measure(tasks, takt)
	return b, nil
}

// positionalWeights returns for each task its time and that of all that follow
// it. The order has every task before those it comes after.
func positionalWeights(tasks []Task, order []int) ([]time.Duration, bool) {
	n := len(tasks)
	follows := make([][]bool, n) // follows[i][j]: j comes after i, at whatever distance
	for i := range follows {
		follows[i] = make([]bool, n)
		follows[i][i] = true
	}
	weights := make([]time.Duration, n)
	for _, j := range order {
		for _, i := range tasks[j].After {
			for k, yes := range follows[j] {
				follows[i][k] = follows[i][k] || yes
			}
		}
		ok := true
		for k, yes := range follows[j] {
			if yes && ok {
				weights[j], ok = sum(weights[j], tasks[k].Time)
			}
		}
		if !ok {
			return nil, false
		}
	}
	return weights, true
}

func ranked(weights []time.Duration) []int {
	rank := make([]int, len(weights))
	for i := range rank {
		rank[i] = i
	}
	slices.SortStableFunc(rank, func(a, b int) int { return cmp.Compare(weights[b], weights[a]) })
	return rank
}

// fill opens stations one after the other, each with the first tasks by rank
// that can be done there.
func fill(tasks []Task, takt time.Duration, rank []int) [][]int {
	var stations [][]int
	assigned := make([]bool, len(tasks))
	ready := func(i int) bool {
		return !slices.ContainsFunc(tasks[i].After, func(a int) bool { return !assigned[a] })
	}
	for left := len(tasks); left > 0; {
		var station []int
		room := takt
		for {
			at := slices.IndexFunc(rank, func(i int) bool { return !assigned[i] && tasks[i].Time <= room && ready(i) })
			if at < 0 {
				break
			}
			i := rank[at]
			assigned[i], room, left = true, room-tasks[i].Time, left-1
			station = append(station, i)
		}
		stations = append(stations, station)
	}
	return stations
}

func (b *LineBalance) measure(tasks []Task, takt time.Duration) {
	total, busiest := time.Duration(0), time.Duration(0)
	loads := make([]time.Duration, len(b.Stations))
	for s, station := range b.Stations {
		for _, i := range station {
			loads[s] += tasks[i].Time
		}
		total += loads[s]
		busiest = max(busiest, loads[s])
	}
	b.Least = int((total-1)/takt + 1)
	b.Efficiency = float64(total) / (float64(len(b.Stations)) * float64(takt))
	squares := 0.0
	for _, l := range loads {
		d := (busiest - l).Seconds()
		squares += float64(d * d)
	}
	b.Smoothness = math.Sqrt(squares)
}
