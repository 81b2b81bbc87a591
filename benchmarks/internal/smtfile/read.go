package smtfile

import (
	"strings"
	"time"
)

// Read reads the fab in a folder. The error joins all mistakes found, up to a
// hundred.
func Read(dir string) (*Fab, error) {
	r := &reader{folder: folder{dir: dir}, tools: map[string]int{}, areas: map[string][]int{}, parts: map[string]int{}}
	r.readTools()
	r.readDowntime()
	r.readSetups()
	r.readParts()
	r.readOrders()
	r.readLots()
	r.readTransport()
	if err := r.err(); err != nil {
		return nil, err
	}
	return &r.fab, nil
}

type reader struct {
	folder
	fab       Fab
	tools     map[string]int
	areas     map[string][]int // tool groups
	parts     map[string]int
	setupTime map[string]time.Duration // the longest to a setup
	leastRun  map[string]int
}

func (r *reader) readTools() {
	rows := r.table("tool.txt.1l", "STNFAM", "STNQTY", "STNGRP")
	for i := range rows {
		x := &rows[i]
		t := ToolGroup{
			Name: x.text("STNFAM"), Area: x.text("STNGRP"), Count: x.count("STNQTY", most),
			Load: x.duration("LTIME", "LTUNITS"), Unload: x.duration("ULTIME", "ULTUNITS"),
			Cascading: x.number("STNCAP", 0, most) == 2, Delay: x.text("STNFAMLOC") == "Delay",
		}
		if _, twice := r.tools[t.Name]; twice {
			x.fail("STNFAM: %q is there twice", t.Name)
		}
		r.tools[t.Name] = len(r.fab.Tools)
		r.areas[t.Area] = append(r.areas[t.Area], len(r.fab.Tools))
		r.fab.Tools = append(r.fab.Tools, t)
	}
}

// A downtime is what a calendar says: how far apart, in time or in wafers, and
// how long.
type downtime struct {
	apart  time.Duration
	wafers float64
	lasts  time.Duration
}

func (r *reader) readCalendars() (breakdowns, maintenance map[string]downtime) {
	breakdowns, maintenance = map[string]downtime{}, map[string]downtime{}
	rows := r.table("downcal.txt", "DOWNCALNAME", "MTTF", "MTTR")
	for i := range rows {
		x := &rows[i]
		breakdowns[x.text("DOWNCALNAME")] = downtime{apart: x.duration("MTTF", "MTTFUNITS"), lasts: x.duration("MTTR", "MTTRUNITS")}
	}
	rows = r.table("pmcal.txt", "PMCALNAME", "MTBPM", "MTTR")
	for i := range rows {
		x := &rows[i]
		d := downtime{lasts: x.duration("MTTR", "MTTRUNITS")}
		if x.text("MTBPMUNITS") == "pieces" {
			d.wafers = x.number("MTBPM", 1, most)
		} else {
			d.apart = x.duration("MTBPM", "MTBPMUNITS")
		}
		maintenance[x.text("PMCALNAME")] = d
	}
	return breakdowns, maintenance
}

// readDowntime gives tool groups their breakdowns and maintenance, which
// calendars describe and attach.txt hands out.
func (r *reader) readDowntime() {
	breakdowns, maintenance := r.readCalendars()
	rows := r.table("attach.txt", "CALNAME", "CALTYPE", "RESTYPE", "RESNAME")
	for i := range rows {
		x := &rows[i]
		calendars, breaks := maintenance, x.text("CALTYPE") == "down"
		if breaks {
			calendars = breakdowns
		}
		d := calendars[x.text("CALNAME")]
		if d.apart <= 0 && d.wafers <= 0 || d.lasts <= 0 {
			x.fail("CALNAME: %q is no calendar with positive times", x.text("CALNAME"))
			continue
		}
		for _, g := range r.attached(x) {
			t := &r.fab.Tools[g]
			if breaks {
				t.ToFailure, t.ToRepair = d.apart, d.lasts
			} else {
				t.Maintenance = append(t.Maintenance, x.maintenance(d))
			}
		}
	}
}

// maintenance is what a row of attach.txt hands out.
func (x *row) maintenance(d downtime) Maintenance {
	m := Maintenance{Every: d.apart, Wafers: d.wafers, Duration: d.lasts}
	if d.wafers > 0 {
		m.FirstWafers = x.number("FOA", 0, most)
	} else {
		m.FirstTime = x.duration("FOA", "FOAUNITS")
	}
	return m
}

// attached returns the tool groups that a calendar is for.
func (r *reader) attached(x *row) []int {
	name := x.text("RESNAME")
	if x.text("RESTYPE") == "stngrp" {
		if len(r.areas[name]) == 0 {
			x.fail("RESNAME: %q is unknown", name)
		}
		return r.areas[name]
	}
	if g, ok := r.tools[name]; ok {
		return []int{g}
	}
	x.fail("RESNAME: %q is unknown", name)
	return nil
}

func (r *reader) readSetups() {
	r.setupTime, r.leastRun = map[string]time.Duration{}, map[string]int{}
	rows := r.table("setup.txt", "NEWSETUP", "STIME")
	for i := range rows {
		x := &rows[i]
		to := x.text("NEWSETUP")
		r.setupTime[to] = max(r.setupTime[to], x.duration("STIME", "STUNITS"))
	}
	rows = r.table("setupgrp.txt", "SETUP", "MINRUN")
	for i := range rows {
		x := &rows[i]
		r.leastRun[x.text("SETUP")] = x.count("MINRUN", most)
	}
}

func (r *reader) readParts() {
	routes := map[string]int{}
	rows := r.table("part.txt", "PART", "ROUTEFILE", "ROUTE")
	for i := range rows {
		x := &rows[i]
		file := x.text("ROUTEFILE")
		if strings.ContainsAny(file, `/\`) || file == "" {
			x.fail("ROUTEFILE: %q is not the name of a file", file)
			continue
		}
		k, known := routes[file]
		if !known {
			k = len(r.fab.Routes)
			routes[file] = k
			r.fab.Routes = append(r.fab.Routes, Route{Name: x.text("ROUTE"), Steps: r.readRoute(file)})
		}
		r.parts[x.text("PART")] = len(r.fab.Parts)
		r.fab.Parts = append(r.fab.Parts, Part{x.text("PART"), k})
	}
}

func (r *reader) readRoute(file string) []Step {
	rows := r.table(file, "STEP", "STNFAM", "PTIME", "PTPER")
	if len(rows) == 0 {
		r.fail("%s: there are no steps", file)
	}
	var steps []Step
	for i := range rows {
		x := &rows[i]
		s := r.readStep(x)
		if n := x.count("STEP", most); n != i+1 {
			x.fail("STEP: %d is not %d", n, i+1)
		}
		if s.Rework > 0 {
			if s.ReworkFrom = x.count("RWKSTEP", most) - 1; s.ReworkFrom > i {
				x.fail("RWKSTEP: %d comes after the step", s.ReworkFrom+1)
				s.ReworkFrom = i
			}
		}
		steps = append(steps, s)
	}
	return steps
}

func (r *reader) readStep(x *row) Step {
	s := Step{
		Name: x.text("DESC"), Tool: x.index("STNFAM", r.tools), Time: x.duration("PTIME", "PTUNITS"),
		BatchInterval: x.duration("BatchInterval", "BatchIntUnits"), WaferInterval: x.duration("PartInterval", "PartIntUnits"),
		Setup: x.text("SETUP"), SetupTime: x.duration("STIME", "STUNITS"), Share: 1, Rework: x.number("REWORK", 0, 100) / 100,
	}
	if s.Time > 0 {
		s.Spread = float64(x.duration("PTIME2", "PTUNITS")) / float64(s.Time)
	}
	switch per := x.text("PTPER"); per {
	case "per_lot":
	case "per_piece":
		s.Per = PerWafer
	case "per_batch":
		s.Per = PerBatch
		s.LeastBatch, s.Batch = x.count("BATCHMN", most), x.count("BATCHMX", most)
		if s.Batch < s.LeastBatch {
			x.fail("BATCHMX: %d is less than BATCHMN, %d", s.Batch, s.LeastBatch)
		}
	default:
		x.fail("PTPER: %q is not per_lot, per_piece or per_batch", per)
	}
	if x.text("StepPercent") != "" {
		s.Share = x.number("StepPercent", 0, 100) / 100
	}
	if s.Setup != "" {
		if s.SetupTime == 0 {
			s.SetupTime = r.setupTime[s.Setup]
		}
		s.LeastRun = r.leastRun[s.Setup]
	}
	return s
}

func (r *reader) readOrders() {
	rows := r.table("order.txt", "LOT", "PART", "PIECES", "START", "REPEAT", "DUE")
	for i := range rows {
		x := &rows[i]
		starts, due := x.instant("START"), x.instant("DUE")
		s := Stream{
			Name: x.text("LOT"), Part: x.index("PART", r.parts), Wafers: x.count("PIECES", most),
			Every: x.duration("REPEAT", "RUNITS"), Allowance: due.Sub(starts),
		}
		if i == 0 {
			r.fab.Start = starts
		}
		if !starts.Equal(r.fab.Start) {
			x.fail("START: streams that start at different times are not known here")
		}
		if s.Every <= 0 {
			x.fail("REPEAT: %q is not positive", x.text("REPEAT"))
		}
		if s.Allowance <= 0 {
			x.fail("DUE: it is not after START")
		}
		r.fab.Orders = append(r.fab.Orders, s)
	}
}

func (r *reader) readLots() {
	rows := r.table("WIP.txt", "LOT", "PART", "PIECES", "CURSTEP", "DUE")
	for i := range rows {
		x := &rows[i]
		l := Lot{Name: x.text("LOT"), Part: x.index("PART", r.parts), Wafers: x.count("PIECES", most), Step: x.count("CURSTEP", most) - 1, Due: x.instant("DUE")}
		if l.Part < len(r.fab.Parts) {
			if steps := r.fab.Routes[r.fab.Parts[l.Part].Route].Steps; l.Step >= len(steps) {
				x.fail("CURSTEP: %d is beyond the %d steps of the route", l.Step+1, len(steps))
			}
		}
		r.fab.Lots = append(r.fab.Lots, l)
	}
}

func (r *reader) readTransport() {
	rows := r.table("fromto.txt", "DTIME")
	for i := range rows {
		r.fab.Transport = rows[i].duration("DTIME", "DUNITS")
	}
}
