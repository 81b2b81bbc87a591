// Package bound computes lower bounds of makespans: what no schedule can beat,
// whoever makes it.
package bound

import (
	"cmp"
	"slices"
)

// A Task is an operation seen from its machine: it is available at Head, takes
// Time on the machine, and Tail must pass after it.
type Task struct {
	Head, Time, Tail int64
}

// A OneMachine bounds the time by which a machine that does one task at a time
// has done all of a set of tasks and their tails have passed. It keeps its
// scratch memory, so that one that is used again does not allocate. The zero
// value is ready.
type OneMachine struct {
	byHead  []int32
	queue   []queued // heap, longest tail on top
	rest    []int64
	starts  []int64
	visited int
}

type queued struct {
	tail int64
	task int32
}

// Preemptive returns the least makespan if tasks may be interrupted: Jackson's
// schedule, in which at any time the available task with the longest tail is
// done. It is 0 without tasks, and takes O(n log n) time.
//
// Jackson, "Scheduling a production line to minimize maximum tardiness", 1955;
// Carlier, "The one-machine sequencing problem", European Journal of
// Operational Research 11, 1982.
func (x *OneMachine) Preemptive(tasks []Task) int64 {
	x.sort(tasks)
	x.rest = x.rest[:0]
	for i := range tasks {
		x.rest = append(x.rest, tasks[i].Time)
	}
	now, longest := int64(0), int64(0)
	next := 0
	for next < len(tasks) || len(x.queue) > 0 {
		if len(x.queue) == 0 {
			now = max(now, tasks[x.byHead[next]].Head)
		}
		next = x.admit(tasks, next, now)
		top := x.queue[0].task
		until := now + x.rest[top]
		if next < len(tasks) {
			until = min(until, tasks[x.byHead[next]].Head)
		}
		x.rest[top] -= until - now
		now = until
		if x.rest[top] == 0 {
			longest = max(longest, now+tasks[top].Tail)
			x.pop()
		}
	}
	return longest
}

// sort fills byHead and empties the queue.
func (x *OneMachine) sort(tasks []Task) {
	x.byHead = x.byHead[:0]
	for i := range tasks {
		x.byHead = append(x.byHead, int32(i))
	}
	slices.SortFunc(x.byHead, func(a, b int32) int {
		return cmp.Or(cmp.Compare(tasks[a].Head, tasks[b].Head), cmp.Compare(a, b))
	})
	x.queue = x.queue[:0]
}

// admit queues the tasks from byHead[next] on that are available at now, and
// returns the first that is not.
func (x *OneMachine) admit(tasks []Task, next int, now int64) int {
	for ; next < len(tasks) && tasks[x.byHead[next]].Head <= now; next++ {
		x.push(queued{tasks[x.byHead[next]].Tail, x.byHead[next]})
	}
	return next
}

func (a queued) before(b queued) bool {
	if a.tail != b.tail {
		return a.tail > b.tail
	}
	return a.task < b.task
}

func (x *OneMachine) push(q queued) {
	x.queue = append(x.queue, q)
	for i := len(x.queue) - 1; i > 0; {
		up := (i - 1) / 2
		if !x.queue[i].before(x.queue[up]) {
			return
		}
		x.queue[i], x.queue[up] = x.queue[up], x.queue[i]
		i = up
	}
}

func (x *OneMachine) pop() queued {
	top := x.queue[0]
	n := len(x.queue) - 1
	x.queue[0] = x.queue[n]
	x.queue = x.queue[:n]
	for i := 0; ; {
		least := i
		for c := 2*i + 1; c <= 2*i+2 && c < n; c++ {
			if x.queue[c].before(x.queue[least]) {
				least = c
			}
		}
		if least == i {
			return top
		}
		x.queue[i], x.queue[least] = x.queue[least], x.queue[i]
		i = least
	}
}
