package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/taktplan/takt/calendar"
)

// A plant is the side table: what the planner has to know and Tryton has no
// place for.
type plant struct {
	Warehouse string   `json:"warehouse"` // code of the one that is planned
	Zone      string   `json:"zone"`      // where the days of the ERP begin and end
	Weeks     int      `json:"weeks"`     // how far to plan
	Cover     duration `json:"cover"`     // what one new lot covers of the needs after it
	// Shifts are the weekly patterns by name; a working week has five days.
	Shifts   map[string][]shift `json:"shifts"`
	Holidays []calendar.Date    `json:"holidays"`
	// Centres says in which shifts each work centre works, by its name; the
	// others work in those of the empty name.
	Centres map[string]string `json:"centres"`
	// Times of operations by name, for as long as too little was measured.
	Times map[string]times `json:"times"`
}

type shift struct {
	Start  duration `json:"start"` // after midnight, such as 6h30m
	End    duration `json:"end"`
	Breaks []shift  `json:"breaks,omitempty"`
}

type times struct {
	Setup duration `json:"setup"`
	Unit  duration `json:"unit"`
}

// A duration is written as in 1h30m.
type duration time.Duration

func (d *duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	*d = duration(v)
	return err
}

// examplePlant is the side table of the seeded shop.
//
//go:embed testdata/plant.json
var examplePlant []byte

// readPlant reads a side table, or the example's if no file is named.
func readPlant(file string) (*plant, error) {
	data := examplePlant
	if file != "" {
		var err error
		if data, err = os.ReadFile(file); err != nil {
			return nil, err
		}
	}
	p := &plant{Zone: "UTC", Weeks: 12}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(p); err != nil {
		return nil, fmt.Errorf("side table: %w", err)
	}
	return p, nil
}

// calendars returns one calendar for each pattern of shifts, sorted by name.
func (p *plant) calendars() []calendar.Calendar {
	var list []calendar.Calendar
	for _, name := range sortedKeys(p.Shifts) {
		c := calendar.Calendar{
			ID: calendarID(name), Name: name, Zone: p.Zone,
			Patterns: []calendar.Pattern{{Weeks: []calendar.Week{calendar.Workdays(toShifts(p.Shifts[name])...)}}},
		}
		for _, day := range p.Holidays {
			c.Exceptions = append(c.Exceptions, calendar.Exception{First: day})
		}
		list = append(list, c)
	}
	return list
}

func toShifts(list []shift) []calendar.Shift {
	var out []calendar.Shift
	for _, s := range list {
		c := calendar.Shift{Start: time.Duration(s.Start), End: time.Duration(s.End)}
		for _, b := range s.Breaks {
			c.Breaks = append(c.Breaks, calendar.Break{Start: time.Duration(b.Start), End: time.Duration(b.End)})
		}
		out = append(out, c)
	}
	return out
}

// calendarID turns the name of a pattern into an ID: that of the empty name is
// not empty, since a resource without calendar would never rest.
func calendarID(name string) calendar.ID {
	if name == "" {
		return "standard"
	}
	return calendar.ID(name)
}
