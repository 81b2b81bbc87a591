package heuristic_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
)

// The order book of one plant, longer and longer at the same load. Operations
// per second should hardly fall.
func BenchmarkPlant(b *testing.B) {
	for _, lines := range []int{3_000, 10_000, 20_000, 100_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			benchmarkPlan(b, scenario.Plant{Lines: lines, Items: 100, Machines: 60, Components: 200, Seed: 1})
		})
	}
}

// One item on one machine.
func BenchmarkOneMachine(b *testing.B) {
	for _, lines := range []int{1_000, 8_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			benchmarkPlan(b, scenario.Plant{Lines: lines, Items: 1, Machines: 1, Components: 200, Seed: 1})
		})
	}
}

// One group that ships together: lines per second should hardly fall.
func BenchmarkTogether(b *testing.B) {
	for _, lines := range []int{2_000, 20_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			p := scenario.Plant{Lines: lines, Items: 8, Machines: 4, Components: 12, Seed: 1}.Problem()
			for i := range p.Lines {
				p.Lines[i].Together = "all"
			}
			benchmarkProblem(b, p)
		})
	}
}

func benchmarkPlan(b *testing.B, plant scenario.Plant) {
	benchmarkProblem(b, plant.Problem())
}

func benchmarkProblem(b *testing.B, p *schedule.Problem) {
	b.ReportAllocs()
	operations := 0
	for b.Loop() {
		r, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: -1})
		if err != nil {
			b.Fatal(err)
		}
		operations += len(r.Plan.Operations)
	}
	b.ReportMetric(float64(operations)/b.Elapsed().Seconds(), "operations/s")
}
