package sequence

import (
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/internal/core"
)

const unlimited = 1 << 30

// addResources adds the resources in the order of the problem, then one for
// each partner's working time, then one without limits.
func (c *compiled) addResources() {
	for i := range c.p.Resources {
		r := &c.p.Resources[i]
		c.builder.AddResource(core.Resource{
			Capacity: c.units(r), Calendar: c.addCalendar(c.windows(c.open[i])),
			Setup: c.addChangeovers(r), Initial: c.initial(r),
		})
	}
	for i := range c.p.Partners {
		id := int32(-1)
		if line := c.partnerLine(c.p.Partners[i].ID); line != nil {
			id = c.addCalendar(c.windows(line))
		}
		c.builder.AddResource(core.Resource{Capacity: unlimited, Calendar: id, Setup: -1, Initial: -1})
	}
	c.idle = c.builder.AddResource(core.Resource{Capacity: unlimited, Calendar: -1, Setup: -1, Initial: -1})
}

// units returns how much of a resource there is at a time. Who takes from
// buckets stays where the plan has it, so that they need no watching.
func (c *compiled) units(r *capacity.Resource) int32 {
	if len(r.Buckets) > 0 {
		return unlimited
	}
	return int32(max(1, r.Units))
}

// addCalendar adds windows; without any, a resource never works.
func (c *compiled) addCalendar(w core.Calendar) int32 {
	if len(w.From) == 0 {
		w = core.Calendar{From: []int64{0}, To: []int64{1}}
	}
	return c.builder.AddCalendar(w)
}

// partnerLine returns when a partner works; nil if always.
func (c *compiled) partnerLine(id schedule.PartnerID) *calendar.Timeline {
	if partner := c.x.Partners.Find(id); partner != nil {
		return c.line(partner.Calendar)
	}
	return nil
}

// line returns the working time of a calendar, overtime left out; nil if it is
// all time.
func (c *compiled) line(id schedule.CalendarID) *calendar.Timeline {
	at := c.x.Calendars.Position(id)
	if id == "" || at < 0 {
		return nil
	}
	if c.lines == nil {
		lines, err := calendar.Expand(c.p.Calendars, c.p.From, c.p.To)
		if err != nil {
			return nil
		}
		c.lines = lines
	}
	return c.lines[at].Regular()
}

// hours returns the calendars that a task is kept to besides the working time
// of its resources: that of its step, and of the shop if nothing serves it.
func (c *compiled) hours(t *task, w way) []schedule.CalendarID {
	var ids []schedule.CalendarID
	if t.step.Calendar != "" {
		ids = append(ids, t.step.Calendar)
	}
	r := c.x.Routings.Find(c.plan.Orders[t.order].Routing)
	if s := c.x.Shops.Find(r.Shop); s != nil && s.Calendar != "" && len(t.step.Modes) > 0 && len(w.resources) == 0 {
		ids = append(ids, s.Calendar)
	}
	return ids
}

// keeper returns a resource without limit that works by a calendar.
func (c *compiled) keeper(id schedule.CalendarID) int32 {
	r, ok := c.keepers[id]
	if !ok {
		r = c.builder.AddResource(core.Resource{
			Capacity: unlimited, Calendar: c.addCalendar(c.windows(c.line(id))), Setup: -1, Initial: -1,
		})
		c.keepers[id] = r
	}
	return r
}

// windows returns the whole ticks of a timeline.
func (c *compiled) windows(line *calendar.Timeline) core.Calendar {
	var w core.Calendar
	for x := range line.Windows() {
		if from, to := c.ceil(x.From.Sub(c.t.From)), c.ticks(x.To); from < to {
			w.From, w.To, w.Rate = append(w.From, from), append(w.To, to), append(w.Rate, int32(x.Rate))
		}
	}
	return w
}

// opened returns when all units of each resource work: its working time, less
// overtime, maintenance, and the time in which it does not exist. Its efficiency
// is in the work of the modes.
func (c *compiled) opened() ([]*calendar.Timeline, error) {
	lines, err := schedule.Timelines(c.p)
	for i := range lines {
		r := &c.p.Resources[i]
		off := []*calendar.Timeline{c.stretch(c.p.From, r.From)}
		if !r.To.IsZero() {
			off = append(off, c.stretch(r.To, c.p.To))
		}
		for _, m := range r.Maintenance {
			off = append(off, c.stretch(m.From, m.To))
		}
		lines[i] = calendar.Difference(lines[i].Regular(), off...)
	}
	return lines, err
}

// stretch is the timeline of [from, to) within the horizon.
func (c *compiled) stretch(from, to time.Time) *calendar.Timeline {
	from, to = latest(from, c.p.From), earliest(to, c.p.To)
	if !from.Before(to) {
		line, _ := calendar.NewTimeline(c.p.From, c.p.To)
		return line
	}
	line, err := calendar.NewTimeline(c.p.From, c.p.To, calendar.Window{From: from, To: to, Rate: 1000})
	if err != nil {
		return calendar.Always(c.p.From, c.p.To)
	}
	return line
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// family numbers the setup families; the empty one is 0, so that a machine
// that is set up for nothing has a state too.
func (c *compiled) family(f capacity.Family) int32 {
	if len(c.families) == 0 {
		c.families[""] = 0
		for i := range c.p.Routings {
			for k := range c.p.Routings[i].Steps {
				c.number(c.p.Routings[i].Steps[k].Family)
			}
		}
		for i := range c.p.Resources {
			c.number(c.p.Resources[i].SetUpFor)
		}
	}
	return c.families[f]
}

func (c *compiled) number(f capacity.Family) {
	if _, ok := c.families[f]; !ok {
		c.families[f] = int32(len(c.families))
	}
}

func (c *compiled) initial(r *capacity.Resource) int32 {
	if r.Changeovers == "" {
		return -1
	}
	for i := range c.plan.Operations {
		if o := &c.plan.Operations[i]; o.Started && c.machine(o) == r.ID && c.step(o).Family != "" {
			return c.family(c.step(o).Family)
		}
	}
	return c.family(r.SetUpFor)
}

func (c *compiled) step(o *schedule.Operation) *schedule.Step {
	i, ok := c.order[o.Order]
	if !ok {
		return &schedule.Step{}
	}
	if s := c.x.Step(c.plan.Orders[i].Routing, o.Step); s != nil {
		return s
	}
	return &schedule.Step{}
}

// machine returns what an operation is done on.
func (c *compiled) machine(o *schedule.Operation) schedule.ResourceID {
	s := c.step(o)
	if o.Mode < 0 || o.Mode >= len(s.Modes) {
		return ""
	}
	return o.Machine(&s.Modes[o.Mode])
}

func (c *compiled) addChangeovers(r *capacity.Resource) int32 {
	table := c.x.Changeovers.Find(r.Changeovers)
	if r.Changeovers == "" || table == nil {
		return -1
	}
	c.family("")
	names := make([]capacity.Family, len(c.families))
	for f, i := range c.families {
		names[i] = f
	}
	s := core.SetupTable{Families: int32(len(names))}
	for _, x := range table.Matrix(names) {
		d := c.ceil(x.Time)
		if x.Forbidden {
			d = core.Never
		}
		s.Time, s.Cost = append(s.Time, d), append(s.Cost, x.Cost)
	}
	return c.builder.AddSetup(s)
}

// familiesComplete reports whether every operation on a machine with
// changeovers has a family. One without leaves the machine as it is, which the
// model cannot say.
func (c *compiled) familiesComplete() bool {
	for i := range c.tasks {
		t := &c.tasks[i]
		for _, w := range t.modes {
			if len(w.resources) > 0 && c.p.Resources[w.resources[0]].Changeovers != "" && t.step.Family == "" {
				return false
			}
			for _, r := range w.resources[min(1, len(w.resources)):] {
				if c.p.Resources[r].Changeovers != "" {
					return false
				}
			}
		}
	}
	return true
}
