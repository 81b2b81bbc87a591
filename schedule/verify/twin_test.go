package verify_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

// The twin looks at every minute of two days by itself. It knows a few
// resources, one-step orders, purchases and deliveries, and nothing of sorting
// or sweeping.
type twin struct {
	p    *schedule.Problem
	plan *schedule.Plan
}

const minutes = 2 * 24 * 60

func minute(m int) time.Time { return scenario.Start().Add(time.Duration(m) * time.Minute) }

// finding is a stretch in which something is wrong, by the most that is.
type finding struct {
	what string
	from int
	by   int64
}

// stretches turns what is wrong in each minute into findings.
func stretches(what string, wrong func(m int) int64) []finding {
	var list []finding
	for m, open := 0, false; m < minutes; m++ {
		by := wrong(m)
		switch {
		case by <= 0:
			open = false
		case !open:
			list = append(list, finding{what, m, by})
			open = true
		default:
			list[len(list)-1].by = max(list[len(list)-1].by, by)
		}
	}
	return list
}

func (w twin) overloads() []finding {
	var list []finding
	for _, r := range w.p.Resources {
		list = append(list, stretches(string(r.ID), func(m int) int64 {
			units := int64(r.Units)
			for _, out := range r.Maintenance {
				if in(m, out.From, out.To) {
					units -= int64(out.Units)
				}
			}
			for _, o := range w.plan.Operations {
				if in(m, o.Start, o.End) && "R"+string(o.Step) == string(r.ID) {
					units -= int64(w.p.Routings[0].Steps[o.Step[0]-'0'].Modes[0].Uses[0].Units)
				}
			}
			return -units
		})...)
	}
	return list
}

func in(m int, from, to time.Time) bool { return !minute(m).Before(from) && minute(m).Before(to) }

func (w twin) shortages() []finding {
	return stretches("B", func(m int) int64 {
		stock := w.p.Stock[0].Qty
		had := func(at time.Time) bool { return !minute(m).Before(at) }
		for _, r := range w.p.Receipts {
			if had(r.At) {
				stock += r.Qty
			}
		}
		for _, q := range w.plan.Purchases {
			if had(q.Arrival) {
				stock += q.Qty
			}
		}
		for _, o := range w.plan.Operations {
			if had(o.Start) {
				stock -= 3 * o.Qty
			}
		}
		for _, d := range w.plan.Deliveries {
			if had(d.At) {
				stock -= d.Qty
			}
		}
		return -int64(stock)
	})
}

// randomPlan makes a plan without regard to capacity and material.
func randomPlan(r *rand.Rand) (*schedule.Problem, *schedule.Plan) {
	p, plan, err := scenario.Parse(`
		horizon 2d
		resource R0
		resource R1 units=3 out=08:00-12:00*1,10:00-14:00*1
		item A
		item B
		partner P
		supply S B P
		line L B 100000 2d00:00
		stock B 100
		receipt Q B 40 09:00
		routing RA A
	`)
	if err != nil {
		panic(err)
	}
	steps := &p.Routings[0].Steps
	for k, units := range []int{1, 2} {
		*steps = append(*steps, schedule.Step{
			ID:    schedule.StepID(fmt.Sprint(k)),
			Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: p.Resources[k].ID, Units: units}}, PerUnit: time.Minute}},
			Needs: []schedule.Need{{Item: "B", Per: 3}},
		})
	}
	span := func() (from, to time.Time) {
		m := r.IntN(minutes - 300)
		return minute(m), minute(m + r.IntN(300))
	}
	for i := range 12 {
		id := schedule.OrderID(fmt.Sprint(i))
		plan.Orders = append(plan.Orders, schedule.PlannedOrder{ID: id, Item: "A", Routing: "RA", Qty: 1})
		for k := range 2 {
			from, to := span()
			plan.Operations = append(plan.Operations, schedule.Operation{
				Order: id, Step: (*steps)[k].ID, Start: from, End: to, Qty: wip.Qty(r.IntN(9)),
			})
		}
		from, to := span()
		plan.Purchases = append(plan.Purchases, schedule.Purchase{
			ID: fmt.Sprint(i), Supply: "S", Item: "B", Order: from, Arrival: to, Qty: wip.Qty(r.IntN(30)),
		})
		plan.Deliveries = append(plan.Deliveries, schedule.Delivery{Line: "L", At: to, Qty: wip.Qty(r.IntN(20))})
	}
	return p, plan
}

// Overloads and shortages are those that are found minute by minute.
func TestCapacityAndStockAgainstTwin(t *testing.T) {
	total := 0
	for seed := range uint64(50) {
		p, plan := randomPlan(rand.New(rand.NewPCG(seed, 1)))
		require.NoError(t, p.Validate())
		var got []finding
		for _, v := range verify.Check(p, plan) {
			m := int(v.At.Sub(scenario.Start()) / time.Minute)
			switch v.Code {
			case verify.Overload:
				got = append(got, finding{string(v.Resource), m, v.By})
			case verify.OutOfStock:
				got = append(got, finding{string(v.Item), m, v.By})
			}
		}
		w := twin{p, plan}
		want := append(w.overloads(), w.shortages()...)
		require.ElementsMatch(t, want, got, "seed %d", seed)
		total += len(want)
	}
	assert.Greater(t, total, 300) // or the test says nothing
}

// The end of an operation is the one found by walking through the minutes in
// which its machine, its man and their shop all work.
func TestDurationAgainstTwin(t *testing.T) {
	wrong, right := 0, 0
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 2))
		clock := func(lo, hi int) string { m := lo + r.IntN(hi-lo); return fmt.Sprintf("%02d:%02d", m/60, m%60) }
		from := r.IntN(20 * 60)
		text := fmt.Sprintf(`
			horizon 4d tick=1m
			calendar machine %s-%s %s-%s
			calendar shop %s-%s
			calendar man %s-%s
			shop W calendar=shop
			resource M calendar=machine shop=W out=%s-%s efficiency=%d
			resource N calendar=man
			item A
			routing RA A shop=W
			  step s M+N unit=1m pausable
			lot 1 A %d
			op 1/s %s-1d%s
		`, clock(0, 300), clock(360, 700), clock(720, 900), clock(960, 1430), clock(0, 500), clock(600, 1440),
			clock(0, 600), clock(720, 1440), clock(0, 600), clock(600, 1440), []int{0, 500, 800}[r.IntN(3)],
			1+r.IntN(600), clock(from, from+1), clock(0, 1440))
		p, plan, err := scenario.Parse(text)
		require.NoError(t, err, text)
		require.NoError(t, p.Validate())
		o := &plan.Operations[0]
		end, ok := walk(p, o)
		if r.IntN(2) == 0 && ok {
			o.End = end
		}
		correct := ok && o.End.Equal(end)
		found := codes(verify.Check(p, plan))
		require.Equal(t, !correct, slices.Contains(found, verify.WrongDuration), "seed %d: %s", seed, text)
		if correct {
			right++
		} else {
			wrong++
		}
	}
	assert.Greater(t, min(wrong, right), 30)
}

// walk returns the first minute by which the work of an operation is done.
func walk(p *schedule.Problem, o *schedule.Operation) (time.Time, bool) {
	lines, err := schedule.Timelines(p)
	if err != nil {
		return time.Time{}, false
	}
	work := int(o.Qty)
	if e := p.Resources[0].Efficiency; e > 0 {
		work = (work*1000 + e - 1) / e
	}
	out := p.Resources[0].Maintenance[0]
	for at := o.Start; at.Before(p.To); at = at.Add(time.Minute) {
		if work == 0 {
			return at, true
		}
		if lines[0].Working(at) && lines[1].Working(at) && (at.Before(out.From) || !at.Before(out.To)) {
			work--
		}
	}
	return time.Time{}, false
}
