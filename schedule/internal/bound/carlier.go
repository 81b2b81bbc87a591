package bound

// Carlier returns a lower bound of the makespan without interruption, at least
// the preemptive one: the exact value if that takes no more than nodes nodes of
// Carlier's branch and bound, and else what is proven by then. The tasks are
// changed during the call and restored.
//
// In each node Schrage's schedule is made: whenever the machine is free, the
// available task with the longest tail. On its critical block the last task
// with a shorter tail than the block's last is the critical one: it comes
// before or after all those that follow it there (Carlier 1982).
func (x *OneMachine) Carlier(tasks []Task, nodes int) int64 {
	x.visited = 0
	low := x.Preemptive(tasks)
	high := int64(1) << 62
	if x.branch(tasks, nodes, low, &high) {
		return max(low, high)
	}
	return low
}

// branch lowers high to the least makespan of the node, if that is below it.
// It returns false if the nodes are used up; then high proves nothing. It
// prunes what cannot be below high, and stops at the bound low of the root.
func (x *OneMachine) branch(tasks []Task, nodes int, low int64, high *int64) bool {
	if x.visited++; x.visited > nodes {
		return false
	}
	order := make([]int32, 0, len(tasks))
	makespan, order := x.schrage(tasks, order)
	*high = min(*high, makespan)
	if *high <= low {
		return true
	}
	critical, rest := x.critical(tasks, order, makespan)
	if critical < 0 {
		return true
	}
	head, time, tail := rest.Head, rest.Time, rest.Tail
	c := &tasks[critical]
	saved := *c
	// After all of the rest, then before all of it.
	c.Head = max(c.Head, head+time)
	ok := x.Preemptive(tasks) >= *high || x.branch(tasks, nodes, low, high)
	*c = saved
	c.Tail = max(c.Tail, time+tail)
	ok = ok && (x.Preemptive(tasks) >= *high || x.branch(tasks, nodes, low, high))
	*c = saved
	return ok
}

// schrage returns the makespan of Schrage's schedule and appends its order.
func (x *OneMachine) schrage(tasks []Task, order []int32) (int64, []int32) {
	x.sort(tasks)
	x.starts = append(x.starts[:0], make([]int64, len(tasks))...)
	now, longest := int64(0), int64(0)
	next := 0
	for len(order) < len(tasks) {
		if len(x.queue) == 0 {
			now = max(now, tasks[x.byHead[next]].Head)
		}
		next = x.admit(tasks, next, now)
		t := x.pop().task
		x.starts[t] = now
		now += tasks[t].Time
		longest = max(longest, now+tasks[t].Tail)
		order = append(order, t)
	}
	return longest, order
}

// critical returns the critical task of Schrage's schedule, or -1 if the
// schedule is optimal, and the tasks behind it in the critical block as one:
// their least head, total time and least tail.
func (x *OneMachine) critical(tasks []Task, order []int32, makespan int64) (int32, Task) {
	last := len(order) - 1
	for x.starts[order[last]]+tasks[order[last]].Time+tasks[order[last]].Tail != makespan {
		last--
	}
	tail := tasks[order[last]].Tail
	rest := Task{Head: 1 << 62, Tail: tail}
	for i := last; i >= 0; i-- {
		t := tasks[order[i]]
		if t.Tail < tail {
			return order[i], rest
		}
		rest.Head = min(rest.Head, t.Head)
		rest.Time += t.Time
		if i > 0 && x.starts[order[i-1]]+tasks[order[i-1]].Time < x.starts[order[i]] {
			break // idle before: the block begins here
		}
	}
	return -1, rest
}
