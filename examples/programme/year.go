package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/codec"
	"github.com/taktplan/takt/wip"
)

// plant is the pump works of examples/quickstart, as an ERP would send it.
//
//go:embed plant.json
var plant []byte

const weeks = 54

// A customer takes pumps every month of the year.
type customer struct {
	id, name string
	late     int64 // penalty per pump and day
	percent  int64 // of the list price that it pays
	takes    []taken
}

type taken struct {
	item  schedule.ItemID
	month int // pumps in a month of average season
}

var customers = []customer{
	{"C1", "City waterworks", 40, 100, []taken{{"P80", 26}, {"P125", 8}}},
	{"C2", "Paper mill", 90, 100, []taken{{"P125", 12}, {"P80S", 10}}},
	{"C3", "Dairy", 60, 100, []taken{{"P80S", 14}, {"P50", 14}}},
	{"C4", "Pump dealer", 10, 50, []taken{{"P50", 50}, {"P80", 32}}},
	{"C5", "Shipyard", 120, 105, []taken{{"P125", 12}, {"P50", 12}, {"P80", 14}}},
}

// season is what is taken from April to February, in per cent of an average
// month: pumps are wanted before and during the summer.
var season = [...]int{80, 120, 160, 160, 120, 100, 90, 80, 70, 60, 60}

// lists are the prices of the pumps.
var lists = map[schedule.ItemID]int64{"P50": 900, "P80": 1400, "P80S": 2100, "P125": 2600}

// year returns the problem of a whole year. Everything counts in money: what is
// bought has its price, a contract pays for what it gets and charges for what is
// late, and a pump that is never delivered costs three times its price.
func year() (*schedule.Problem, error) {
	p, err := codec.DecodeProblem(bytes.NewReader(plant))
	if err != nil {
		return nil, err
	}
	p.To = p.From.AddDate(0, 0, 7*weeks)
	p.Objective = schedule.Economy()
	for i := range p.Supplies {
		for _, item := range p.Items {
			if item.ID == p.Supplies[i].Item {
				p.Supplies[i].Cost = item.Cost
			}
		}
	}
	p.Contracts, p.Lines = nil, nil
	for _, c := range customers {
		p.Contracts = append(p.Contracts, schedule.Contract{ID: schedule.ContractID(c.id), Customer: c.name})
		for m, percent := range season {
			due := time.Date(2026, time.April+time.Month(m), 24, 14, 0, 0, 0, time.UTC)
			for _, t := range c.takes {
				price := lists[t.item] * c.percent / 100
				p.Lines = append(p.Lines, schedule.ContractLine{
					ID: schedule.LineID(fmt.Sprintf("%s/%s/%s", c.id, t.item, due.Format("Jan"))), Contract: schedule.ContractID(c.id),
					Item: t.item, Qty: wip.Qty(t.month * percent / 100), MinShipment: 1,
					Due: due, Late: c.late, Short: 3 * price, Price: price,
				})
			}
		}
	}
	return p, nil
}

// pumps are the products.
var pumps = []schedule.ItemID{"P50", "P80", "P80S", "P125"}

// until returns the problem of the first weeks alone.
func until(p *schedule.Problem, weeks int) *schedule.Problem {
	q := *p
	q.To = p.From.AddDate(0, 0, 7*weeks)
	q.Lines = nil
	for _, l := range p.Lines {
		if l.Due.Before(q.To) {
			q.Lines = append(q.Lines, l)
		}
	}
	return &q
}

// withShift returns a problem in which a resource works a second shift on the
// working days of some weeks.
func withShift(p *schedule.Problem, id schedule.ResourceID, first, last int) *schedule.Problem {
	q := *p
	q.Calendars, q.Resources = append([]calendar.Calendar(nil), p.Calendars...), append(p.Resources[:0:0], p.Resources...)
	double := calendarOf(p, "two-shifts").Patterns[0].Weeks[0]
	extra := *calendarOf(p, "one-shift")
	extra.ID = "extra"
	extra.Exceptions = append([]calendar.Exception(nil), extra.Exceptions...)
	for w := first; w <= last; w++ {
		for d := range 5 {
			on := calendar.DateOf(p.From.AddDate(0, 0, 7*w+d))
			extra.Exceptions = append(extra.Exceptions, calendar.Exception{First: on, Last: on, Shifts: double[time.Monday], Note: "second shift"})
		}
	}
	q.Calendars = append(q.Calendars, extra)
	for i := range q.Resources {
		if q.Resources[i].ID == id {
			q.Resources[i].Calendar = "extra"
		}
	}
	return &q
}

func calendarOf(p *schedule.Problem, id calendar.ID) *calendar.Calendar {
	for i := range p.Calendars {
		if p.Calendars[i].ID == id {
			return &p.Calendars[i]
		}
	}
	return nil
}

// withPlaces returns a problem in which the balancing service takes so many
// rotors a week.
func withPlaces(p *schedule.Problem, week wip.Qty) *schedule.Problem {
	q := *p
	q.Partners = append(p.Partners[:0:0], p.Partners...)
	for i := range q.Partners {
		if q.Partners[i].ID == "balance" {
			q.Partners[i].Capacity.Qty = week
		}
	}
	return &q
}

// withDemand returns a problem in which every line is for so many per cent.
func withDemand(p *schedule.Problem, percent wip.Qty) *schedule.Problem {
	q := *p
	q.Lines = append(p.Lines[:0:0], p.Lines...)
	for i := range q.Lines {
		q.Lines[i].Qty = q.Lines[i].Qty * percent / 100
	}
	return &q
}
