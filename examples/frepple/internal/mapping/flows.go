package mapping

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// outputs returns the flows of a variant that fill a stock point.
func (mp *mapper) outputs(v variant, at *point) []*model.Flow {
	var list []*model.Flow
	for _, part := range v.parts() {
		for _, f := range mp.index.flows[part] {
			if produces(f) && mp.flowPoint(f, part, at.batch) == at {
				list = append(list, f)
			}
		}
	}
	return list
}

// consume maps the flows of an operation that take material; those at the end
// go to a step of no time behind it.
func (rc *recipe) consume(o *model.Operation, start, end *schedule.Step) {
	for _, d := range rc.index.blockers[o] {
		if !slices.Contains(rc.steps, d.BlockedBy) {
			start.Needs = append(start.Needs, rc.blocked(d))
		}
	}
	for _, group := range alternatives(rc.index.flows[o]) {
		to := start
		if group[0].Kind == "flow_end" {
			to = end
		}
		to.Needs = append(to.Needs, rc.needs(group, o)...)
	}
}

// blocked maps an operation that has to be done before: its completion is an
// item on paper.
func (rc *recipe) blocked(d *model.Dependency) schedule.Need {
	pt := rc.completion(d.BlockedBy)
	if d.Soft > 0 {
		for i := range rc.p.Items {
			if rc.p.Items[i].ID == pt.id {
				rc.p.Items[i].SafetyTime = max(rc.p.Items[i].SafetyTime, d.Soft)
			}
		}
	}
	return schedule.Need{Item: pt.id, Location: pt.place, Offset: -max(0, d.Hard),
		Per: wip.Qty(rc.perUnit(d.Quantity)), Fixed: rc.once(0, d.Quantity)}
}

// alternatives groups the flows that take material by their name; those
// without are groups of their own. Flows of one item with disjoint dates are
// no alternates of each other.
func alternatives(flows []*model.Flow) [][]*model.Flow {
	var groups [][]*model.Flow
	for _, f := range flows {
		if produces(f) || f.Quantity == 0 && f.Fixed == 0 {
			continue
		}
		i := slices.IndexFunc(groups, func(g []*model.Flow) bool { return f.Name != "" && g[0].Name == f.Name })
		if i < 0 {
			groups = append(groups, []*model.Flow{f})
		} else {
			groups[i] = append(groups[i], f)
		}
	}
	for _, g := range groups {
		slices.SortStableFunc(g, func(a, b *model.Flow) int { return cmp.Compare(rank(a.Priority), rank(b.Priority)) })
	}
	return groups
}

// rank sorts what is only used by hand, priority 0, behind all others.
func rank(priority int) int {
	if priority == 0 {
		return 1 << 30
	}
	return priority
}

// needs maps a group of alternate flows: for every span in which the same of
// them are in effect, the first one with the others as its alternates.
func (rc *recipe) needs(group []*model.Flow, o *model.Operation) []schedule.Need {
	var list []schedule.Need
	for _, span := range slicesOf(group, func(f *model.Flow) model.Span { return f.Effective }) {
		var choice []*model.Flow
		for _, f := range group {
			if covers(f.Effective, span) && (f.Priority != 0 || len(group) == 1) {
				choice = append(choice, f)
			}
		}
		if len(choice) > 0 {
			n := rc.need(choice, o)
			n.Effective = schedule.Span(span)
			list = append(list, n)
		}
	}
	return list
}

// need maps alternate flows. An alternate shares the location of a need, so
// that for flows from several places the need is of an item on paper, which
// each of them fills.
func (rc *recipe) need(choice []*model.Flow, o *model.Operation) schedule.Need {
	first := rc.flowPoint(choice[0], o, rc.batch)
	elsewhere := func(f *model.Flow) bool { return rc.flowPoint(f, o, rc.batch).place != first.place }
	if slices.ContainsFunc(choice, elsewhere) {
		pt := rc.choiceOf(choice, o)
		return schedule.Need{Item: pt.id, Location: pt.place, Per: wip.Qty(rc.perUnit(model.One)), Fixed: rc.once(0, model.One), Offset: choice[0].Offset}
	}
	n := schedule.Need{Item: first.id, Location: first.place, Per: wip.Qty(rc.perUnit(-choice[0].Quantity)),
		Fixed: rc.once(-choice[0].Fixed, -choice[0].Quantity), Offset: choice[0].Offset}
	for _, f := range choice[1:] {
		n.Alternates = append(n.Alternates, schedule.Alternate{Item: rc.flowPoint(f, o, rc.batch).id, Per: wip.Qty(rc.perUnit(-f.Quantity)),
			Fixed: rc.once(-f.Fixed, -f.Quantity), Priority: f.Priority})
	}
	return n
}

// choiceOf returns a point on paper that holds what an operation takes for a
// unit, from whichever place it comes.
func (rc *recipe) choiceOf(choice []*model.Flow, o *model.Operation) *point {
	name := "choice for " + o.Name
	pt := &point{pointKey: pointKey{&model.Item{Entity: model.Entity{Name: name}}, o.Location, ""}, paper: true}
	rc.register(pt, name)
	for n, f := range choice {
		from := rc.flowPoint(f, o, rc.batch)
		id := schedule.RoutingID(fmt.Sprintf("%s: %s @ %s (%d)", pt.id, from.id, from.place, n+1))
		rc.p.Routings = append(rc.p.Routings, schedule.Routing{ID: id, Item: pt.id, Shop: schedule.ShopID(pt.place), Source: schedule.Source{Priority: n + 1},
			Steps: []schedule.Step{{ID: "take", Needs: []schedule.Need{{Item: from.id, Location: from.place, Per: wip.Qty(-f.Quantity), Fixed: wip.Qty(-f.Fixed)}}}}})
		rc.out.Operations[id] = o
	}
	return pt
}

// slicesOf cuts time where one of a list comes into effect or goes out of it.
func slicesOf[T any](list []T, effective func(T) model.Span) []model.Span {
	var cuts []time.Time
	for _, x := range list {
		for _, t := range []time.Time{effective(x).From, effective(x).To} {
			if !t.IsZero() {
				cuts = append(cuts, t)
			}
		}
	}
	slices.SortFunc(cuts, time.Time.Compare)
	cuts = slices.CompactFunc(cuts, time.Time.Equal)
	spans := []model.Span{{}}
	for _, t := range cuts {
		spans[len(spans)-1].To = t
		spans = append(spans, model.Span{From: t})
	}
	return spans
}

// covers reports whether all of a slice lies in a span.
func covers(s, slice model.Span) bool {
	return !slice.From.Before(s.From) && (s.To.IsZero() || !slice.To.IsZero() && !slice.To.After(s.To))
}

// produce maps the flows of an operation that make something besides the
// recipe's item. It reports whether any comes at the beginning, before the step.
func (rc *recipe) produce(o *model.Operation, s, before *schedule.Step) bool {
	early := false
	for _, f := range rc.index.flows[o] {
		if !produces(f) {
			continue
		}
		pt := rc.flowPoint(f, o, rc.batch)
		if pt == rc.at {
			continue
		}
		c := schedule.Product{Item: pt.id, Location: pt.place, Step: s.ID, Per: wip.Qty(rc.perUnit(f.Quantity)), Fixed: rc.once(f.Fixed, f.Quantity), Effective: schedule.Span(f.Effective)}
		if f.Kind == "flow_start" {
			c.Step, early = before.ID, true
		}
		rc.r.Products = append(rc.r.Products, c)
	}
	return early
}

// wholeFlows maps the flows of the routing itself: material is taken by the
// first step, and what is made comes from the last.
func (rc *recipe) wholeFlows() {
	if len(rc.r.Steps) == 0 {
		rc.r.Steps = []schedule.Step{{ID: "none"}}
	}
	first, last := &rc.r.Steps[0], &rc.r.Steps[len(rc.r.Steps)-1]
	for _, w := range rc.wholes {
		var before schedule.Step
		rc.consume(w, first, last)
		rc.produce(w, last, &before)
	}
}
