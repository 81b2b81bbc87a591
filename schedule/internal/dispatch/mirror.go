package dispatch

import "github.com/taktplan/takt/schedule/internal/core"

// mirror is m with time running backwards from horizon: what is done last in m
// comes first, jobs are released when they are due in m, or when last is if they
// are not, and due when they are released. Beyond the mirrored calendars, in what
// is the past for m, all resources work always, so that every operation has a
// place. A changeover is as long, but belongs to the operation before it in m.
//
// It leaves out what has no image (releases of single operations, blocking) or
// would leave operations out (deadlines, maximum waits, what is frozen):
// schedules of the mirror say when operations are wanted, not that it can be so.
func mirror(m *core.Model, horizon, last int64) *core.Model {
	var b core.Builder
	b.Grow(m.Ops(), len(m.ModeTime), len(m.NeedResource), len(m.Arcs))
	for i := range m.Calendars {
		b.AddCalendar(mirrorCalendar(&m.Calendars[i], horizon))
	}
	for i := range m.Setups {
		b.AddSetup(transpose(&m.Setups[i]))
	}
	for _, r := range m.Resources {
		r.Initial = -1
		b.AddResource(r)
	}
	for j := range m.Jobs {
		b.AddJob(mirrorJob(&m.Jobs[j], horizon, last))
	}
	for o := range int32(m.Ops()) {
		b.AddOp(m.OpJob[o], pausable(m, o))
		addModes(&b, m, o)
		if f := m.Family(o); f >= 0 {
			b.SetFamily(o, f)
		}
	}
	for i := range m.Arcs {
		b.AddArc(mirrorArc(&m.Arcs[i]))
	}
	image, err := b.Build()
	if err != nil {
		panic("dispatch: the image of a valid model is not valid: " + err.Error())
	}
	return image
}

func mirrorJob(j *core.Job, horizon, last int64) core.Job {
	due := last
	if j.Due < core.Never || j.Deadline < core.Never {
		due = max(0, min(j.Due, j.Deadline))
	}
	return core.Job{Release: max(0, horizon-due), Due: horizon - j.Release, Deadline: core.Never}
}

func pausable(m *core.Model, o int32) core.OpFlag {
	if m.Has(o, core.Pausable) {
		return core.Pausable
	}
	return 0
}

func addModes(b *core.Builder, m *core.Model, o int32) {
	for mode := m.ModeStart[o]; mode < m.ModeStart[o+1]; mode++ {
		var needs []core.Need
		for k := m.NeedStart[mode]; k < m.NeedStart[mode+1]; k++ {
			needs = append(needs, core.Need{Resource: m.NeedResource[k], Units: m.Units(k)})
		}
		b.AddMode(m.ModeTime[mode], needs...)
	}
}

// mirrorCalendar turns what of c comes before horizon around.
func mirrorCalendar(c *core.Calendar, horizon int64) core.Calendar {
	var d core.Calendar
	for i := len(c.From) - 1; i >= 0; i-- {
		if c.From[i] >= horizon {
			continue
		}
		d.From = append(d.From, horizon-min(c.To[i], horizon))
		d.To = append(d.To, horizon-c.From[i])
		if c.Rate != nil {
			d.Rate = append(d.Rate, c.Rate[i])
		}
	}
	d.From, d.To = append(d.From, horizon), append(d.To, core.Limit)
	if c.Rate != nil {
		d.Rate = append(d.Rate, 1000)
	}
	return d
}

// transpose turns the direction of all changeovers around.
func transpose(t *core.SetupTable) core.SetupTable {
	n := int(t.Families)
	u := core.SetupTable{Families: t.Families, Time: make([]int64, n*n)}
	for from := range n {
		for to := range n {
			u.Time[to*n+from] = t.Time[from*n+to]
		}
	}
	return u
}

func mirrorArc(a *core.Arc) core.Arc {
	kinds := [...]core.ArcKind{core.EndStart: core.EndStart, core.StartStart: core.EndEnd, core.EndEnd: core.StartStart}
	return core.Arc{From: a.To, To: a.From, Kind: kinds[a.Kind], Min: a.Min, Max: core.Never}
}
