package daily

import (
	"cmp"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Load is a line of the review of load: what a workplace could do, was to do
// and did.
type Load struct {
	Shop      schedule.ShopID
	Workplace schedule.ResourceID
	Units     int
	Fund      time.Duration // regular working time of all units, without maintenance
	Planned   time.Duration // by the plan
	Worked    time.Duration // reported
	Down      time.Duration // working time in which it stood still
	// Extensive is Worked/Fund, LoadFactor Planned/Fund, Intensive the
	// planned time of what was turned out over Worked.
	LoadFactor, Extensive, Intensive float64
	// Evenness is that of the time worked over the days of the scope on which
	// it could work, one less the coefficient of variation, and Peak the
	// largest over the mean.
	Evenness, Peak float64
	Cost           int64 // of the regular time that was not worked, at the rate
}

func (Load) columns() []table.Column {
	return []table.Column{text("shop"), text("workplace"), number("units"), number("fund h"), number("planned h"), number("worked h"), number("down h"),
		number("load factor"), number("extensive"), number("intensive"), number("integral"), number("evenness"), number("peak"), number("idle cost")}
}

func (r Load) cells() []any {
	return []any{r.Shop, r.Workplace, r.Units, r.Fund, r.Planned, r.Worked, r.Down,
		r.LoadFactor, r.Extensive, r.Intensive, capacity.IntegralUse(r.Extensive, r.Intensive), r.Evenness, r.Peak, r.Cost}
}

// Loads reviews the load of the resources that do work, in the order of the
// problem; pools, and resources that no shop has if the scope names one, are
// left out. What was worked is counted up to now, when it was reported.
func (d *Desk) Loads(s Scope) Document[Load] {
	doc := Document[Load]{Title: s.title("Load")}
	planned, norm := d.plannedTimes(s)
	down := map[schedule.ResourceID]time.Duration{}
	for _, r := range d.Standstills(s).Rows {
		down[schedule.ResourceID(r.Workplace)] += r.Lost
	}
	for i := range d.p.Resources {
		r := &d.p.Resources[i]
		if r.Units == 0 || s.Shop != "" && r.Shop != s.Shop {
			continue
		}
		w := wip.WorkplaceID(r.ID)
		row := Load{Shop: r.Shop, Workplace: r.ID, Units: r.Units, Planned: planned[r.ID], Down: down[r.ID]}
		row.Fund = d.fund(i, s.From, s.To)
		row.Worked = d.worked(w, s.From, s.To)
		row.LoadFactor, row.Extensive = share(row.Planned, row.Fund), share(row.Worked, row.Fund)
		row.Intensive = share(norm[r.ID], row.Worked)
		row.Evenness, row.Peak = d.evenness(i, s)
		row.Cost = hourly(row.Fund-row.Worked, r.CostPerHour)
		doc.Rows = append(doc.Rows, row)
	}
	return doc
}

func share(a, b time.Duration) float64 {
	if b <= 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// fund returns the regular working time of all units of a resource.
func (d *Desk) fund(i int, from, to time.Time) (fund time.Duration) {
	for _, l := range d.p.Resources[i].Levels(d.times[i]) {
		if from, to := later(l.From, from), earlier(l.To, to); !l.Overtime && from.Before(to) {
			fund += time.Duration(l.Units) * to.Sub(from)
		}
	}
	return fund
}

// plannedTimes returns the working time planned for each resource in a scope,
// and the planned time of what was turned out there.
func (d *Desk) plannedTimes(s Scope) (planned, norm map[schedule.ResourceID]time.Duration) {
	planned, norm = map[schedule.ResourceID]time.Duration{}, map[schedule.ResourceID]time.Duration{}
	steps := map[schedule.OrderID]map[schedule.StepID]*operation{}
	for i := range d.operations {
		o := &d.operations[i]
		if o.mode == nil {
			continue
		}
		busy := o.line.Between(later(o.Start, s.From), earlier(o.End, s.To))
		for u := range o.mode.Uses {
			planned[o.Resource(o.mode, u)] += time.Duration(o.mode.Uses[u].Count()) * busy
		}
		if steps[o.Order] == nil {
			steps[o.Order] = map[schedule.StepID]*operation{}
		}
		steps[o.Order][o.Step] = o
	}
	for e := range d.ledger.Between(s.From, s.To) {
		if o := steps[e.Order][e.Step]; e.Kind == wip.Reported && o != nil {
			norm[schedule.ResourceID(e.Workplace)] += d.workLeft(o, e.Qty+e.Scrap, true)
		}
	}
	return planned, norm
}

// worked returns the working time that was reported in [from, to).
func (d *Desk) worked(w wip.WorkplaceID, from, to time.Time) time.Duration {
	return (d.ledger.Spent(w, to.Add(-1)) - d.ledger.Spent(w, from.Add(-1))).Duration()
}

// evenness measures the time worked by day, of the days on which a resource
// could work or did.
func (d *Desk) evenness(i int, s Scope) (even, peak float64) {
	w := wip.WorkplaceID(d.p.Resources[i].ID)
	var loads []float64
	for from := s.From; from.Before(s.To); from = from.Add(day) {
		to := earlier(from.Add(day), s.To)
		worked := d.worked(w, from, to)
		if worked > 0 || d.times[i].Between(from, to) > 0 {
			loads = append(loads, worked.Hours())
		}
	}
	return capacity.Evenness(loads), capacity.PeakFactor(loads)
}

// A ShiftUse is a line of the use of shifts.
type ShiftUse struct {
	Shop      schedule.ShopID // empty: the enterprise
	Machines  int             // installed
	Days      int             // on which any of them could work
	Worked    int             // machine-shifts in which anything was reported
	Available int             // machine-shifts that could be worked
	// Coefficient is machine-shifts worked a day and machine, and RegimeUse
	// the share of those available.
	Coefficient, RegimeUse float64
}

func (ShiftUse) columns() []table.Column {
	return []table.Column{text("shop"), number("machines"), number("days"), number("machine-shifts"), number("of"), number("shift coefficient"), number("use of regime")}
}

func (r ShiftUse) cells() []any {
	return []any{cmp.Or(string(r.Shop), "enterprise"), r.Machines, r.Days, r.Worked, r.Available, r.Coefficient, r.RegimeUse}
}

// Shifts measures the shift coefficient, shop by shop and last of the
// enterprise. The caller says how the scope is divided into shifts: the
// instants in its days at which one begins, from midnight UTC on, ascending;
// none means one a day. A machine has worked in a shift if anything was
// reported of it, and could work if its calendar has any time in it; a group
// counts as its units, as far as they are needed for the hours reported.
func (d *Desk) Shifts(s Scope, starts ...time.Duration) Document[ShiftUse] {
	doc := Document[ShiftUse]{Title: s.title("Use of shifts")}
	if len(starts) == 0 {
		starts = []time.Duration{0}
	}
	for _, shop := range append(d.shops(s.Shop), d.total(s.Shop)...) {
		doc.Rows = append(doc.Rows, d.shiftUse(Scope{shop, s.From, s.To}, starts))
	}
	return doc
}

func (d *Desk) shiftUse(s Scope, starts []time.Duration) ShiftUse {
	row := ShiftUse{Shop: s.Shop}
	worked := make([]int, len(starts))
	var machines []int
	for i := range d.p.Resources {
		r := &d.p.Resources[i]
		machine := r.Kind == "" || r.Kind == capacity.Machine || r.Kind == capacity.MachineGroup
		if machine && r.Units > 0 && (s.Shop == "" || r.Shop == s.Shop) {
			machines = append(machines, i)
			row.Machines += r.Units
		}
	}
	for midnight := s.From.UTC().Truncate(day); midnight.Before(s.To); midnight = midnight.Add(day) {
		open := false
		for k := range starts {
			from, to := midnight.Add(starts[k]), midnight.Add(day+starts[0])
			if k+1 < len(starts) {
				to = midnight.Add(starts[k+1])
			}
			from, to = later(from, s.From), earlier(to, s.To)
			for _, i := range machines {
				if !from.Before(to) || d.times[i].Between(from, to) == 0 {
					continue
				}
				open = true
				row.Available += d.p.Resources[i].Units
				worked[k] += d.unitsWorked(i, from, to)
			}
		}
		if open {
			row.Days++
		}
	}
	for _, n := range worked {
		row.Worked += n
	}
	row.Coefficient = capacity.ShiftCoefficient(worked, row.Machines*max(1, row.Days))
	if row.Available > 0 {
		row.RegimeUse = float64(row.Worked) / float64(row.Available)
	}
	return row
}

// unitsWorked returns how many units of a resource it takes for the hours that
// were reported of it.
func (d *Desk) unitsWorked(i int, from, to time.Time) int {
	r := &d.p.Resources[i]
	w := wip.WorkplaceID(r.ID)
	open := d.times[i].Between(from, to)
	return min(r.Units, int((d.worked(w, from, to)+open-1)/open))
}
