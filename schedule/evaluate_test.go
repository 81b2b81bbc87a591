package schedule_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
)

func parse(t *testing.T, text string) (*schedule.Problem, *schedule.Plan) {
	t.Helper()
	p, plan, err := scenario.Parse(text)
	require.NoError(t, err)
	require.NoError(t, p.Validate())
	return p, plan
}

// workshop makes one lot on a machine and delivers it in two parts: 4 on time
// and 6 a day late, with 2 that are never delivered.
const workshop = `
	horizon 4d
	calendar two 06:00-18:00
	resource M calendar=two cost=60
	partner X
	item A holding=10
	item B
	routing RA A price=3 fixedcost=7
	  step cut M setup=1h unit=30m
	    need B 2
	supply S B X lead=1h price=5 fixedcost=11
	line L A 12 1d00:00 min=1 price=100
	norm B 1..3
	objective late=10 lateline=1000 short=500 flow=24 makespan=2 setup=3 belownorm=24 abovenorm=24 money=1000

	lot 1 A 10
	op 1/cut 08:00-14:00
	buy P S 21 06:00-07:00
	ship L 4 15:00
	ship L 6 2d00:00
`

func TestEvaluate(t *testing.T) {
	p, plan := parse(t, workshop)
	m, err := schedule.Evaluate(p, plan)
	require.NoError(t, err)

	assert.Equal(t, 1, m.Lines)
	assert.Equal(t, 0, m.OnTimeLines)
	assert.Equal(t, 0, m.LateLines)
	assert.Equal(t, 1, m.ShortLines)
	// 6 units one day late, 2 units short from day 1 to the end of day 3.
	assert.Equal(t, 6.0+2*3, m.LateUnitDays)
	assert.Equal(t, 2.0, m.ShortUnits)
	assert.Equal(t, 72*time.Hour, m.Tardiness)

	assert.Equal(t, 14*time.Hour, m.Makespan)
	assert.Equal(t, 6*time.Hour, m.Flow)
	assert.Equal(t, time.Hour, m.Setup)
	assert.Equal(t, 6*time.Hour, m.Work)
	assert.Equal(t, 6.0/14, m.MeanWIP)
	assert.Equal(t, 6.0/8, m.Utilisation) // 06:00 to 14:00
	// Even output is 12 over the working days 0, 1 and 2: 4 a day.
	assert.Equal(t, 4.0/12, m.RhythmWithinPlan)
	assert.InDelta(t, 1.0/3, m.RhythmByShare, 1e-12)
	assert.InDelta(t, 1.1902, m.RhythmVariation, 1e-4) // √((36+16+16)/3)/4

	// B: nothing until 07:00, 21 until 08:00, 1 afterwards.
	assert.InDelta(t, 7.0/24, m.BelowNorm, 1e-6)
	assert.InDelta(t, 18.0/24, m.AboveNorm, 1e-6)

	// A: 10 from 14:00 to 15:00, 6 until 2d00:00.
	holding := int64(10 * (10 + 6*33) / 24)
	routing, purchase, machine := int64(3*10+7), int64(5*21+11), int64(60*6)
	assert.Equal(t, holding+routing+purchase+machine, m.Money)

	terms := map[string]int64{}
	total := int64(0)
	for _, c := range m.Terms {
		terms[c.Name] = c.Cost
		total += c.Cost
	}
	assert.Equal(t, total, m.Cost)
	assert.Equal(t, map[string]int64{
		"late": 120, "late-line": 1000, "short": 1000, "early": 0, "below-norm": 6, "above-norm": 18, "flow": 6,
		"makespan": 28, "setup": 3, "rhythm": 0, "even-load": 0, "change": 0, "money": m.Money,
	}, terms)
}

// A load of 12 and of 4 hours on two days varies by half of its mean; 3 and 1
// pieces on them are 3 of 4 that an even output of 2 a day counts.
func TestEvaluateEvenness(t *testing.T) {
	p, plan := parse(t, `
		horizon 4d
		resource M
		item A
		routing RA A
		  step cut M unit=4h
		line L A 4 3d00:00
		objective evenload=2 rhythm=1
		lot 1 A 3
		op 1/cut 06:00-18:00
		lot 2 A 1
		op 2/cut 1d00:00-1d04:00
		ship L 4 1d12:00
	`)
	m, err := schedule.Evaluate(p, plan)
	require.NoError(t, err)
	assert.Equal(t, 0.75, m.RhythmWithinPlan)
	assert.Equal(t, 0.75, m.RhythmByShare)
	assert.Equal(t, 0.5, m.RhythmVariation)
	assert.EqualValues(t, 250+2*500, m.Cost)
}

func TestEvaluateListsAllUnknownReferences(t *testing.T) {
	p, plan := parse(t, workshop)
	plan.Operations[0].Step = "drill"
	plan.Deliveries[1].Line = "K"
	_, err := schedule.Evaluate(p, plan)
	var unknown *schedule.ReferenceError
	require.True(t, errors.As(err, &unknown))
	assert.Equal(t, []string{`Operations[0].Step "drill"`, `Deliveries[1].Line "K"`}, unknown.Paths)
}

func TestStockProfile(t *testing.T) {
	p, plan := parse(t, workshop)
	points := schedule.StockProfile(p, plan)
	require.Len(t, points, 2)
	assert.Equal(t, schedule.ItemID("A"), points[0].Point.Item)
	type event struct {
		at      string
		qty     int
		balance int
		kind    schedule.MovementKind
	}
	var events []event
	for _, point := range points {
		for _, m := range point.Movements {
			events = append(events, event{m.At.Format("02 15:04"), int(m.Qty), int(m.Balance), m.Kind})
		}
	}
	assert.Equal(t, []event{
		{"01 14:00", 10, 10, schedule.OrderIn},
		{"01 15:00", -4, 6, schedule.DeliveryOut},
		{"03 00:00", -6, 0, schedule.DeliveryOut},
		{"01 07:00", 21, 21, schedule.PurchaseIn},
		{"01 08:00", -20, 1, schedule.StepOut},
	}, events)
}

// An alternate is consumed if it is pegged in place of the need's own item.
func TestStockProfileAlternate(t *testing.T) {
	p, plan := parse(t, `
		resource M
		item A
		item B
		item C
		routing RA A
		  step cut M unit=1m
		    need B 2
		      alternate C per=3
		stock B 100
		stock C 100
		lot 1 A 10
		op 1/cut 08:00-08:10
	`)
	last := func() (b, c int) {
		points := schedule.StockProfile(p, plan)
		balance := func(i int) int { return int(points[i].Movements[len(points[i].Movements)-1].Balance) }
		return balance(1), balance(2)
	}
	b, c := last()
	assert.Equal(t, []int{80, 100}, []int{b, c})
	for i := range plan.Pegs {
		plan.Pegs[i].Item = "C"
	}
	b, c = last()
	assert.Equal(t, []int{100, 70}, []int{b, c})
}

func TestViews(t *testing.T) {
	p, plan := parse(t, `
		shop S
		shop T
		resource M
		resource N
		item A
		item B
		routing RA A shop=T
		  step cut M+N unit=1m
		routing RB B
		  step cut N unit=1m
		contract C
		line L1 A 10 1d00:00
		line L2 A 10 1d00:00 contract=C
		lot 1 A 10
		lot 2 B 10
		op 1/cut 08:00-08:10
		op 2/cut 09:00-09:10
	`)
	shops := map[schedule.ShopID]int{}
	for id, orders := range schedule.ByShop(p, plan) {
		shops[id] = len(orders)
	}
	assert.Equal(t, map[schedule.ShopID]int{"S": 0, "T": 1, "": 1}, shops)
	resources := map[schedule.ResourceID]int{}
	for id, operations := range schedule.ByResource(p, plan) {
		resources[id] = len(operations)
	}
	assert.Equal(t, map[schedule.ResourceID]int{"M": 1, "N": 2}, resources)
	for order, operations := range schedule.ByOrder(plan) {
		require.Len(t, operations, 1)
		assert.Equal(t, order.ID, operations[0].Order)
	}
	var contracts []schedule.ContractID
	for id, promises := range schedule.ByContract(p, plan) {
		require.Len(t, promises, 1)
		contracts = append(contracts, id)
	}
	assert.Equal(t, []schedule.ContractID{"C", ""}, contracts)
}
