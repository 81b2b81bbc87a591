package main

import (
	"fmt"
	"io"
	"time"

	"github.com/taktplan/takt/schedule"
)

// printLoads shows how busy each resource is, week by week.
func printLoads(w io.Writer, p *schedule.Problem, plan *schedule.Plan) {
	t := heading(w, "Load by week, in per cent")
	lines, err := schedule.Timelines(p)
	if err != nil {
		return // the planner has expanded them already
	}
	i := 0
	for id, operations := range schedule.ByResource(p, plan) {
		line := lines[i]
		i++
		fmt.Fprintf(t, "%s\t", id)
		for week := p.From; week.Before(p.To); week = week.AddDate(0, 0, 7) {
			end := week.AddDate(0, 0, 7)
			busy, open := time.Duration(0), line.Between(week, end)
			for _, o := range operations {
				busy += line.Between(latest(o.Start, week), earliest(o.End, end))
			}
			if open > 0 {
				fmt.Fprintf(t, "%d\t", 100*busy/(open*time.Duration(p.Resources[i-1].Units)))
			}
		}
		fmt.Fprintln(t)
	}
	t.Flush()
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
