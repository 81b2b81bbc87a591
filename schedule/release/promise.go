package release

import (
	"time"

	"github.com/taktplan/takt/schedule"
)

// A Promise compares what the program promises of a line with what the plan
// does.
type Promise struct {
	Line schedule.LineID
	Due  time.Time
	// Program is the end of the period in which the program delivers the last
	// of the line, or the due date if that is on time; zero if it delivers
	// nothing. Plan is the date of the last delivery of the plan, or zero.
	Program, Plan time.Time
	// ProgramShort and PlanShort are whole units never delivered.
	ProgramShort, PlanShort float64
	// Bindings are what keeps the program from delivering on time, the
	// dearest first; empty if it does.
	Bindings []Binding
}

// promises compares the promises of an answer with those of a plan.
func (a *answer) promises(plan *schedule.Plan) []Promise {
	said := make(map[schedule.LineID]*schedule.Promise, len(plan.Promises))
	for i := range plan.Promises {
		said[plan.Promises[i].Line] = &plan.Promises[i]
	}
	list := make([]Promise, len(a.demands))
	for c := range a.demands {
		l := &a.p.Lines[a.lines[c]]
		list[c] = Promise{Line: l.ID, Due: l.Due, Program: a.delivered(c), ProgramShort: a.value(a.b.short[c])}
		if q := said[l.ID]; q != nil {
			list[c].Plan, list[c].PlanShort = q.Last, a.units(q.Short, l.Item)
		}
		if a.lateOrShort(c) {
			list[c].Bindings = a.bindings(c)
		}
	}
	return list
}

// delivered returns when the program delivers the last of a line.
func (a *answer) delivered(c int) time.Time {
	d := &a.demands[c]
	for n := len(d.within) - 1; n >= 0; n-- {
		if a.value(a.b.deliver[c][n]) <= 1e-6*d.qty {
			continue
		}
		if d.within[n].late == 0 {
			return a.p.Lines[a.lines[c]].Due
		}
		return a.timeAt(a.grid[d.within[n].period+1])
	}
	return time.Time{}
}
