package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/taktplan/takt/benchmarks/internal/smtfile"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/simulate"
)

// A waferLine is a fab as the model of this module can say it. A tool group is a
// resource; a batch tool is as many units as lots go into its smallest batch,
// its places. A step keeps its tool or place for its work and lets go of the lot
// after its move, which holds transport and what a cascading tool or a larger
// batch needs besides:
//
//   - A step that a share of lots undergoes takes that share of its time of
//     every lot; one that may be done again takes so much more.
//   - A change of setup is shared out among the lots of a run.
//   - Maintenance after so many wafers comes as often as the mean load says.
//   - The queue in which a batch is completed is left out: a place is loaded on
//     its own.
type waferLine struct {
	fab    *smtfile.Fab
	wafers int             // of a lot
	places []int           // of a tool, by group
	passes [][]float64     // how often a lot undergoes a step, by route
	rate   []float64       // lots a day, by route
	perDay []float64       // wafers a day, by group
	raw    []time.Duration // from release to the end of a lot that never waits, by part
	// resources and routings are those of the problem, items in the order of
	// the parts.
	resources []capacity.Resource
	routings  []schedule.Routing
	items     []schedule.Item
}

// How many lots a setup is kept for: where no rule says so, and in multiples of
// the least run where one does, since the tools that have one look for the lot
// of least setup.
const (
	usualRun  = 4
	usualRuns = 2
)

func newWaferLine(fab *smtfile.Fab, until time.Duration) *waferLine {
	l := &waferLine{fab: fab, wafers: fab.Orders[0].Wafers, rate: make([]float64, len(fab.Routes)), perDay: make([]float64, len(fab.Tools))}
	for i := range fab.Orders {
		l.rate[fab.Parts[fab.Orders[i].Part].Route] += float64(24*time.Hour) / float64(fab.Orders[i].Every)
	}
	l.countPlaces()
	for r := range fab.Routes {
		l.passes = append(l.passes, passes(fab.Routes[r].Steps))
		for k := range fab.Routes[r].Steps {
			l.perDay[fab.Routes[r].Steps[k].Tool] += l.rate[r] * l.passes[r][k] * float64(l.wafers)
		}
	}
	for g := range fab.Tools {
		if !fab.Tools[g].Delay {
			l.resources = append(l.resources, l.resource(g, until))
		}
	}
	for i := range fab.Parts {
		l.items = append(l.items, schedule.Item{ID: schedule.ItemID(fab.Parts[i].Name), Unit: perMille})
		r := l.routing(i)
		l.routings = append(l.routings, r)
		raw := time.Duration(0)
		for k := range r.Steps {
			raw += r.Steps[k].Modes[0].Setup + r.Steps[k].Modes[0].Fixed + r.Steps[k].Move
		}
		l.raw = append(l.raw, raw)
	}
	return l
}

func (l *waferLine) countPlaces() {
	l.places = make([]int, len(l.fab.Tools))
	for r := range l.fab.Routes {
		for k := range l.fab.Routes[r].Steps {
			s := &l.fab.Routes[r].Steps[k]
			lots := max(1, s.Batch/l.wafers)
			if p := &l.places[s.Tool]; *p == 0 || lots < *p {
				*p = lots
			}
		}
	}
}

// passes returns how often a lot undergoes each step on average: by the share
// of lots, and again after a later step has sent it back, once at most.
func passes(steps []smtfile.Step) []float64 {
	list := make([]float64, len(steps))
	for k := range steps {
		list[k] = 1
	}
	for k := range steps {
		for i := steps[k].ReworkFrom; i <= k; i++ {
			list[i] += steps[k].Rework * steps[k].Share
		}
	}
	for k := range steps {
		list[k] *= steps[k].Share
	}
	return list
}

// stepTimes returns what a lot takes at a step each time that it undergoes it:
// to get ready, of the tool or place besides, and by the clock until it is at
// the next step.
func (l *waferLine) stepTimes(s *smtfile.Step) (setup, busy, passage time.Duration) {
	tool := &l.fab.Tools[s.Tool]
	wafers := time.Duration(l.wafers)
	setup = tool.Load + tool.Unload
	busy, passage = s.Time, s.Time
	switch {
	case s.WaferInterval > 0:
		busy, passage = s.WaferInterval*wafers, s.Time+s.WaferInterval*(wafers-1)
	case s.Per == smtfile.PerWafer:
		busy, passage = s.Time*wafers, s.Time*wafers
	case s.BatchInterval > 0:
		busy = s.BatchInterval
	case s.Per == smtfile.PerBatch:
		share := float64(l.places[s.Tool]) / float64(max(1, s.Batch/l.wafers))
		busy = time.Duration(share * float64(s.Time))
	}
	if tool.Cascading {
		passage += setup
		setup = 0
	}
	if s.SetupTime > 0 {
		run := usualRun
		if s.LeastRun > 0 {
			run = usualRuns * s.LeastRun
		}
		setup += s.SetupTime / time.Duration(run)
	}
	passage = max(passage, busy) + setup
	if !tool.Delay {
		passage += l.fab.Transport
	}
	return setup, busy, passage
}

func (l *waferLine) routing(part int) schedule.Routing {
	route := l.fab.Parts[part].Route
	r := schedule.Routing{ID: schedule.RoutingID(l.fab.Parts[part].Name), Item: schedule.ItemID(l.fab.Parts[part].Name)}
	for k := range l.fab.Routes[route].Steps {
		s := &l.fab.Routes[route].Steps[k]
		setup, busy, passage := l.stepTimes(s)
		often := func(d time.Duration) time.Duration {
			return time.Duration(l.passes[route][k] * float64(d)).Truncate(time.Second)
		}
		m := schedule.Mode{Setup: often(setup), Fixed: often(busy)}
		if tool := &l.fab.Tools[s.Tool]; !tool.Delay {
			m.Uses = []schedule.Use{{Resource: schedule.ResourceID(tool.Name)}}
		}
		r.Steps = append(r.Steps, schedule.Step{
			ID: schedule.StepID(fmt.Sprint(k)), Pausable: true, Modes: []schedule.Mode{m}, Move: often(passage) - m.Setup - m.Fixed,
		})
	}
	return r
}

// resource is a group of tools, which take turns in maintenance.
func (l *waferLine) resource(g int, until time.Duration) capacity.Resource {
	tool := &l.fab.Tools[g]
	places := max(1, l.places[g])
	r := capacity.Resource{ID: schedule.ResourceID(tool.Name), Kind: capacity.MachineGroup, Group: tool.Area, Units: tool.Count * places}
	for _, m := range tool.Maintenance {
		every, first := l.maintenance(g, m)
		for n := range tool.Count {
			at := time.Duration(float64(first) * float64(n+1) / float64(tool.Count))
			for ; at < until; at += every {
				r.Maintenance = append(r.Maintenance, capacity.Outage{From: start.Add(at), To: start.Add(at + m.Duration), Units: places})
			}
		}
	}
	return r
}

// maintenance returns how far apart maintenance is, and when the last of the
// tools has it for the first time.
func (l *waferLine) maintenance(g int, m smtfile.Maintenance) (every, first time.Duration) {
	every, first = m.Every, m.FirstTime
	if m.Wafers > 0 {
		day := 24 * float64(time.Hour) * float64(l.fab.Tools[g].Count) / l.perDay[g]
		every, first = time.Duration(m.Wafers*day), time.Duration(m.FirstWafers*day)
	}
	if l.perDay[g] == 0 {
		return math.MaxInt64 / 2, math.MaxInt64 / 2
	}
	if first == 0 {
		first = every
	}
	return every, first
}

// breakdowns are those of the fab, tool by tool; those of batch tools come to
// each place.
func (l *waferLine) breakdowns() []simulate.Breakdown {
	var list []simulate.Breakdown
	for g := range l.fab.Tools {
		if t := &l.fab.Tools[g]; t.ToFailure > 0 && !t.Delay {
			list = append(list, simulate.Breakdown{
				Resource:  schedule.ResourceID(t.Name),
				ToFailure: simulate.Distribution{Mean: t.ToFailure, Variation: simulate.Exponential()},
				ToRepair:  simulate.Distribution{Mean: t.ToRepair, Variation: simulate.Exponential()},
			})
		}
	}
	return list
}

// A toolLoad is what the orders ask of a group of tools.
type toolLoad struct {
	group int
	// work is the share of time that its units work at the orders' rate, ready
	// the share in which they neither stand nor are maintained.
	work, ready float64
}

// loads returns those of all groups but delays, by the routings.
func (l *waferLine) loads() []toolLoad {
	list := make([]toolLoad, 0, len(l.resources))
	at := map[schedule.ResourceID]int{}
	for g := range l.fab.Tools {
		t := &l.fab.Tools[g]
		if t.Delay {
			continue
		}
		ready := t.Availability()
		for _, m := range t.Maintenance {
			every, _ := l.maintenance(g, m)
			ready -= float64(m.Duration) / float64(every)
		}
		at[schedule.ResourceID(t.Name)] = len(list)
		list = append(list, toolLoad{group: g, ready: ready})
	}
	for i := range l.routings {
		for k := range l.routings[i].Steps {
			m := &l.routings[i].Steps[k].Modes[0]
			if len(m.Uses) > 0 {
				n := at[m.Uses[0].Resource]
				list[n].work += l.rateOf(i) * (m.Setup + m.Fixed).Hours() / 24 / float64(l.resources[n].Units)
			}
		}
	}
	return list
}

// busiest returns the n groups of most load for the time in which they are
// ready, the first of them first.
func (l *waferLine) busiest(n int) []toolLoad {
	list := l.loads()
	slices.SortStableFunc(list, func(a, b toolLoad) int { return cmp.Compare(b.work/b.ready, a.work/a.ready) })
	return list[:min(n, len(list))]
}

// group returns the number of the group of tools that a resource is.
func (l *waferLine) group(id schedule.ResourceID) int {
	return slices.IndexFunc(l.fab.Tools, func(t smtfile.ToolGroup) bool { return t.Name == string(id) })
}

// rateOf returns how many lots of a part are ordered a day.
func (l *waferLine) rateOf(part int) float64 {
	rate := 0.0
	for i := range l.fab.Orders {
		if l.fab.Orders[i].Part == part {
			rate += float64(24*time.Hour) / float64(l.fab.Orders[i].Every)
		}
	}
	return rate
}
