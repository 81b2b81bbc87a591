package main

import (
	"math"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/simulate"
)

// jobShop is the model of the workload-control literature: six machines, one to
// six of them in random order for each order, times of a 2-Erlang distribution
// of mean 1 that is cut off at 4, Poisson arrivals for a utilisation of 0.9, and
// due dates 28 to 36 after arrival. The unit is an hour. Times are known when an
// order arrives. Finished orders leave at once.
func jobShop() scenario {
	return scenario{
		name: "jobshop", reference: "due-date release", title: "Job shop of the workload-control literature (6 machines, utilisation 0.9)",
		unit: "1 for an order in the shop and 8 for a late one, an hour",
		strategies: jobStrategies(jobShopWorld, jobTuning{
			leads: []float64{16, 20, 24, 28, 32, 36}, allowances: []float64{1, 2, 3, 4, 5, 6}, limits: []int{20, 24, 28, 32, 40, 50}, gates: []float64{0},
			norms: []float64{4, 5, 6, 8, 10, 16}, check: 4, drum: "A", buffers: []float64{4, 8, 12, 16, 24, 36},
			planEvery: 4, direction: heuristic.Forward, reach: 1000, period: 8, sequencer: true,
			rolls:  []roll{{0, 0, 0.5}, {0, 2, 0.5}, {0, 4, 1}},
			queues: congested([]string{"A", "B", "C", "D", "E", "F"}, 1),
		}),
	}
}

// threeWorld is the testbed of the order-release literature from Innsbruck: six
// products in all orders through three machines, exponential times of which
// planners know the mean, and due dates 10 periods of 16 hours after the period
// of arrival. Seasonal arrivals vary by 35 % on a cycle of 30 periods.
func threeWorld(seasonal bool) func(seed uint64) *jobWorld {
	const period = 16 * time.Hour
	routes := [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}
	times := []time.Duration{80 * time.Minute, 77*time.Minute + 30*time.Second, 110 * time.Minute}
	return func(seed uint64) *jobWorld {
		draw := newRand(seed)
		w := &jobWorld{
			machines: []string{"A", "B", "C"}, seed: seed, period: period, work: simulate.Exponential(),
			warm: 60 * period, until: 270 * period, end: 310 * period, wip: 1, stock: 4, late: 16,
		}
		between := (118 * time.Minute).Hours()
		for at := 0.0; ; {
			at += draw.ExpFloat64() * between * slowdown(at, seasonal, period)
			if at > (w.end - 20*period).Hours() {
				return w
			}
			arrives := hours(at)
			j := job{arrives: arrives, due: arrives.Truncate(period) + 11*period, product: 1 + draw.IntN(6)}
			j.machines = routes[j.product-1]
			for _, m := range j.machines {
				j.times = append(j.times, times[m])
			}
			w.jobs = append(w.jobs, j)
		}
	}
}

func threeMachines(seasonal bool) scenario {
	name, title := "three", "Three machines, stationary demand (bottleneck utilisation 0.93)"
	if seasonal {
		name, title = "seasonal", "Three machines, seasonal demand (±35 %, bottleneck utilisation 0.83)"
	}
	return scenario{
		name: name, title: title, reference: "due-date release", unit: "1 for an order in the shop, 4 for a finished and 16 for a late one, a period of 16 h",
		strategies: jobStrategies(threeWorld(seasonal), jobTuning{
			leads: []float64{32, 48, 64, 80, 96, 112}, allowances: []float64{8, 12, 16, 20, 26, 32}, limits: []int{15, 20, 25}, gates: []float64{48, 64},
			norms: []float64{10, 15, 20}, check: 16, drum: "C", buffers: []float64{12, 20, 30},
			planEvery: 16, period: 16,
			rolls:  []roll{{8, 16, 1}, {16, 16, 1}, {24, 16, 1}},
			queues: congested([]string{"A", "B", "C"}, 1.5),
		}),
	}
}

// congested are machines that work day and night on orders of a mean time.
func congested(machines []string, mean float64) []congestion {
	var list []congestion
	for _, m := range machines {
		list = append(list, congestion{schedule.ResourceID(m), 24, 1, mean})
	}
	return list
}

// slowdown is by how much longer than on average it takes until the next order,
// at an hour.
func slowdown(at float64, seasonal bool, period time.Duration) float64 {
	if !seasonal {
		return 1
	}
	return 1.12 / (1 + 0.35*math.Sin(2*math.Pi*at/(30*period.Hours())))
}

func jobShopWorld(seed uint64) *jobWorld {
	draw := newRand(seed)
	w := &jobWorld{
		machines: []string{"A", "B", "C", "D", "E", "F"}, seed: seed, period: time.Hour,
		warm: 300 * time.Hour, until: 1500 * time.Hour, end: 1700 * time.Hour, wip: 1, late: 8,
	}
	for at := 0.0; ; {
		at += draw.ExpFloat64() * 3.5 / (6 * 0.9)
		if at > (w.end - 100*time.Hour).Hours() {
			return w
		}
		j := job{arrives: hours(at), due: hours(at + 28 + 8*draw.Float64())}
		for _, m := range draw.Perm(6)[:1+draw.IntN(6)] {
			t := 5.0
			for t > 4 {
				t = (draw.ExpFloat64() + draw.ExpFloat64()) / 2
			}
			j.machines = append(j.machines, m)
			j.times = append(j.times, hours(t).Truncate(time.Second)+time.Second)
		}
		w.jobs = append(w.jobs, j)
	}
}
