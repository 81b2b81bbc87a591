package control

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Revision is a corrected plan and what is different about it.
type Revision struct {
	// Problem is what is true now, and Plan is allowed for it.
	Problem *schedule.Problem
	Plan    *schedule.Plan
	// Changes lists what moved against the plan before, as far as that was
	// still to be done, in the sense of [schedule.Changes].
	Changes []schedule.Change
	// Effects lists the contract lines that are delivered otherwise, in the
	// order of the problem.
	Effects []Effect

	before *schedule.Plan
}

// An Effect is what a revision does to a contract line.
type Effect struct {
	Line     schedule.LineID
	Contract schedule.ContractID
	Customer string
	Due      time.Time
	// Before and After are when the last of it is delivered; zero if nothing is.
	Before, After time.Time
	// Lost is how much less is delivered; negative if it is more.
	Lost wip.Qty
}

// compare fills in what is different.
func (r *Revision) compare() {
	r.Changes = schedule.Changes(r.before, r.Plan)
	was := make(map[schedule.LineID]*schedule.Promise, len(r.before.Promises))
	for i := range r.before.Promises {
		was[r.before.Promises[i].Line] = &r.before.Promises[i]
	}
	x := schedule.NewIndex(r.Problem)
	r.Effects = nil
	for i := range r.Plan.Promises {
		q := &r.Plan.Promises[i]
		e := newEffect(x, q.Line)
		e.After = q.Last
		var short wip.Qty
		if old := was[q.Line]; old != nil {
			e.Before, short = old.Last, old.Short
		} else {
			short = q.Short + q.Delivered
		}
		if e.Lost = q.Short - short; e.Lost != 0 || !e.Before.Equal(e.After) {
			r.Effects = append(r.Effects, e)
		}
	}
}

func newEffect(x *schedule.Index, line schedule.LineID) Effect {
	l := x.Lines.Find(line)
	e := Effect{Line: line, Contract: l.Contract, Due: l.Due}
	if c := x.Contracts.Find(l.Contract); c != nil {
		e.Customer = c.Customer
	}
	return e
}

// Late reports whether the line is late or lacks something after the change.
func (e *Effect) Late() bool { return e.Lost > 0 || e.After.After(e.Due) }

// String says the effect in words.
func (e Effect) String() string {
	name := string(e.Line)
	if e.Customer != "" {
		name += " (" + e.Customer + ")"
	}
	switch {
	case e.After.IsZero():
		return name + " can no longer be delivered"
	case e.Before.IsZero():
		return fmt.Sprintf("%s is delivered %s", name, e.due())
	case e.Lost > 0:
		return fmt.Sprintf("%s lacks %d of its quantity, the last of it is delivered %s", name, e.Lost, e.due())
	case e.After.After(e.Before):
		return fmt.Sprintf("%s is delivered %s later, %s", name, span(e.After.Sub(e.Before)), e.due())
	default:
		return fmt.Sprintf("%s is delivered %s earlier, %s", name, span(e.Before.Sub(e.After)), e.due())
	}
}

func (e Effect) due() string {
	if late := e.After.Sub(e.Due); late > 0 {
		return fmt.Sprintf("%s, %s late", stamp(e.After), span(late))
	}
	return stamp(e.After) + ", on time"
}

// A Move is a change in words: what moved, by how much, and because of what.
type Move struct {
	schedule.Change
	// By is how much later it starts; negative if it is earlier.
	By time.Duration
	// Why it could not stay: what it waits for now. Zero if nothing made it
	// move.
	Why schedule.Cause
}

// String says the move in words.
func (m Move) String() string {
	what := string(m.Order)
	if m.Step != "" {
		what += "/" + string(m.Step)
	} else {
		what = "release of " + what
	}
	switch {
	case m.After.IsZero():
		what += " is dropped, was " + stamp(m.Before)
	case m.Before.IsZero():
		what += " is new, " + stamp(m.After)
	case m.By == 0:
		what += " takes another time or place from " + stamp(m.After)
	case m.By > 0:
		what += fmt.Sprintf(" moves %s later to %s", span(m.By), stamp(m.After))
	default:
		what += fmt.Sprintf(" moves %s earlier to %s", span(-m.By), stamp(m.After))
	}
	if m.Why.Kind != 0 {
		what += ": " + m.Why.String()
	}
	return what
}

// String tells the whole revision, a line each: first what it does to
// contracts, then what moved.
func (r *Revision) String() string {
	var b strings.Builder
	for _, e := range r.Effects {
		fmt.Fprintln(&b, e)
	}
	for _, m := range r.Moves() {
		fmt.Fprintln(&b, m)
	}
	return b.String()
}

// Moves explains the changes, those of operations before those of releases that
// go with them. It takes time in proportion to the plan.
func (r *Revision) Moves() []Move {
	e := newExplanation(r.Problem, r.Plan)
	moves := make([]Move, 0, len(r.Changes))
	for _, c := range r.Changes {
		m := Move{Change: c}
		if !c.Before.IsZero() && !c.After.IsZero() {
			m.By = c.After.Sub(c.Before)
		}
		if c.Step != "" && m.By > 0 {
			m.Why = e.why(c)
		}
		moves = append(moves, m)
	}
	slices.SortStableFunc(moves, func(a, b Move) int { return strings.Compare(order(a), order(b)) })
	return moves
}

// order puts releases last.
func order(m Move) string {
	if m.Step == "" {
		return "1"
	}
	return "0"
}

func stamp(t time.Time) string { return t.Format("2006-01-02 15:04") }

// span writes a duration as people say it.
func span(d time.Duration) string {
	d = d.Round(time.Minute)
	days := d / (24 * time.Hour)
	rest := d - days*24*time.Hour
	switch {
	case days > 0 && rest > 0:
		return fmt.Sprintf("%dd %s", days, strings.TrimSuffix(rest.String(), "0s"))
	case days > 0:
		return fmt.Sprintf("%dd", days)
	}
	return strings.TrimSuffix(d.String(), "0s")
}
