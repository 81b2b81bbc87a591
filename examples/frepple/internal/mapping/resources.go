package mapping

import (
	"cmp"
	"regexp"
	"slices"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
)

// A resource is one of the problem: a resource of the model that has no
// members.
type resource struct {
	*model.Resource
	// scale is how many units of the problem make a whole one.
	scale  model.Amount
	units  int // the most there ever are
	bucket bool
}

func isBucket(r *model.Resource) bool {
	return len(r.Kind) >= len("resource_buckets") && r.Kind[:len("resource_buckets")] == "resource_buckets"
}

func isFree(r *model.Resource) bool { return r.Kind == "resource_infinite" || r.Unconstrained }

// mapResources makes a resource of each that has no members.
func (mp *mapper) mapResources() {
	asked := group(mp.m.Loads, func(l *model.Load) *model.Resource { return top(l.Resource) })
	for _, r := range mp.m.Resources {
		switch {
		case r.Kind != "" && r.Kind != "resource_default" && r.Kind != "resource_infinite" && !isBucket(r):
			mp.fail(r.Entity, "resource %q: the type %q is not known", r.Name, r.Kind)
		case len(mp.index.members[r]) == 0:
			mp.mapResource(r, asked[top(r)])
		}
	}
}

func top(r *model.Resource) *model.Resource {
	for n := 0; r != nil && r.Owner != nil && n < 100; n++ {
		r = r.Owner
	}
	return r
}

func (mp *mapper) mapResource(r *model.Resource, loads []*model.Load) {
	levels := mp.levels(r)
	u := &resource{Resource: r, scale: unitScale(levels, loads), bucket: isBucket(r)}
	mp.resources[r] = u
	x := capacity.Resource{
		ID: schedule.ResourceID(r.Name), Calendar: mp.hours(r),
		Efficiency:  permille(r.Efficiency),
		CostPerHour: money(r.Cost),
	}
	for _, s := range levels {
		u.units = max(u.units, mp.units(u, s.Value))
	}
	switch {
	case isFree(r):
		u.units, u.bucket, x.Units = capacity.MaxUnits, false, capacity.MaxUnits
	case u.bucket:
		x.Units, x.Calendar, x.Efficiency, x.Buckets = 1, "", 0, mp.buckets(r)
	case u.units == 0:
		mp.note(r.Entity, "resource %q never has any capacity", r.Name)
		x.Units = 1
		x.Maintenance = []capacity.Outage{{From: mp.p.From, To: mp.p.To}}
	default:
		x.Units = u.units
		x.Maintenance = mp.outages(u, levels)
	}
	switch {
	case r.Matrix == nil || !mp.run.Finite():
	case x.Units == 1 && !u.bucket:
		x.Changeovers, x.SetUpFor = mp.changeovers(r, loads)
	default:
		mp.note(r.Entity, "resource %q is not one single unit; its changeovers are left out", r.Name)
	}
	if r.MaxEarly > 0 {
		mp.note(r.Entity, "resource %q: how early its work may be done is left out", r.Name)
	}
	mp.closed[x.ID] = x.Calendar != ""
	mp.p.Resources = append(mp.p.Resources, x)
}

// levels returns how many units there are and when.
func (mp *mapper) levels(r *model.Resource) []stretch {
	if r.MaximumCalendar == nil {
		return []stretch{{mp.p.From, mp.p.To, r.Maximum}}
	}
	return mp.calendars.values(r.MaximumCalendar)
}

// unitScale returns the least power of ten that makes all units whole numbers.
func unitScale(levels []stretch, loads []*model.Load) model.Amount {
	for _, scale := range []model.Amount{1, 10, 100, 1000} {
		whole := func(a model.Amount) bool { return a*scale%model.One == 0 }
		if !slices.ContainsFunc(levels, func(s stretch) bool { return !whole(s.Value) }) &&
			!slices.ContainsFunc(loads, func(l *model.Load) bool { return !whole(l.Quantity) }) {
			return scale
		}
	}
	return 1000
}

// units returns a number of units, at most the largest that is allowed.
func (mp *mapper) units(u *resource, a model.Amount) int {
	return int(max(0, min(a*u.scale/model.One, capacity.MaxUnits)))
}

// outages returns when there are fewer units than the most.
func (mp *mapper) outages(u *resource, levels []stretch) []capacity.Outage {
	var list []capacity.Outage
	for _, s := range levels {
		switch n := mp.units(u, s.Value); {
		case n == 0:
			list = append(list, capacity.Outage{From: s.From, To: s.To})
		case n < u.units:
			list = append(list, capacity.Outage{From: s.From, To: s.To, Units: u.units - n})
		}
	}
	return list
}

// hours returns the calendar of a resource: its own hours and those of its
// location, at the speed that its efficiency calendar gives.
func (mp *mapper) hours(r *model.Resource) schedule.CalendarID {
	var site *model.Calendar
	if r.Location != nil {
		site = r.Location.Available
	}
	open := mp.calendars.open(r.Available, site)
	if r.EfficiencyCalendar == nil {
		return open
	}
	c := calendar.Calendar{ID: schedule.CalendarID("hours of " + r.Name)}
	if open == "" {
		open = mp.calendars.always()
	}
	c.Intersect = []schedule.CalendarID{open}
	for _, s := range mp.calendars.values(r.EfficiencyCalendar) {
		c.Ratings = append(c.Ratings, calendar.Rating{From: s.From, To: s.To, Rate: permille(s.Value)})
	}
	mp.p.Calendars = append(mp.p.Calendars, c)
	return c.ID
}

// always returns a calendar that never rests.
func (c *calendars) always() schedule.CalendarID {
	const id = "(always)"
	if !c.known[id] {
		c.known[id] = true
		c.p.Calendars = append(c.p.Calendars, calendar.Calendar{ID: id, Patterns: []calendar.Pattern{{
			Weeks: []calendar.Week{calendar.EveryDay(calendar.Shift{End: day})}}}})
	}
	return id
}

// permille turns per cent into the thousandths that a rate is given in.
func permille(percent model.Amount) int {
	return int(max(1, min(10_000, percent*10/model.One)))
}

// changeovers maps the set-up matrix of a resource: the rules, which are
// patterns, are tried on all pairs of the set-ups that its loads ask for.
func (mp *mapper) changeovers(r *model.Resource, loads []*model.Load) (capacity.ChangeoverID, capacity.Family) {
	start := cmp.Or(r.Setup, unset)
	families := []string{start}
	for _, l := range loads {
		if l.Setup != "" && !slices.Contains(families, l.Setup) {
			families = append(families, l.Setup)
		}
	}
	rules := mp.compileRules(r.Matrix)
	t := capacity.ChangeoverTable{ID: capacity.ChangeoverID(r.Matrix.Name + " of " + r.Name), Default: capacity.Changeover{Forbidden: true}}
	for _, from := range families {
		for _, to := range families {
			if from == to || to == unset {
				continue
			}
			if from == unset {
				t.Entries = append(t.Entries, capacity.Changeover{From: unset, To: capacity.Family(to)})
				continue
			}
			for _, rule := range rules {
				if rule.match.MatchString(from + " to " + to) {
					c := capacity.Changeover{From: capacity.Family(from), To: capacity.Family(to),
						Time: max(0, rule.Duration), Cost: money(rule.Cost)}
					t.Entries = append(t.Entries, c)
					break
				}
			}
		}
	}
	mp.p.Changeovers = append(mp.p.Changeovers, t)
	return t.ID, capacity.Family(start)
}

// unset is the family of a resource that is not set up for anything yet.
const unset = "(not set up)"

type compiledRule struct {
	*model.SetupRule
	match *regexp.Regexp
}

// compileRules returns the rules of a matrix, the one to be tried first at the
// beginning.
func (mp *mapper) compileRules(m *model.SetupMatrix) []compiledRule {
	var list []compiledRule
	for _, rule := range m.Rules {
		if rule.Resource != nil {
			mp.note(rule.Entity, "set-up matrix %q: the resource that a changeover takes besides is left out", m.Name)
		}
		from, to := anyIfEmpty(rule.From), anyIfEmpty(rule.To)
		match, err := regexp.Compile("^(?:" + from + " to " + to + ")$")
		if err != nil {
			mp.fail(rule.Entity, "set-up matrix %q: %v", m.Name, err)
			continue
		}
		list = append(list, compiledRule{rule, match})
	}
	slices.SortStableFunc(list, func(a, b compiledRule) int { return cmp.Compare(a.Priority, b.Priority) })
	return list
}

// anyIfEmpty reads a missing pattern, and the star of older models, as any.
func anyIfEmpty(pattern string) string {
	if pattern == "" || pattern == "*" {
		return ".*"
	}
	return pattern
}
