package main

import "fmt"

// A row compares two sides on a set.
type row struct {
	name               string
	instances          int
	ours, theirs       tally
	wins, ties, losses int
}

// A tally is how a side did.
type tally struct {
	found, proven int
	compared      int     // with a reference above 0
	deviation     float64 // sum, in per cent of the reference
	worst         float64
	cost          int64 // sum of values where both sides have a schedule
}

func (r *row) add(ours, theirs outcome, reference int64) {
	r.instances++
	r.ours.add(ours, reference)
	r.theirs.add(theirs, reference)
	if ours.found && theirs.found {
		r.ours.cost += ours.value
		r.theirs.cost += theirs.value
	}
	switch {
	case ours.found && (!theirs.found || ours.value < theirs.value):
		r.wins++
	case ours.found == theirs.found && ours.value == theirs.value:
		r.ties++
	default:
		r.losses++
	}
}

func (t *tally) add(o outcome, reference int64) {
	if !o.found {
		return
	}
	t.found++
	if o.proven {
		t.proven++
	}
	if reference > 0 {
		t.compared++
		d := 100 * float64(o.value-reference) / float64(reference)
		t.deviation += d
		t.worst = max(t.worst, d)
	}
}

// printHeading begins the table, of two sides or of Takt alone.
func printHeading(alone bool) {
	if alone {
		fmt.Println("| set | instances | mean % | worst % | proven |")
		fmt.Println("|---|---|---|---|---|")
		return
	}
	fmt.Println("| set | instances | Takt, mean % | CP-SAT, mean % | Takt, sum | CP-SAT, sum | Takt proven | CP-SAT proven | wins / ties / losses |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|")
}

func (r *row) print(alone bool) {
	if alone {
		fmt.Printf("| %s | %d | %s | %.2f | %d |\n", r.name, r.instances, r.ours.mean(r.instances), r.ours.worst, r.ours.proven)
		return
	}
	fmt.Printf("| %s | %d | %s | %s | %d | %d | %d | %d | %d / %d / %d |\n", r.name, r.instances,
		r.ours.mean(r.instances), r.theirs.mean(r.instances), r.ours.cost, r.theirs.cost,
		r.ours.proven, r.theirs.proven, r.wins, r.ties, r.losses)
}

// mean is the mean deviation, with the number of instances that have no
// schedule and are left out of it.
func (t *tally) mean(instances int) string {
	s := fmt.Sprintf("%.2f", t.deviation/float64(max(1, t.compared)))
	if missing := instances - t.found; missing > 0 {
		s += fmt.Sprintf(" (%d without)", missing)
	}
	return s
}
