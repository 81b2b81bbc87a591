package norms

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/wip"
)

func operations(r *rand.Rand, n, places int) []Operation {
	ops := make([]Operation, n)
	for i := range ops {
		p := 1 + r.IntN(places)
		ops[i] = Operation{Setup: time.Duration(r.IntN(100)), Piece: time.Duration(p * (1 + r.IntN(9))), Places: p}
	}
	return ops
}

// The least lot of all those that keep to the share, by trying them out.
func TestSetupShareLotIsLeast(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		o := operations(r, 1, 1)[0]
		share := 1 + r.IntN(400)
		for _, basis := range []ShareBasis{OfTotal, OfRun} {
			n, err := SetupShareLot(o, share, basis)
			require.NoError(t, err)
			keeps := func(n wip.Qty) bool {
				base := int64(n) * int64(o.Piece)
				if basis == OfTotal {
					base += int64(o.Setup)
				}
				return int64(o.Setup)*1000 <= int64(share)*base
			}
			assert.True(t, keeps(n))
			assert.True(t, n == 1 || !keeps(n-1))
		}
	}
}

// Costs of setting up and holding, around the lot that is said to be best.
func TestEconomicLotIsCheapest(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 500 {
		e := Economic{Demand: 1 + 1000*r.Float64(), SetupCost: 1 + 100*r.Float64(), Holding: 0.1 + r.Float64()}
		if r.IntN(2) == 0 {
			e.Rate = e.Demand * (1.1 + r.Float64())
		}
		cost := func(q float64) float64 { return e.Demand*e.SetupCost/q + e.Holding*q*e.idle()/2 }
		q, err := e.Lot()
		require.NoError(t, err)
		assert.Less(t, cost(q), cost(1.01*q))
		assert.Less(t, cost(q), cost(0.99*q))
		if e.Rate > 0 {
			alone, err := CommonCycle([]Economic{e})
			require.NoError(t, err)
			assert.InDelta(t, q, alone.Lots[0], 1e-9*q, "a rotation of one product")
		}
	}
}

func TestCommonCycleFindsRoomForSetups(t *testing.T) {
	p := Economic{Demand: 40, Rate: 100, SetupCost: 1e-6, Holding: 1, SetupTime: 0.05}
	r, err := CommonCycle([]Economic{p, p})
	require.NoError(t, err)
	assert.InDelta(t, 0.5, r.Time, 1e-12)
	assert.InDelta(t, 1, 2*(p.SetupTime+r.Lots[0]/p.Rate)/r.Time, 1e-12, "the machine is always busy")
	_, err = CommonCycle([]Economic{{Demand: 60, Rate: 100, SetupCost: 1, Holding: 1}, {Demand: 40, Rate: 100, SetupCost: 1, Holding: 1}})
	assert.Equal(t, []wip.Code{OutOfRange}, codes(t, err))
}

func TestSeries(t *testing.T) {
	const day = 24 * time.Hour
	var days []float64
	for _, d := range Series(20, day) {
		days = append(days, d.Hours()/24)
	}
	assert.Equal(t, []float64{1, 2, 2.5, 4, 5, 10, 20, 60}, days)
	assert.Empty(t, Series(0, day))
}

func TestLaunchPeriod(t *testing.T) {
	const day = 24 * time.Hour
	r := rand.New(rand.NewPCG(3, 3))
	series := Series(20, day)
	for range 1000 {
		programme := Rate{wip.Qty(1 + r.IntN(3000)), 20 * day}
		least := wip.Qty(1 + r.IntN(4000))
		l, err := LaunchPeriod(least, programme, series)
		require.NoError(t, err)
		if least >= programme.Qty {
			assert.Equal(t, programme.Qty, l.Lot, "all at once")
			continue
		}
		assert.GreaterOrEqual(t, l.Lot, least)
		for _, d := range series {
			if d < l.Period {
				assert.Less(t, float64(programme.Qty)*float64(d)/float64(programme.Per), float64(least))
			}
		}
	}
	_, err := LaunchPeriod(10, Rate{100, 20 * day}, []time.Duration{day})
	assert.Equal(t, []wip.Code{NoPeriod}, codes(t, err))
}

func TestNest(t *testing.T) {
	const day = 24 * time.Hour
	r := rand.New(rand.NewPCG(4, 4))
	series := Series(20, day)
	for range 1000 {
		periods := make([]time.Duration, 1+r.IntN(5))
		for i := range periods {
			periods[i] = series[r.IntN(len(series))]
		}
		nested, err := Nest(periods, series)
		require.NoError(t, err)
		for i := range nested {
			assert.GreaterOrEqual(t, nested[i], periods[i])
			if i+1 < len(nested) {
				assert.Zero(t, nested[i]%nested[i+1])
			}
		}
		assert.Equal(t, periods[len(periods)-1], nested[len(nested)-1])
	}
	nested, err := Nest([]time.Duration{7, 3}, nil)
	require.NoError(t, err)
	assert.Equal(t, []time.Duration{9, 3}, nested, "the next multiple")
}

// simulate runs a lot through the operations, transfer lot by transfer lot, and
// returns when the last one leaves. An operation is one server whose time for
// a piece is the interval. Under parallel-serial movement it begins as early
// as it then never waits.
func simulate(ops []Operation, lot, transfer int64, m Movement) int64 {
	if m == Sequential {
		transfer = lot
	}
	var sizes []int64
	for left := lot; left > 0; left -= transfer {
		sizes = append(sizes, min(left, transfer))
	}
	arrived := make([]int64, len(sizes)) // at the operation at hand
	for _, o := range ops {
		t := int64(o.Interval())
		clock := int64(0)
		if m == ParallelSerial {
			done := int64(0) // pieces before transfer lot k
			for k, size := range sizes {
				clock = max(clock, arrived[k]-done*t)
				done += size
			}
		}
		for k, size := range sizes {
			clock = max(clock, arrived[k]) + size*t
			arrived[k] = clock
		}
	}
	return arrived[len(arrived)-1]
}

func TestLotCycleAgainstSimulation(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 3000 {
		ops := operations(r, 1+r.IntN(6), 3)
		transfer := int64(1 + r.IntN(6))
		lot := transfer * int64(1+r.IntN(6))
		for _, m := range []Movement{Sequential, Parallel, ParallelSerial} {
			got, err := LotCycle(ops, wip.Qty(lot), wip.Qty(transfer), m)
			require.NoError(t, err)
			require.Equal(t, simulate(ops, lot, transfer, m), int64(got), "movement %d of %v, %d in %d", m, ops, lot, transfer)
			odd := lot + r.Int64N(transfer)
			got, err = LotCycle(ops, wip.Qty(odd), wip.Qty(transfer), m)
			require.NoError(t, err)
			require.LessOrEqual(t, simulate(ops, odd, transfer, m), int64(got), "with a smaller last transfer lot")
		}
	}
}

// Leads are longest paths: over all paths to a final stage, one by one.
func TestLeadsAgainstAllPaths(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 500 {
		n := 1 + r.IntN(7)
		stages := make([]Stage, n)
		shuffled := r.Perm(n)
		for k, i := range shuffled {
			s := &stages[i]
			s.Cycle, s.Period, s.Reserve = time.Duration(r.IntN(9)), time.Duration(r.IntN(9)), time.Duration(r.IntN(3))
			for _, f := range shuffled[k+1:] {
				if r.IntN(3) == 0 {
					s.Feeds = append(s.Feeds, f)
				}
			}
		}
		var longest func(i int) time.Duration // from the output of i
		longest = func(i int) (out time.Duration) {
			for _, f := range stages[i].Feeds {
				step := stages[i].Reserve + stages[f].Cycle + longest(f)
				if stages[i].Period > stages[f].Period {
					step += stages[i].Period - stages[f].Period
				}
				out = max(out, step)
			}
			return out
		}
		leads, err := Leads(stages)
		require.NoError(t, err)
		for i, l := range leads {
			require.Equal(t, Lead{longest(i), longest(i) + stages[i].Cycle}, l)
		}
	}
	_, err := Leads([]Stage{{Feeds: []int{1}}, {Feeds: []int{0}}})
	assert.Equal(t, []wip.Code{Loop}, codes(t, err))
}

// The stock piece by piece, over three service periods: with the opening
// stock no operation waits and the norm is not passed; with one piece less the
// user would wait.
func TestTurnoverPieceByPiece(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 300 {
		feeding, using := time.Duration(1+r.IntN(5)), time.Duration(1+r.IntN(5))
		var phases []Phase
		for range 1 + r.IntN(4) {
			phases = append(phases, Phase{time.Duration(60 * (1 + r.IntN(5))), r.IntN(3), r.IntN(3)})
		}
		got, err := TurnoverBetween(feeding, using, phases)
		require.NoError(t, err)
		// The exact curve in steps of a unit of time, in parts of a piece.
		parts := int64(feeding * using)
		stock, lowest, highest := int64(0), int64(0), int64(0)
		for _, p := range phases {
			for range p.For {
				stock += int64(p.Feeding)*int64(using) - int64(p.Using)*int64(feeding)
				lowest, highest = min(lowest, stock), max(highest, stock)
			}
		}
		up := func(n int64) wip.Qty { return wip.Qty((n + parts - 1) / parts) }
		require.Equal(t, up(-lowest), got.Opening)
		require.Equal(t, up(highest-lowest), got.Norm)
		require.Equal(t, up(stock-lowest), got.Curve[len(phases)].Stock)
	}
}

// Two-lot stores, day by day: the average over a cycle and the largest stock.
func TestStoreTurnover(t *testing.T) {
	for _, c := range []struct{ in, out wip.Qty }{{600, 300}, {900, 300}, {300, 300}, {8, 2}} {
		average, largest := Store{In: c.in, Out: c.out}.Turnover()
		total, most, n := wip.Qty(0), wip.Qty(0), wip.Qty(0)
		for left := c.in - c.out; left >= 0; left -= c.out { // after each lot that leaves
			total, most, n = total+left, max(most, left), n+1
		}
		assert.Equal(t, total/n, average)
		assert.Equal(t, most, largest)
	}
	continuous, _ := Store{In: 301}.Turnover()
	assert.Equal(t, wip.Qty(151), continuous)
}

// Little's law on lots that are launched one by one.
func TestInWorkIsTheAverageInWork(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	for range 300 {
		lot, period, cycle := int64(1+r.IntN(9)), int64(1+r.IntN(9)), int64(1+r.IntN(40))
		n, err := InWork(wip.Point{Item: "a"}, Rate{wip.Qty(lot), time.Duration(period)}, wip.Qty(lot), time.Duration(cycle))
		require.NoError(t, err)
		total, least, most := int64(0), int64(math.MaxInt64), int64(0)
		for hour := cycle; hour < cycle+period; hour++ {
			inWork := int64(0)
			for launched := int64(0); launched <= hour; launched += period {
				if launched+cycle > hour {
					inWork += lot
				}
			}
			total, least, most = total+inWork, min(least, inWork), max(most, inWork)
		}
		require.Equal(t, wip.Qty((total+period-1)/period), n.Target)
		require.Equal(t, [2]wip.Qty{wip.Qty(least), wip.Qty(most)}, [2]wip.Qty{n.Min, n.Max})
		require.NoError(t, n.Validate())
	}
}

// The expected cost of every stock that could be best.
func TestSafetyByCostIsCheapest(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for range 500 {
		var history []Disturbance
		for range 1 + r.IntN(6) {
			history = append(history, Disturbance{wip.Qty(r.IntN(20)), 1 + r.Int64N(5)})
		}
		short, excess := r.Int64N(20), 1+r.Int64N(5)
		cost := func(z wip.Qty) (total int64) {
			for _, d := range history {
				total += d.Weight * (short*int64(max(0, d.Qty-z)) + excess*int64(max(0, z-d.Qty)))
			}
			return total
		}
		got, err := SafetyByCost(history, short, excess)
		require.NoError(t, err)
		for z := range wip.Qty(21) {
			require.LessOrEqual(t, cost(got), cost(z))
		}
	}
}

// The fewest stations, by trying every assignment of tasks.
func fewest(tasks []Task, takt time.Duration) int {
	best := len(tasks)
	station := make([]int, len(tasks))
	load := make([]time.Duration, len(tasks))
	var assign func(i, used int)
	assign = func(i, used int) {
		if used >= best {
			return
		}
		if i == len(tasks) {
			best = used
			return
		}
		first := 0
		for _, a := range tasks[i].After {
			first = max(first, station[a])
		}
		for s := first; s < best; s++ {
			if load[s]+tasks[i].Time <= takt {
				load[s] += tasks[i].Time
				station[i] = s
				assign(i+1, max(used, s+1))
				load[s] -= tasks[i].Time
			}
		}
	}
	assign(0, 0)
	return best
}

func TestBalanceAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 10))
	optimal, total := 0, 0
	for range 400 {
		const takt = 20
		tasks := make([]Task, 1+r.IntN(7))
		for i := range tasks {
			tasks[i].Time = time.Duration(1 + r.IntN(takt))
			for a := range i {
				if r.IntN(4) == 0 {
					tasks[i].After = append(tasks[i].After, a)
				}
			}
		}
		b, err := Balance(tasks, takt)
		require.NoError(t, err)
		checkBalance(t, tasks, takt, b)
		best := fewest(tasks, takt)
		require.GreaterOrEqual(t, len(b.Stations), best)
		require.LessOrEqual(t, len(b.Stations), best+1, "no rule is that bad on seven tasks")
		require.LessOrEqual(t, b.Least, best)
		total++
		if len(b.Stations) == best {
			optimal++
		}
	}
	assert.Greater(t, float64(optimal), 0.9*float64(total))
}

func checkBalance(t *testing.T, tasks []Task, takt time.Duration, b LineBalance) {
	t.Helper()
	var done []int
	for _, station := range b.Stations {
		load := time.Duration(0)
		for _, i := range station {
			load += tasks[i].Time
			for _, a := range tasks[i].After {
				require.Contains(t, done, a)
			}
			done = append(done, i)
		}
		require.LessOrEqual(t, load, takt)
	}
	slices.Sort(done)
	for i := range tasks {
		require.Equal(t, i, done[i])
	}
	require.Len(t, done, len(tasks))
}

func TestProductionTypes(t *testing.T) {
	for operations, want := range map[int]ProductionType{1: MassProduction, 2: LargeSeries, 10: LargeSeries, 11: MediumSeries, 21: SmallSeries, 41: JobProduction} {
		got, _, err := TypeOfProduction(operations, 1)
		require.NoError(t, err)
		assert.Equal(t, want, got, operations)
	}
}

// A queue with exponential times is exact: M/M/1 and the laws of Little.
func TestLaws(t *testing.T) {
	s := Station{Time: 2, Arrival: 1, Process: 1}
	assert.InDelta(t, 0.8/0.2*2, s.QueueTime(0.8), 1e-12)
	assert.True(t, math.IsInf(s.QueueTime(1), 1))
	assert.Zero(t, s.QueueTime(0))
	assert.InDelta(t, 1, s.Departure(0.7), 1e-12)
	s.Machines = 2
	assert.InDelta(t, math.Pow(0.8, math.Sqrt(6)-1)/(2*0.2)*2, s.QueueTime(0.8), 1e-12)
	line := Tandem{0.5, 8}
	for _, f := range []Flow{line.Best(10), line.Worst(10), line.PracticalWorst(10)} {
		assert.InDelta(t, 10, Little(f.Throughput, f.Cycle), 1e-9)
	}
	assert.Zero(t, Tandem{}.Best(3))
}

func TestRate(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 11))
	for range 5000 {
		rate := Rate{wip.Qty(r.Int64() >> r.IntN(60)), 1 + time.Duration(r.Int64()>>(1+r.IntN(60)))}
		d := time.Duration(r.Int64() >> r.IntN(60))
		want := new(big.Int).Mul(big.NewInt(int64(rate.Qty)), big.NewInt(int64(d)))
		want.Add(want, big.NewInt(int64(rate.Per)-1)).Div(want, big.NewInt(int64(rate.Per)))
		got, ok := rate.Over(d)
		require.Equal(t, want.IsInt64(), ok)
		if ok {
			require.Equal(t, want.Int64(), int64(got))
		}
	}
	_, ok := Rate{}.Time(1)
	assert.False(t, ok)
}

func TestEveryMistakeIsListed(t *testing.T) {
	none := []Operation{{Setup: -1, Piece: 0, Places: -1}}
	errs := map[string]error{}
	note := func(name string, err error) { errs[name] = err }
	_, err := Leading(none)
	note("leading", err)
	_, err = LotCycle(none, 0, 0, 9)
	note("cycle", err)
	_, err = Technological(none, -1)
	note("technological", err)
	assert.Len(t, codes(t, errs["leading"]), 3)
	assert.Len(t, codes(t, errs["cycle"]), 5)
	assert.Len(t, codes(t, errs["technological"]), 4)

	huge := []Operation{{Piece: math.MaxInt64}, {Piece: math.MaxInt64}}
	for name, fail := range map[string]func() error{
		"cycle": func() error { _, err := LotCycle(huge, 2, 1, Parallel); return err },
		"lot":   func() error { _, err := SetupShareLot(huge[0], 999, OfRun); return err },
		"leads": func() error {
			_, err := Leads([]Stage{{Cycle: math.MaxInt64, Reserve: 1, Feeds: []int{1}}, {}, {}})
			_, err2 := Leads([]Stage{{Cycle: math.MaxInt64, Reserve: 1, Feeds: []int{1}}, {Cycle: math.MaxInt64}})
			return first(err, err2)
		},
		"turnover": func() error { _, err := TurnoverBetween(1, 1, []Phase{{math.MaxInt64, 2, 0}}); return err },
		"store":    func() error { _, err := Store{In: math.MaxInt64, Safety: 1}.Norm(wip.Point{}); return err },
		"safety":   func() error { _, err := Safety(Rate{math.MaxInt64, 1}, 2); return err },
		"moved":    func() error { _, err := Transport(3, math.MaxInt64); return err },
		"line":     func() error { _, err := NewFlowLine(1, math.MaxInt64, 1, []time.Duration{math.MaxInt64}); return err },
	} {
		assert.Equal(t, []wip.Code{wip.Overflow}, codes(t, fail()), name)
	}
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func codes(t *testing.T, err error) []wip.Code {
	t.Helper()
	var invalid *wip.InvalidError
	require.ErrorAs(t, err, &invalid)
	var found []wip.Code
	for _, i := range invalid.Issues {
		found = append(found, i.Code)
	}
	return found
}
