package main

import (
	"errors"
	"io"
	"time"

	"github.com/taktplan/takt/schedule/daily"
)

// A document is what packages daily, analysis, standards and stocktake make.
type document interface {
	WriteText(io.Writer) error
	WriteCSV(io.Writer) error
}

// A paper is a document with a name, and what of it is read out every morning.
type paper struct {
	name string
	document
	digest document // nil: it is only filed
}

// file makes a paper that is not read out.
func file(name string, d document) paper { return paper{name: name, document: d} }

// digest makes a paper of which the first lines are read out, if there are any.
func digest[R daily.Row](name string, d daily.Document[R], lines int) paper {
	p := paper{name: name, document: &d}
	if len(d.Rows) > 0 {
		p.digest = &daily.Document[R]{Title: d.Title, Rows: d.Rows[:min(lines, len(d.Rows))]}
	}
	return p
}

// yesterday returns what is said of the day that is over, by the plan that was
// worked by.
func (d *day) yesterday() ([]paper, error) {
	desk, err := daily.NewDesk(d.desk.p, d.before, d.desk.ledger, d.at)
	if err != nil {
		return nil, err
	}
	s := daily.Scope{From: d.last, To: d.at}
	fulfilment, err := desk.Fulfilment(s)
	report, standstills, stock := desk.ShiftReport(s), desk.Standstills(s), desk.WorkInProcess("")
	norms := desk.Norms(s)
	kits, failed := desk.Kits(daily.Scope{From: d.at, To: d.at.Add(week)})
	return []paper{
		file("shift-report", &report),
		digest("standstills", standstills, 5),
		digest("fulfilment", daily.Document[daily.TaskFulfilment]{Title: fulfilment.Title, Rows: fulfilment.Rows[max(0, len(fulfilment.Rows)-1):]}, 1),
		file("work-in-process", &stock),
		file("kits", &kits),
		file("norms", &norms),
		digest("deviations", desk.Deviations(s, 4*time.Hour), 3),
		digest("shortages", desk.Shortages(daily.Scope{From: d.at, To: d.at.Add(week)}), 3),
		digest("contract-risks", desk.ContractRisks(""), 3),
	}, errors.Join(err, failed)
}

// today returns what is to be done, by the new plan.
func (d *day) today() ([]paper, error) {
	desk, err := daily.NewDesk(d.desk.p, d.desk.plan, d.desk.ledger, d.at)
	if err != nil {
		return nil, err
	}
	today, ahead := daily.Scope{From: d.at, To: d.at.Add(24 * time.Hour)}, daily.Scope{From: d.at, To: d.at.Add(3 * 24 * time.Hour)}
	assembly := today
	assembly.Shop = "assembly"
	tasks, dispatch := desk.ShiftTasks(today), desk.Dispatch(ahead, daily.BySlack)
	transport, days := desk.Transport(ahead), desk.SetDays("")
	return []paper{
		digest("shift-task-assembly", desk.ShiftTasks(assembly), 3),
		file("shift-tasks", &tasks),
		file("dispatch-list", &dispatch),
		digest("provision", missing(desk.Provision(ahead)), 3),
		file("transport", &transport),
		file("set-days", &days),
	}, nil
}

// missing keeps the launches that lack something.
func missing(d daily.Document[daily.Launch]) daily.Document[daily.Launch] {
	var rows []daily.Launch
	for _, l := range d.Rows {
		if !l.Readiness.Ready() {
			rows = append(rows, l)
		}
	}
	return daily.Document[daily.Launch]{Title: d.Title + ", not ready", Rows: rows}
}

// weekly returns what is looked at on Mondays: how rhythmic the week was, and how
// even the load.
func (d *day) weekly() ([]paper, error) {
	desk, err := daily.NewDesk(d.desk.p, d.before, d.desk.ledger, d.at)
	if err != nil {
		return nil, err
	}
	s := daily.Scope{From: d.at.Add(-week), To: d.at}
	rhythm, failed := desk.Rhythm(s)
	output, loads, vehicles, areas := desk.Output(s), desk.Loads(s), desk.Vehicles(s), desk.Areas(s)
	shifts := desk.Shifts(s, 6*time.Hour, 14*time.Hour)
	return []paper{
		file("rhythm", &rhythm),
		file("output", &output),
		file("loads", &loads),
		file("shifts", &shifts),
		file("vehicles", &vehicles),
		file("areas", &areas),
	}, errors.Join(err, failed)
}

const week = 7 * 24 * time.Hour
