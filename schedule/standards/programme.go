package standards

import (
	"fmt"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/norms"
)

// UnknownID occurs when a programme names an item or place that the problem
// does not have.
const UnknownID wip.Code = "unknown-id"

// A Programme is what is to leave the plant in a period.
type Programme struct {
	// From and To bound the period, within the horizon of the problem.
	From, To time.Time
	Demand   []Demand
}

// A Demand is an amount of an item at a place. There may be several of a point.
type Demand struct {
	Point wip.Point
	Qty   wip.Qty // at least 0
}

// FromLines returns the programme of the contract lines of p that are due in a
// period, but for closed lines and inquiries.
func FromLines(p *schedule.Problem, from, to time.Time) Programme {
	programme := Programme{From: from, To: to}
	for i := range p.Lines {
		l := &p.Lines[i]
		wanted := l.Status == schedule.FirmLine || l.Status == schedule.ForecastLine
		if wanted && !l.Due.Before(from) && l.Due.Before(to) {
			programme.Demand = append(programme.Demand, Demand{wip.Point{Item: l.Item, Place: l.Location}, l.Qty})
		}
	}
	return programme
}

// validate lists what is wrong with a programme for p, and with options.
func validate(p *schedule.Problem, x *schedule.Index, g *Programme, o *Options) error {
	var issues []wip.Issue
	add := func(code wip.Code, path, format string, args ...any) {
		issues = append(issues, wip.Issue{Code: code, Path: path, Text: fmt.Sprintf(format, args...)})
	}
	g.validate(p, x, add)
	o.validate(add)
	if len(issues) > 0 {
		return &wip.InvalidError{Issues: issues}
	}
	return nil
}

type report func(code wip.Code, path, format string, args ...any)

func (o *Options) validate(add report) {
	if o.SetupShare < 0 || o.SetupShare > 999 {
		add(norms.OutOfRange, "options.SetupShare", "%d is not from 0 to 999", o.SetupShare)
	}
	if o.Basis != norms.OfTotal && o.Basis != norms.OfRun {
		add(norms.OutOfRange, "options.Basis", "%d is unknown", o.Basis)
	}
	if o.Fill < 0 {
		add(wip.Negative, "options.Fill", "%v is negative", o.Fill)
	}
	if o.Reserve < 0 {
		add(wip.Negative, "options.Reserve", "%v is negative", o.Reserve)
	}
	for i, d := range o.Series {
		if d <= 0 {
			add(norms.NotPositive, fmt.Sprintf("options.Series[%d]", i), "%v is not greater than 0", d)
		}
	}
}

func (g *Programme) validate(p *schedule.Problem, x *schedule.Index, add report) {
	if g.From.Before(p.From) || g.To.After(p.To) {
		add(norms.OutOfRange, "programme", "is not within the horizon of the problem")
	}
	if g.To.Sub(g.From) < Day {
		add(wip.BadRange, "programme.To", "%v is not a day after %v", g.To, g.From)
	}
	for i, d := range g.Demand {
		path := fmt.Sprintf("programme.Demand[%d]", i)
		if d.Qty < 0 {
			add(wip.Negative, path+".Qty", "%d is negative", d.Qty)
		}
		if x.Items.Find(d.Point.Item) == nil {
			add(UnknownID, path+".Point.Item", "there is no item %q", d.Point.Item)
		}
		if d.Point.Place != "" && x.Locations.Find(d.Point.Place) == nil {
			add(UnknownID, path+".Point.Place", "there is no location %q", d.Point.Place)
		}
	}
}
