package mapping

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
)

// An option is one resource that can carry a load.
type option struct {
	on        []*resource // more than one if a pool lends several members
	units     int
	load      *model.Load
	priority  int
	effective model.Span
	cost      model.Amount
}

// maxModes bounds the combinations of alternates that are listed for a step.
const maxModes = 64

// modes maps loads of an operation to the modes of a step that takes the time
// of base: the combinations of what can carry each load. False means that one
// cannot be carried at all.
func (rc *recipe) modes(o *model.Operation, s *schedule.Step, groups [][]*model.Load, base schedule.Mode) ([]schedule.Mode, bool) {
	combos := []combo{{}}
	for _, group := range groups {
		options := rc.options(group, o)
		if len(options) == 0 {
			return nil, false
		}
		var longer []combo
		for _, c := range combos {
			for _, opt := range options {
				if next, ok := c.with(opt); ok && len(longer) < maxModes {
					longer = append(longer, next)
				}
			}
		}
		combos = longer
		rc.setFamily(group, s, o)
	}
	var list []schedule.Mode
	for _, c := range combos {
		m := base
		m.Uses, m.Priority, m.Effective = rc.uses(c), c.priority, schedule.Span(c.effective)
		if len(m.Uses) == 0 && base.Fixed == 0 && base.PerUnit == 0 {
			return nil, true
		}
		s.Pausable = s.Pausable || slices.ContainsFunc(m.Uses, rc.hasHours)
		list = append(list, m)
	}
	if len(list) == 0 {
		rc.note(o.Entity, "operation %q can never be done: its loads ask for one resource several times", o.Name)
	}
	return list, len(list) > 0
}

// hasHours reports whether a resource works by a calendar.
func (rc *recipe) hasHours(u schedule.Use) bool { return rc.closed[u.Resource] }

// loadGroups groups the loads of a step, and of the routing around it, by
// name; those with one name are alternates. Loads on buckets may be taken at the
// end of the work.
func (rc *recipe) loadGroups(o *model.Operation) (during, atEnd [][]*model.Load) {
	kept := func(l *model.Load) bool { return rc.tools[l] != nil || rc.isPieceTool(l) }
	loads := slices.DeleteFunc(slices.Clone(rc.index.loads[o]), kept)
	for _, w := range rc.wholes {
		for _, l := range rc.index.loads[w] {
			if kept(l) {
				continue
			}
			rc.note(l.Entity, "the load of %q is one of each of its steps", w.Name)
			loads = append(loads, l)
		}
	}
	for _, l := range loads {
		if l.Quantity == 0 && l.Fixed == 0 {
			continue
		}
		groups := &during
		if isBucket(l.Resource) && rc.takenAtEnd(l, o) {
			groups = &atEnd
		}
		i := slices.IndexFunc(*groups, func(g []*model.Load) bool { return l.Name != "" && g[0].Name == l.Name })
		if i < 0 {
			*groups = append(*groups, []*model.Load{l})
		} else {
			(*groups)[i] = append((*groups)[i], l)
		}
	}
	return during, atEnd
}

// setFamily notes what the step's machine has to be set up for.
func (rc *recipe) setFamily(group []*model.Load, s *schedule.Step, o *model.Operation) {
	for _, l := range group {
		if l.Setup == "" {
			continue
		}
		if s.Family != "" && s.Family != capacity.Family(l.Setup) {
			rc.note(l.Entity, "operation %q: of its set-ups only %q counts", o.Name, s.Family)
			continue
		}
		s.Family = capacity.Family(l.Setup)
	}
}

// options lists what can carry one of a group of alternate loads; while none
// of them is in effect, nothing has to.
func (rc *recipe) options(group []*model.Load, o *model.Operation) []option {
	var list []option
	for _, l := range group {
		if l.Priority == 0 && len(group) > 1 {
			continue
		}
		for _, opt := range rc.carriers(l) {
			if len(group) > 1 {
				opt.priority += l.Priority
			}
			if opt.effective = both(opt.effective, l.Effective); !empty(opt.effective) {
				list = append(list, opt)
			}
		}
	}
	for _, span := range slicesOf(group, func(l *model.Load) model.Span { return l.Effective }) {
		if !slices.ContainsFunc(group, func(l *model.Load) bool { return covers(l.Effective, span) }) {
			list = append(list, option{effective: span})
		}
	}
	if len(list) == 0 {
		rc.note(group[0].Entity, "operation %q can never be done: nothing can carry its load on %q", o.Name, group[0].Resource.Name)
	}
	slices.SortStableFunc(list, func(a, b option) int { return cmp.Compare(a.priority, b.priority) })
	return list
}

// carriers lists the resources that can carry a load: the resource itself, or
// the members of a pool that have the skill.
func (rc *recipe) carriers(l *model.Load) []option {
	var members []option
	rc.leaves(l.Resource, 0, func(u *resource) {
		opt := option{on: []*resource{u}, units: rc.units(u, l.Quantity+l.Fixed), load: l}
		if l.Skill == nil {
			members = append(members, opt)
			return
		}
		for _, q := range rc.index.skills[u.Resource] {
			if q.Skill == l.Skill && q.Priority != 0 {
				opt.priority, opt.effective = q.Priority, q.Effective
				members = append(members, opt)
			}
		}
	})
	if byCost(l.Search) {
		slices.SortStableFunc(members, func(a, b option) int { return cmp.Compare(a.on[0].Cost, b.on[0].Cost) })
		for i := range members {
			members[i].priority = i
		}
	}
	if rc.m.PoolsOfIndividuals && len(rc.index.members[l.Resource]) > 0 && l.Quantity > model.One {
		return teams(members, int(l.Quantity/model.One))
	}
	return slices.DeleteFunc(members, func(opt option) bool { return !opt.on[0].bucket && opt.units > opt.on[0].units })
}

// leaves calls f for the resources below one that have no members.
func (mp *mapper) leaves(r *model.Resource, depth int, f func(*resource)) {
	if u := mp.resources[r]; u != nil {
		f(u)
		return
	}
	for _, m := range mp.index.members[r] {
		if depth < maxNesting {
			mp.leaves(m, depth+1, f)
		}
	}
}

// teams lists the ways to choose n of the members, each for a whole unit.
func teams(members []option, n int) []option {
	list := []option{{units: 1}}
	for size := range n {
		var larger []option
		for _, team := range list {
			from := 0
			if size > 0 {
				last := team.on[size-1]
				from = 1 + slices.IndexFunc(members, func(m option) bool { return m.on[0] == last })
			}
			for _, m := range members[from:] {
				if len(larger) < maxModes {
					larger = append(larger, option{on: append(slices.Clone(team.on), m.on[0]), units: int(m.on[0].scale),
						priority: team.priority + m.priority, effective: both(team.effective, m.effective)})
				}
			}
		}
		list = larger
	}
	return list
}

// A combo is a choice of one option for each of some loads.
type combo struct {
	list      []option
	priority  int
	effective model.Span
}

// with adds an option; no resource may carry two loads of a step unless it has
// the units for both.
func (c combo) with(o option) (combo, bool) {
	c.list = append(slices.Clone(c.list), o)
	c.priority += o.priority
	c.effective = both(c.effective, o.effective)
	asked := map[*resource]int{}
	for _, opt := range c.list {
		for _, r := range opt.on {
			if asked[r] += opt.units; asked[r] > r.units && !r.bucket {
				return c, false
			}
		}
	}
	return c, !empty(c.effective)
}

// uses lists what a combination occupies: first the resource that is set up,
// then the slowest, whose speed counts, and at last those counted by buckets.
func (rc *recipe) uses(c combo) []schedule.Use {
	type claim struct {
		r     *resource
		units int
		load  *model.Load
	}
	var claims []claim
	for _, opt := range c.list {
		for _, r := range opt.on {
			if i := slices.IndexFunc(claims, func(k claim) bool { return k.r == r }); i >= 0 {
				claims[i].units += opt.units
			} else {
				claims = append(claims, claim{r, opt.units, opt.load})
			}
		}
	}
	slices.SortStableFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(a.r.order(), b.r.order()), cmp.Compare(a.r.Efficiency, b.r.Efficiency))
	})
	var uses []schedule.Use
	for _, k := range claims {
		u := schedule.Use{Resource: schedule.ResourceID(k.r.Name), Units: max(1, k.units)}
		if k.r.bucket {
			u.Units = 1
			u.Fixed, u.PerUnit = bucketTime(model.Amount(rc.once(k.load.Fixed, k.load.Quantity))), bucketTime(rc.perUnit(k.load.Quantity))
		}
		uses = append(uses, u)
	}
	return uses
}

// order sorts the resources of a mode.
func (r *resource) order() int {
	switch {
	case r.Matrix != nil:
		return 0
	case r.bucket:
		return 2
	}
	return 1
}
