package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A set is some problems that share a row.
type set struct {
	name     string
	problems []*schedule.Problem
}

// sets lists what is planned.
func sets(models string) ([]set, error) {
	list := []set{
		{"plant, 200 lines", plants(200, false)},
		{"plant, 800 lines", plants(800, false)},
		{"plant, 200 lines, suppliers and alternates", plants(200, true)},
		{"plant, 800 lines, suppliers and alternates", plants(800, true)},
	}
	if models == "" {
		return list, nil
	}
	small, err := read(models)
	return append(list, set{fmt.Sprintf("%d small models", len(small)), small}), err
}

// plants generates the classical plant with three seeds: two shifts, four hours
// of setup for each lot on the machine. If rich, every supplier has a little
// more than what is wanted of it a week, and every second item may also be made
// on the next machine, a third slower.
func plants(lines int, rich bool) (list []*schedule.Problem) {
	for seed := range uint64(3) {
		p := scenario.Plant{Lines: lines, Items: 10, Machines: 6, Components: 20, Seed: seed + 1, Shifts: true}.Problem()
		for i := range p.Lines {
			p.Lines[i].Due = p.Lines[i].Due.AddDate(0, 0, 45) // beyond most lead times
		}
		for i := range p.Routings {
			m := machineMode(&p.Routings[i])
			m.Setup = 4 * time.Hour
			if rich && i%2 == 0 {
				alternate(p, &p.Routings[i])
			}
		}
		for i := range p.Supplies {
			if rich {
				p.Supplies[i].Capacity = schedule.Limit{Qty: 200, Per: 7 * 24 * time.Hour}
			}
		}
		list = append(list, p)
	}
	return list
}

// machineMode returns the mode of the step that takes time by the piece.
func machineMode(r *schedule.Routing) *schedule.Mode {
	for k := range r.Steps {
		if m := &r.Steps[k].Modes[0]; m.PerUnit > 0 {
			return m
		}
	}
	return nil
}

// alternate lets the step on a machine be done on the next one, a third slower.
func alternate(p *schedule.Problem, r *schedule.Routing) {
	for k := range r.Steps {
		s := &r.Steps[k]
		if m := s.Modes[0]; m.PerUnit > 0 {
			next := m
			next.PerUnit += m.PerUnit / 3
			next.Uses = []schedule.Use{{Resource: p.Resources[nextMachine(p, m.Uses[0].Resource)].ID}}
			s.Modes = append(s.Modes, next)
		}
	}
}

func nextMachine(p *schedule.Problem, id schedule.ResourceID) int {
	machines := 0
	at := 0
	for i := range p.Resources {
		if p.Resources[i].Units == 1 {
			machines++
		}
		if p.Resources[i].ID == id {
			at = i
		}
	}
	return (at + 1) % machines
}

// read reads small models: cases between lines "== title", each a line of text,
// a problem, and behind "----" what is known of it.
func read(folder string) (list []*schedule.Problem, err error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for _, c := range strings.Split(string(text), "\n== ")[1:] {
			lines := strings.SplitN(c, "\n", 3)
			problem, _, _ := strings.Cut(lines[2], "\n----")
			p, _, err := scenario.Parse(problem)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", name, lines[0], err)
			}
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("there are no models in %s", folder)
	}
	return list, nil
}

// units is an amount in whole units.
func units(q wip.Qty, scale int64) float64 { return float64(q) / float64(scale) }
