package analysis_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule/analysis"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/stocktake"
)

// The lathe makes ten shafts in the morning, the bench puts ten pumps together
// in the afternoon. Nobody has planned the shafts of a second lot of pumps.
const works = `
	horizon 2d
	calendar day 06:00-22:00
	shop machining
	shop assembly
	shop tools
	resource lathe calendar=day shop=machining cost=40
	resource bench calendar=day shop=assembly cost=60
	item pump cost=100
	item shaft cost=20
	item motor
	routing shaft shaft shop=machining
	  step turn lathe unit=24m
	routing pump pump shop=assembly
	  step assemble bench unit=24m move=1h
	    need shaft 1
	lot S1 shaft 10 start=08:00 end=12:00
	op S1/turn 08:00-12:00
	lot P1 pump 10 release=08:00 start=12:00 end=17:00
	op P1/assemble 12:00-16:00
	lot P2 pump 5 release=08:00 start=16:00 end=19:00
	op P2/assemble 16:00-18:00`

func hour(n float64) time.Time {
	return scenario.Start().Add(time.Duration(n * float64(time.Hour)))
}

// A tool is missing for two hours in the morning, and everything is late.
func events() []wip.Event {
	shaft, pump := wip.Point{Item: "shaft"}, wip.Point{Item: "pump"}
	list := []wip.Event{
		{Kind: wip.Released, At: hour(8), Order: "S1", Point: shaft, Qty: 10},
		{Kind: wip.Released, At: hour(8), Order: "P1", Point: pump, Qty: 10},
		{Kind: wip.Released, At: hour(8), Order: "P2", Point: pump, Qty: 5},
		{Kind: wip.Interrupted, At: hour(8), Workplace: "lathe", Cause: "no tool"},
		{Kind: wip.Resumed, At: hour(10), Workplace: "lathe"},
		{Kind: wip.Started, At: hour(10), Order: "S1", Step: "turn", Workplace: "lathe", Qty: 10},
		{Kind: wip.Reported, At: hour(14), Order: "S1", Step: "turn", Workplace: "lathe", Qty: 10, Spent: 4 * time.Hour},
		{Kind: wip.Delivered, At: hour(14), Order: "S1", Point: shaft, Qty: 10},
		{Kind: wip.Issued, At: hour(14), Order: "P1", Step: "assemble", Point: shaft, Qty: 10},
		{Kind: wip.Started, At: hour(14), Order: "P1", Step: "assemble", Workplace: "bench", Qty: 10},
		{Kind: wip.Reported, At: hour(19), Order: "P1", Step: "assemble", Workplace: "bench", Qty: 10, Spent: 5 * time.Hour},
		{Kind: wip.Delivered, At: hour(20), Order: "P1", Point: pump, Qty: 10},
	}
	for i := range list {
		list[i].Key = fmt.Sprint(i)
	}
	return list
}

func history() *analysis.History {
	p, plan, err := scenario.Parse(works)
	if err != nil {
		panic(err)
	}
	h, err := analysis.Read(p, plan, events(), hour(0), hour(24))
	if err != nil {
		panic(err)
	}
	return h
}

func ExampleHistory_Cycles() {
	h := history()
	cycles := h.Cycles()
	for _, s := range cycles[1].Stretches {
		fmt.Println(s.From.Format("15:04"), s.To.Format("15:04"), s.For)
	}
	d := analysis.Decompose(cycles)
	d.Report().WriteText(os.Stdout)
	analysis.LeverReport(analysis.Levers(cycles)).WriteText(os.Stdout)
	// Output:
	// 08:00 14:00 material
	// 14:00 19:00 processing
	// 19:00 20:00 moving
	// Time of orders
	// part           hours  share
	// processing      9.00   0.26
	// setup           0.00   0.00
	// moving          1.00   0.03
	// partner         0.00   0.00
	// material       22.00   0.65
	// resource busy   0.00   0.00
	// standstill      2.00   0.06
	// no shift        0.00   0.00
	// unexplained     0.00   0.00
	// Levers
	// part        what            hours  share  orders  advice
	// material    shaft           22.00   0.65       2  have it earlier: launch or buy with more lead, or hold a norm
	// standstill  lathe: no tool   2.00   0.06       1  keep it running: maintenance, tools and documents ready
	// moving      bench            1.00   0.03       1  move and wait less: smaller transfer lots, fewer hand-offs
}

func ExampleHistory_Claims() {
	h := history()
	claims := h.Claims([]analysis.Responsibility{{Cause: "no tool", Shop: "tools"}})
	analysis.ClaimReport(claims).WriteText(os.Stdout)
	analysis.NetReport(analysis.Net(claims)).WriteText(os.Stdout)
	analysis.ParetoReport(analysis.Pareto(claims)).WriteText(os.Stdout)
	// Output:
	// Claims
	// claimant   respondent  from              to                order  step      resource  cause    item   short  hours  overtime  penalty  cost
	// machining  tools       2024-01-01 08:00  2024-01-01 10:00                   lathe     no tool             0   2.00         0        0    80
	// assembly   tools       2024-01-01 12:00  2024-01-01 14:00  P1     assemble  bench     no tool  shaft     10   2.00         0        0   120
	// assembly   -           2024-01-01 16:00  2024-01-02 00:00  P2     assemble  bench     no norm  shaft      5   3.00         0        0   180
	// Claims, net
	// party      claimed  charged   net
	// machining       80        0    80
	// tools            0      200  -200
	// assembly       300        0   300
	// -                0      180  -180
	// Causes
	// cause    claims  hours  cost  share  cumulative
	// no tool       2   4.00   200   0.57        0.57
	// no norm       1   3.00   180   0.43        1.00
}

func ExampleHistory_Use() {
	h := history()
	analysis.UseReport(h.Use()).WriteText(os.Stdout)
	analysis.BottleneckReport(h.Bottlenecks(12 * time.Hour)).WriteText(os.Stdout)
	analysis.QueueReport(h.Queues()).WriteText(os.Stdout)
	// Output:
	// Use of resources
	// resource  shop       fund h  planned h  actual h  stood h  extensive  intensive  integral  evenness  peak  queue h
	// lathe     machining   16.00       4.00      4.00     2.00       0.25       1.00      0.25      1.00  1.00     0.00
	// bench     assembly    16.00       6.00      5.00     0.00       0.31       0.80      0.25      1.00  1.00     0.00
	// Bottlenecks
	// from              to                resource  waited h  load
	// 2024-01-01 00:00  2024-01-01 12:00  lathe         2.00  0.33
	// 2024-01-01 12:00  2024-01-02 00:00                0.00  0.00
	// Waited for
	// reason      what            hours  steps
	// material    shaft           22.00      2
	// standstill  lathe: no tool   2.00      1
}

func ExampleHistory_Outputs() {
	outputs, err := history().Outputs()
	if err != nil {
		fmt.Println(err)
		return
	}
	analysis.OutputReport(outputs).WriteText(os.Stdout)
	// Output:
	// Output, planned and actual
	// shop       volume  assortment  least  positions  R1 day  R2 day  on plan     V  R1 decade
	// machining    1.00        1.00   1.00       1.00    1.00    1.00     1.00  0.00       1.00
	// assembly     0.67        0.67   0.67       0.00    0.67    1.00     0.00  0.33       0.67
	// tools        1.00        1.00   1.00       1.00    1.00    1.00     1.00  0.00       1.00
	// all          0.71        0.71   0.67       0.50    0.71    1.00     0.00  0.29       0.71
}

// Two orders on one lathe were done in the wrong sequence.
func ExampleCounterfactual() {
	p, plan, err := scenario.Parse(`
		horizon 2d
		resource lathe
		item A
		item B
		routing a A
		  step turn lathe unit=1h
		routing b B
		  step turn lathe unit=1h
		line 1 A 2 10:00
		line 2 B 4 14:00
		lot LA A 2 start=08:00 end=10:00
		op LA/turn 08:00-10:00
		lot LB B 4 start=10:00 end=14:00
		op LB/turn 10:00-14:00
		ship 1 2 10:00
		ship 2 4 14:00`)
	if err != nil {
		fmt.Println(err)
		return
	}
	did := func(key string, order wip.OrderID, from, to float64, n wip.Qty) []wip.Event {
		return []wip.Event{
			{Key: key + "1", Kind: wip.Started, At: hour(from), Order: order, Step: "turn", Workplace: "lathe", Qty: n},
			{Key: key + "2", Kind: wip.Reported, At: hour(to), Order: order, Step: "turn", Workplace: "lathe", Qty: n, Spent: hour(to).Sub(hour(from))},
		}
	}
	h, err := analysis.Read(p, plan, append(did("b", "LB", 8, 12, 4), did("a", "LA", 12, 14, 2)...), hour(0), hour(24))
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := analysis.Counterfactual(context.Background(), h, heuristic.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	c.Report().WriteText(os.Stdout)
	// Output:
	// In hindsight
	// figure       actual  replanned  gain
	// makespan h    14.00      14.00  0.00
	// mean flow h    3.00       3.00  0.00
	// late orders       1          0     1
	// tardiness h    4.00       0.00  4.00
	// evenness       1.00       1.00  0.00
	// peak factor    1.00       1.00  0.00
}

// A stocktake in the evening: pieces behind the first of two equal steps are
// worth half.
func ExampleBook() {
	p, plan, err := scenario.Parse(`
		resource lathe
		resource mill
		item shaft cost=20
		item bar cost=3
		routing shaft shaft
		  step turn lathe unit=10m
		  step mill mill unit=10m
		lot W1 shaft 50
		op W1/turn 08:00-16:20
		op W1/mill 16:20-1d00:40`)
	if err != nil {
		fmt.Println(err)
		return
	}
	var ledger wip.Ledger
	err = ledger.Append(
		wip.Event{Key: "1", Kind: wip.Adjusted, At: hour(6), Point: wip.Point{Item: "bar"}, Qty: 100, Cause: "opening"},
		wip.Event{Key: "2", Kind: wip.Released, At: hour(8), Order: "W1", Point: wip.Point{Item: "shaft"}, Qty: 50},
		wip.Event{Key: "3", Kind: wip.Reported, At: hour(16), Order: "W1", Step: "turn", Qty: 40},
		wip.Event{Key: "4", Kind: wip.Reported, At: hour(18), Order: "W1", Step: "mill", Qty: 10},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	book, err := analysis.NewBook(p, plan)
	if err != nil {
		fmt.Println(err)
		return
	}
	state := ledger.State(hour(20))
	work, err := book.InProcess(&state)
	if err != nil {
		fmt.Println(err)
		return
	}
	analysis.InProcessReport(work).WriteText(os.Stdout)
	sheet := stocktake.NewSheet("INV-1", &state, book.Routes())
	result, err := stocktake.Reconcile(sheet, []stocktake.Count{
		{Place: stocktake.Place{Point: wip.Point{Item: "bar"}}, Qty: 98, Cause: "loss"},
		{Place: stocktake.Place{Order: "W1", Step: "turn"}, Qty: 26, Cause: "scrap not reported"},
	}, book.Value)
	if err != nil {
		fmt.Println(err)
		return
	}
	result.WriteText(os.Stdout)
	// Output:
	// Work in process
	// order  item   pieces  equivalent  value
	// W1     shaft      40       25.00    500
	// Stocktake INV-1
	// place    item   book  counted  difference  book value  value  cause
	// bar      bar     100       98          -2         300     -6  loss
	// W1/turn  shaft    30       26          -4         300    -40  scrap not reported
}
