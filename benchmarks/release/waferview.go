package main

import (
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A waferView is a line as planners see it: the busiest groups of tools, and
// between their steps a queue for all that happens elsewhere, which is the raw
// time of that times a factor. A lot of some hundred steps so becomes some dozens
// of operations.
type waferView struct {
	line      *waferLine
	resources []capacity.Resource
	items     []schedule.Item
	routings  []schedule.Routing
	steps     [][]int           // of the line, by part: those that are planned
	passed    [][]time.Duration // raw time before each step of the line, by part
	factor    float64
}

// newWaferView keeps the given number of groups. Breakdowns count as slowness.
func newWaferView(l *waferLine, groups int, factor float64) *waferView {
	v := &waferView{line: l, factor: factor}
	kept := map[schedule.ResourceID]bool{}
	for _, x := range l.busiest(groups) {
		kept[schedule.ResourceID(l.fab.Tools[x.group].Name)] = true
	}
	for _, r := range l.resources {
		if kept[r.ID] {
			r.Efficiency = int(1000 * l.fab.Tools[l.group(r.ID)].Availability())
			v.resources = append(v.resources, r)
		}
	}
	for i := range l.routings {
		v.add(&l.routings[i], kept)
	}
	return v
}

// add takes up the routing of the next part.
func (v *waferView) add(r *schedule.Routing, kept map[schedule.ResourceID]bool) {
	coarse := schedule.Routing{ID: r.ID, Item: r.Item}
	var steps []int
	passed := make([]time.Duration, len(r.Steps)+1)
	elsewhere := time.Duration(0) // since the last step that is planned
	for k := range r.Steps {
		m := r.Steps[k].Modes[0]
		passed[k+1] = passed[k] + m.Setup + m.Fixed + r.Steps[k].Move
		if len(m.Uses) == 0 || !kept[m.Uses[0].Resource] {
			elsewhere += passed[k+1] - passed[k]
			continue
		}
		coarse.Steps = append(coarse.Steps, schedule.Step{
			ID: r.Steps[k].ID, Pausable: true, Modes: []schedule.Mode{m}, Queue: v.stretched(elsewhere),
		})
		steps = append(steps, k)
		elsewhere = r.Steps[k].Move
	}
	if last := len(coarse.Steps) - 1; last >= 0 {
		coarse.Steps[last].Move = v.stretched(elsewhere)
	}
	v.steps, v.passed = append(v.steps, steps), append(v.passed, passed)
	v.routings = append(v.routings, coarse)
	v.items = append(v.items, schedule.Item{ID: r.Item, Unit: perMille, Lot: schedule.Lot{Rule: schedule.FixedLot, Size: whole}})
}

func (v *waferView) stretched(d time.Duration) time.Duration {
	return time.Duration(v.factor * float64(d)).Truncate(time.Second)
}

// states are the planned steps of a lot that are done when so many of the line
// are. The last of them ended as long ago as what has been done since takes.
func (v *waferView) states(part, done int, now time.Time) []schedule.StepState {
	var list []schedule.StepState
	for i, k := range v.steps[part] {
		if k >= done {
			break
		}
		m := &v.routings[part].Steps[i].Modes[0]
		since := v.stretched(max(0, v.passed[part][done]-v.passed[part][k]-m.Setup-m.Fixed))
		list = append(list, schedule.StepState{
			Step: v.routings[part].Steps[i].ID, Start: now.Add(-since - m.Setup - m.Fixed), End: now.Add(-since), Done: true, Issued: true,
			Progress: wip.Progress{Good: whole},
		})
	}
	return list
}

// rest is the routing of what a lot in the line has still to undergo, as if it
// were an item of its own.
func (v *waferView) rest(id schedule.ItemID, part, done int) schedule.Routing {
	next, _ := slices.BinarySearch(v.steps[part], done)
	r := schedule.Routing{ID: schedule.RoutingID(id), Item: id, Steps: slices.Clone(v.routings[part].Steps[next:])}
	if len(r.Steps) > 0 {
		r.Steps[0].Queue = v.stretched(v.passed[part][v.steps[part][next]] - v.passed[part][done])
	}
	return r
}
