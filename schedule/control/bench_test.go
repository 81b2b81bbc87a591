package control_test

import (
	"testing"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/control"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/wip"
)

// A plant of 100,000 operations, and one of 20,000.
func large() scenario.Plant {
	return scenario.Plant{Lines: 20000, Items: 100, Machines: 60, Components: 200, Seed: 1}
}

func medium() scenario.Plant {
	return scenario.Plant{Lines: 4000, Items: 100, Machines: 60, Components: 200, Seed: 1}
}

func made(b *testing.B, plant scenario.Plant) (*schedule.Problem, *schedule.Plan) {
	p := plant.Problem()
	r, err := heuristic.Plan(background, p, heuristic.Options{MaxSteps: -1})
	if err != nil {
		b.Fatal(err)
	}
	return p, r.Plan
}

func opened(b *testing.B, plant scenario.Plant) (*control.Desk, *schedule.Plan) {
	p, plan := made(b, plant)
	desk, err := control.Open(background, p, plan)
	if err != nil {
		b.Fatal(err)
	}
	return desk, plan
}

// outages are breakdowns of eight hours of machines that are at work then.
func outages(p *schedule.Problem, plan *schedule.Plan) []control.Breakdown {
	var list []control.Breakdown
	n := 0
	for id, operations := range schedule.ByResource(p, plan) {
		if len(operations) > 50 && p.Resources[n].Units == 1 {
			from := operations[50].Start
			list = append(list, control.Breakdown{Resource: id, From: from, Until: from.Add(8 * time.Hour)})
		}
		n++
	}
	return list
}

func BenchmarkBreakdown(b *testing.B) {
	p, plan := made(b, large())
	desk, err := control.Open(background, p, plan)
	if err != nil {
		b.Fatal(err)
	}
	list := outages(p, plan)
	for _, e := range []control.Extent{control.RightShift, control.Resequence} {
		for _, written := range []bool{false, true} {
			name := e.String()
			if written {
				name += ", written out"
			}
			b.Run(name, func(b *testing.B) {
				moved := 0
				for i := 0; b.Loop(); i++ {
					o := list[i%len(list)]
					q, err := desk.Breakdown(o.Resource, capacity.Outage{From: o.From, To: o.Until}, control.Options{Extent: e})
					if err != nil {
						b.Fatal(err)
					}
					moved += len(q.Changes)
					if written {
						if _, _, err := desk.Plan(); err != nil {
							b.Fatal(err)
						}
					}
				}
				b.ReportMetric(float64(moved)/float64(b.N), "changes/op")
			})
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	p, plan := made(b, large())
	for b.Loop() {
		if _, err := control.Open(background, p, plan); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReplan(b *testing.B) {
	p, plan := made(b, large())
	now := p.From.AddDate(0, 0, 10)
	state := execute(p, plan, now, 0)
	state.Down = []wip.Standstill{{Workplace: "machine-007", Since: now}}
	for _, e := range []control.Extent{control.RightShift, control.Subcontract} {
		b.Run(e.String(), func(b *testing.B) {
			for b.Loop() {
				if _, err := control.Replan(background, p, plan, state, now, control.Options{Extent: e}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPromise(b *testing.B) {
	desk, _ := opened(b, medium())
	p, _, err := desk.Plan()
	if err != nil {
		b.Fatal(err)
	}
	for _, hurt := range []bool{false, true} {
		b.Run(map[bool]string{false: "free", true: "hurting"}[hurt], func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				line := schedule.ContractLine{ID: "inquiry", Item: p.Lines[i%100].Item, Qty: 3, Due: p.From.AddDate(0, 0, i%40)}
				if _, err := desk.Promise(line, hurt); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
