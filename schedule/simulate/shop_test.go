package simulate_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/wip"
)

var start = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// A route is a routing through machines, a minute at each unless it says.
type route struct {
	machines []string
	times    []time.Duration
}

// shop makes a problem of machines that always work, and routings r0, r1, ... of
// an item each.
func shop(days int, machines []string, routes ...route) *schedule.Problem {
	p := &schedule.Problem{From: start, To: start.AddDate(0, 0, days), Tick: time.Millisecond}
	for _, m := range machines {
		p.Resources = append(p.Resources, capacity.Resource{ID: capacity.ResourceID(m), Units: 1})
	}
	for i, r := range routes {
		item := schedule.ItemID(fmt.Sprintf("i%d", i))
		p.Items = append(p.Items, schedule.Item{ID: item})
		way := schedule.Routing{ID: schedule.RoutingID(fmt.Sprintf("r%d", i)), Item: item}
		for k, m := range r.machines {
			d := time.Minute
			if r.times != nil {
				d = r.times[k]
			}
			way.Steps = append(way.Steps, schedule.Step{
				ID: schedule.StepID(fmt.Sprintf("s%d", k)), Pausable: true,
				Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: capacity.ResourceID(m)}}, Fixed: d}},
			})
		}
		p.Routings = append(p.Routings, way)
	}
	return p
}

// poisson is the arrival of orders of routing r, so many a minute.
func poisson(r int, rate float64) simulate.Rush {
	return simulate.Rush{
		Name: fmt.Sprintf("r%d-", r), Routing: schedule.RoutingID(fmt.Sprintf("r%d", r)), Qty: 1,
		Between: simulate.Distribution{Mean: time.Duration(float64(time.Minute) / rate), Variation: simulate.Exponential()},
	}
}

// confirm checks that the mean of a measure over worlds is what theory says,
// within a 99.9 % confidence interval that must not be wider than a share of it.
func confirm(t *testing.T, want, share float64, worlds int, measure func(seed uint64) float64) {
	t.Helper()
	var sum, squares float64
	for seed := range worlds {
		x := measure(uint64(seed))
		sum, squares = sum+x, squares+x*x
	}
	n := float64(worlds)
	mean := sum / n
	half := 3.9 * math.Sqrt((squares/n-mean*mean)/(n-1)) // Student's t, 19 degrees of freedom
	assert.InDelta(t, want, mean, half)
	assert.Less(t, half, share*want, "the simulation is too short to tell")
}

const worlds = 20

// minutesInSystem is the mean time of orders between arrival and end.
func minutesInSystem(t *testing.T, p *schedule.Problem, o simulate.Options) float64 {
	t.Helper()
	r, err := simulate.Run(context.Background(), p, &schedule.Plan{}, o)
	require.NoError(t, err)
	return r.Metrics(p.From.AddDate(0, 0, 1), p.To).TotalTime.Minutes()
}

func TestMM1(t *testing.T) {
	p := shop(8, []string{"M"}, route{machines: []string{"M"}})
	confirm(t, 1/(1-0.8), 0.15, worlds, func(seed uint64) float64 {
		return minutesInSystem(t, p, simulate.Options{
			Seed: seed, Rule: simulate.FIFO(), Rushes: []simulate.Rush{poisson(0, 0.8)}, Work: simulate.Exponential(),
		})
	})
}

// The formula of Pollaczek and Khinchine.
func TestMG1(t *testing.T) {
	p := shop(5, []string{"M"}, route{machines: []string{"M"}})
	for _, v := range []simulate.Variation{
		{}, {Shape: simulate.Gamma, CV: 0.5}, {Shape: simulate.Lognormal, CV: 0.7}, {Shape: simulate.Uniform, CV: 0.5}, {Shape: simulate.Gamma, CV: 1.5},
	} {
		const load = 0.6
		want := 1 + load*(1+v.CV*v.CV)/(2*(1-load))
		confirm(t, want, 0.15, worlds, func(seed uint64) float64 {
			return minutesInSystem(t, p, simulate.Options{Seed: seed, Rule: simulate.FIFO(), Rushes: []simulate.Rush{poisson(0, load)}, Work: v})
		})
	}
}

// A server with exponential up and down times: Avi-Itzhak and Naor (1963).
func TestMM1Breakdowns(t *testing.T) {
	p := shop(20, []string{"M"}, route{machines: []string{"M"}})
	const λ, μ, ξ, η = 0.6, 1.0, 0.05, 0.2
	want := ((ξ+η)*(ξ+η) + ξ*μ) / ((ξ + η) * (η*(μ-λ) - λ*ξ)) // minutes, by Little's law
	minutes := func(rate float64) simulate.Distribution {
		return simulate.Distribution{Mean: time.Duration(float64(time.Minute) / rate), Variation: simulate.Exponential()}
	}
	confirm(t, want, 0.15, worlds, func(seed uint64) float64 {
		return minutesInSystem(t, p, simulate.Options{
			Seed: seed, Rule: simulate.FIFO(), Rushes: []simulate.Rush{poisson(0, λ)}, Work: simulate.Exponential(),
			Breakdowns: []simulate.Breakdown{{Resource: "M", ToFailure: minutes(ξ), ToRepair: minutes(η)}},
		})
	})
}

// In a network of exponential servers that work first come, first served, each
// is as if alone (Jackson 1957).
func TestJacksonNetwork(t *testing.T) {
	p := shop(6, []string{"A", "B", "C"}, route{machines: []string{"A", "B", "C"}}, route{machines: []string{"C", "A"}}, route{machines: []string{"B", "A", "B"}})
	rates := []float64{0.3, 0.25, 0.15}
	loads := []float64{0.3 + 0.25 + 0.15, 0.3 + 2*0.15, 0.3 + 0.25}
	inSystem, total := 0.0, 0.0
	for i := range loads {
		inSystem += loads[i] / (1 - loads[i])
		total += rates[i]
	}
	o := simulate.Options{Rule: simulate.FIFO(), Work: simulate.Exponential()}
	for i, rate := range rates {
		o.Rushes = append(o.Rushes, poisson(i, rate))
	}
	confirm(t, inSystem/total, 0.15, worlds, func(seed uint64) float64 {
		o.Seed = seed
		return minutesInSystem(t, p, o)
	})
}

// line is a plan of n orders through four machines, all there at the start.
func line(n int, qty wip.Qty) (*schedule.Problem, *schedule.Plan) {
	p := shop(60, []string{"A", "B", "C", "D"}, route{machines: []string{"A", "B", "C", "D"}})
	for k := range p.Routings[0].Steps {
		m := &p.Routings[0].Steps[k].Modes[0]
		m.Fixed, m.PerUnit = 0, time.Minute
	}
	plan := &schedule.Plan{}
	for i := range n {
		plan.Orders = append(plan.Orders, schedule.PlannedOrder{
			ID: schedule.OrderID(fmt.Sprintf("o%d", i)), Item: "i0", Routing: "r0", Qty: qty, Release: start, Start: start, End: start,
		})
	}
	return p, plan
}

// perMinute is the pieces a minute that a line with w orders in it puts out.
func perMinute(t *testing.T, qty wip.Qty, w int, o simulate.Options) float64 {
	t.Helper()
	p, plan := line(1600, qty)
	o.Release, o.Rule = simulate.Conwip{Limit: w}, simulate.FIFO()
	s, err := simulate.New(p, plan, o)
	require.NoError(t, err)
	const minutes = 1500
	require.NoError(t, s.Run(context.Background(), start.Add(minutes*time.Minute)))
	pieces := wip.Qty(0)
	for _, x := range s.Result().Outputs {
		pieces += x.Qty
	}
	return float64(pieces) / minutes
}

// The laws of Factory Physics (Hopp and Spearman) for a line of four equal
// machines: bottleneck rate 1, raw process time 4, critical WIP 4.
func TestLawsOfALine(t *testing.T) {
	for _, w := range []int{1, 2, 4, 7, 12} {
		best := min(float64(w)/4, 1)
		assert.InDelta(t, best, perMinute(t, 1, w, simulate.Options{}), 0.01, "best case, %d", w)
		// The worst case: everything waits for everything, as in one lot.
		assert.InDelta(t, 0.25, perMinute(t, wip.Qty(w), 1, simulate.Options{}), 0.01, "worst case, %d", w)
		practical := float64(w) / (4 + float64(w) - 1)
		confirm(t, practical, 0.05, worlds, func(seed uint64) float64 {
			return perMinute(t, 1, w, simulate.Options{Seed: seed, Work: simulate.Exponential()})
		})
	}
}

// Little's law holds for every sample, but for what is in the shop at the end.
func TestLittlesLaw(t *testing.T) {
	p := jobShop(30)
	for seed := range uint64(5) {
		o := rushShop(p, 0.85)
		o.Seed = seed
		r, err := simulate.Run(context.Background(), p, &schedule.Plan{}, o)
		require.NoError(t, err)
		inSystem, wip := 0.0, 0.0
		for i := range r.Orders {
			end := r.Orders[i].Ended
			if end.IsZero() {
				end = p.To
			}
			inSystem += end.Sub(r.Orders[i].Arrived).Minutes()
		}
		for _, d := range r.Days {
			wip += d.Shop * 24 * 60
		}
		assert.InEpsilon(t, inSystem, wip, 1e-6)
	}
}

// jobShop is a shop of six machines with thirty routings of one to six steps.
func jobShop(days int) *schedule.Problem {
	draw := rand.New(rand.NewPCG(1, 2))
	machines := []string{"A", "B", "C", "D", "E", "F"}
	var routes []route
	for range 30 {
		r := route{}
		for _, k := range draw.Perm(6)[:1+draw.IntN(6)] {
			r.machines = append(r.machines, machines[k])
			r.times = append(r.times, time.Duration(20+draw.IntN(80))*time.Second)
		}
		routes = append(routes, r)
	}
	return shop(days, machines, routes...)
}

// rushShop has orders of all routings arrive so that the busiest machine has a
// load.
func rushShop(p *schedule.Problem, load float64) simulate.Options {
	work := map[capacity.ResourceID]float64{}
	for _, r := range p.Routings {
		for _, s := range r.Steps {
			work[s.Modes[0].Uses[0].Resource] += s.Modes[0].Fixed.Minutes()
		}
	}
	most := 0.0
	for _, r := range p.Resources {
		most = max(most, work[r.ID])
	}
	o := simulate.Options{Rule: simulate.FIFO(), Work: simulate.Exponential()}
	for i := range p.Routings {
		r := poisson(i, load/most)
		r.Allowance = simulate.Distribution{Mean: 30 * time.Minute, Variation: simulate.Variation{Shape: simulate.Uniform, CV: 0.3}}
		o.Rushes = append(o.Rushes, r)
	}
	return o
}

func BenchmarkEvents(b *testing.B) {
	p := jobShop(30)
	for _, rule := range []simulate.Rule{simulate.FIFO(), simulate.SPT(), simulate.LeastSlack()} {
		b.Run(rule.Name, func(b *testing.B) {
			events := int64(0)
			for b.Loop() {
				o := rushShop(p, 0.9)
				o.Rule = rule
				r, err := simulate.Run(context.Background(), p, &schedule.Plan{}, o)
				if err != nil {
					b.Fatal(err)
				}
				events += r.Events
			}
			b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
		})
	}
}
