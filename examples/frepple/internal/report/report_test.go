package report

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/examples/frepple/internal/mapping"
	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/verify"
	"github.com/taktplan/takt/wip"
)

func at(day int) time.Time { return time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC) }

func named(name string) model.Entity { return model.Entity{Name: name} }

// A carton is counted in tenths. Demand a is due on the fourth and has a line of
// its own, and one of an order that exists; b can never be had whole.
func example() (*mapping.Mapped, *schedule.Plan) {
	carton := &model.Item{Entity: named("carton")}
	a := &model.Demand{Entity: named("a"), Item: carton, Quantity: 5 * model.One, Due: at(4), Priority: 2}
	b := &model.Demand{Entity: named("b"), Item: carton, Quantity: 3 * model.One, Due: at(4)}
	p := &schedule.Problem{
		From: at(1), Now: at(1), To: at(30), Tick: time.Second,
		Items:     []schedule.Item{{ID: "carton", Unit: wip.Unit{Decimals: 1}}, {ID: "delivery: van"}, {ID: "choice for pack"}},
		Locations: []schedule.Location{{ID: "hall"}},
		Shops:     []schedule.Shop{{ID: "hall", Location: "hall"}},
		Resources: []capacity.Resource{{ID: "press", Units: 1}, {ID: "tray", Units: 2},
			{ID: "team", Units: 1, Buckets: []capacity.Bucket{{From: at(1), To: at(8), Work: 40 * capacity.Hour}, {From: at(8), To: at(15), Work: 40 * capacity.Hour}}}},
		Routings: []schedule.Routing{
			{ID: "fold", Item: "carton", Shop: "hall", Holds: []schedule.Hold{{Resource: "tray", From: "cut", To: "glue"}}, Steps: []schedule.Step{
				{ID: "cut", Modes: []schedule.Mode{{PerUnit: time.Hour, Uses: []schedule.Use{{Resource: "press"}}}}},
				{ID: "glue", Modes: []schedule.Mode{{PerUnit: time.Hour, Uses: []schedule.Use{{Resource: "team", PerUnit: 6 * time.Hour}}}}}}},
			{ID: "van", Item: "delivery: van", Shop: "hall", Steps: []schedule.Step{{ID: "drive"}}},
			{ID: "pick", Item: "choice for pack", Shop: "hall", Steps: []schedule.Step{{ID: "take"}}}},
		Partners: []schedule.Partner{{ID: "mill"}},
		Supplies: []schedule.Supply{{ID: "buy", Item: "carton", Location: "hall", Partner: "mill", Uses: []schedule.Use{{Resource: "team", PerUnit: time.Hour}}}},
		Lines: []schedule.ContractLine{
			{ID: "a", Item: "carton", Location: "hall", Qty: 30, Due: at(4)},
			{ID: "b", Item: "carton", Location: "hall", Qty: 30, Due: at(4)},
			{ID: mapping.ReservedPrefix + "order D", Item: "carton", Location: "hall", Qty: 20, Due: at(6)},
			{ID: mapping.ReservedPrefix + "order W", Item: "carton", Location: "hall", Qty: 10, Due: at(2)},
		},
	}
	m := &mapping.Mapped{
		Problem: p, Demands: map[schedule.LineID]*model.Demand{"a": a, "b": b, mapping.ReservedPrefix + "order D": a},
		Points: map[schedule.ItemID]mapping.Point{"carton": {Item: "carton"}, "delivery: van": {Item: "van", OnPaper: true, Delivery: true}, "choice for pack": {OnPaper: true}},
		Fixed:  []*model.OperationPlan{{Entity: named("D"), Type: "dlvr", Item: carton, Quantity: 2 * model.One, End: at(6), Status: "confirmed"}},
		Notes:  []string{"a note"},
	}
	plan := &schedule.Plan{
		Orders: []schedule.PlannedOrder{
			{ID: "P1", Item: "carton", Routing: "fold", Shop: "hall", Qty: 45, Start: at(2), End: at(4)},
			{ID: "P2", Item: "delivery: van", Routing: "van", Shop: "hall", Qty: 1, Start: at(4), End: at(4)},
			{ID: "P3", Item: "choice for pack", Routing: "pick", Shop: "hall", Qty: 1, Start: at(4), End: at(4)},
			{ID: "old", Item: "carton", Routing: "fold", Shop: "hall", Qty: 1, Existing: true}},
		Operations: []schedule.Operation{
			{Order: "P1", Step: "cut", Qty: 45, Start: at(2), End: at(3)},
			{Order: "P1", Step: "glue", Qty: 45, Start: at(3), End: at(4)}},
		Purchases: []schedule.Purchase{{ID: "Q1", Supply: "buy", Item: "carton", Qty: 25, Order: at(2), Arrival: at(5)}},
		Deliveries: []schedule.Delivery{
			{Line: "a", Qty: 12, At: at(4)}, {Line: "b", Qty: 5, At: at(4)}, {Line: "a", Qty: 18, At: at(6)},
			{Line: mapping.ReservedPrefix + "order D", Qty: 20, At: at(6)}},
		Promises: []schedule.Promise{
			{Line: "a", Due: at(4), Last: at(6), Why: []schedule.Cause{{Kind: schedule.NoSource, Item: "carton", Location: "hall"}}},
			{Line: "b", Due: at(4), Short: 25, Why: []schedule.Cause{{Kind: schedule.NoSource, Item: "carton", Location: "hall"}}},
			{Line: mapping.ReservedPrefix + "order D", Due: at(6), Last: at(6)},
			{Line: mapping.ReservedPrefix + "order W", Due: at(2), Short: 10}},
	}
	return m, plan
}

// Deliveries of one demand and instant are one, whichever line they are of;
// amounts are in whole units.
func TestDemands(t *testing.T) {
	m, plan := example()
	r := New(m, plan, nil)
	require.Len(t, r.Demands, 2)
	a, b := r.Demands[0], r.Demands[1]
	assert.Equal(t, []Delivery{{Date{at(4)}, 1.2}, {Date{at(6)}, 3.8}}, a.Deliveries)
	assert.InDelta(t, 3.8*2, a.LateQuantityDays, 1e-9)
	assert.Zero(t, a.Short)
	assert.Len(t, a.Reasons, 1)
	assert.Equal(t, []Delivery{{Date{at(4)}, 0.5}}, b.Deliveries)
	assert.Zero(t, b.LateQuantityDays)
	assert.InDelta(t, 2.5, b.Short, 1e-9)
	assert.Equal(t, []string{"a note", "material shortage: reserved for order W is not there in time"}, r.Notes)
}

// What is on time needs no reason, and what an order that exists delivers late
// has one even if the planner gives none.
func TestReasons(t *testing.T) {
	m, plan := example()
	plan.Promises[0].Why = nil
	m.Demands["a"].Due = at(4)
	assert.Equal(t, []string{"it is delivered by an order that exists and has its date"}, New(m, plan, nil).Demands[0].Reasons)
	m.Demands["a"].Due = at(6)
	plan.Promises[0].Why = []schedule.Cause{{Kind: schedule.NoSource}}
	assert.Empty(t, New(m, plan, nil).Demands[0].Reasons)
}

// Orders of the plan come before those that the model has; what exists on paper
// only is not listed.
func TestOrders(t *testing.T) {
	m, plan := example()
	r := New(m, plan, nil)
	assert.Equal(t, []Order{
		{Type: "MO", Reference: "P1", Operation: "fold", Item: "carton", Location: "hall", Quantity: 4.5, Start: Date{at(2)}, End: Date{at(4)},
			Status: "proposed", Resources: []string{"tray", "press", "team"}},
		{Type: "DLVR", Reference: "P2", Operation: "van", Location: "hall", Quantity: 1, Start: Date{at(4)}, End: Date{at(4)}, Status: "proposed"},
		{Type: "PO", Reference: "Q1", Item: "carton", Location: "hall", Supplier: "mill", Quantity: 2.5, Start: Date{at(2)}, End: Date{at(5)}, Status: "proposed"},
		{Type: "DLVR", Reference: "D", Item: "carton", Quantity: 2, End: Date{at(6)}, Status: "confirmed"},
	}, r.Orders)
}

// Tools count from their first step to their last, and buckets what starts in
// them: 4.5 cartons of six hours, and a purchase of 2.5 at one.
func TestLoad(t *testing.T) {
	m, plan := example()
	r := New(m, plan, nil)
	assert.ElementsMatch(t, []capacity.Load{
		{Resource: "press", From: at(2), To: at(3), Units: 1}, {Resource: "tray", From: at(2), To: at(4), Units: 1}}, r.loads())
	assert.Equal(t, map[bucketKey]capacity.Work{{"team", 0}: capacity.Of(1, 27*time.Hour+150*time.Minute)}, r.taken())
}

// The JSON object has the fields that are agreed, and lists where there is
// nothing.
func TestJSON(t *testing.T) {
	m, plan := example()
	text, err := json.Marshal(New(m, plan, []verify.Violation{{Code: verify.Overload}}))
	require.NoError(t, err)
	var out map[string]any
	require.NoError(t, json.Unmarshal(text, &out))
	assert.ElementsMatch(t, []string{"demands", "orders", "violations", "notes"}, keys(out))
	assert.Len(t, out["violations"], 1)
	demand := out["demands"].([]any)[1].(map[string]any)
	assert.ElementsMatch(t, []string{"name", "item", "location", "priority", "due", "quantity", "deliveries", "short", "late_quantity_days", "reasons"}, keys(demand))
	assert.Equal(t, "2026-03-04T00:00:00", demand["due"])
	assert.Equal(t, []any{map[string]any{"date": "2026-03-04T00:00:00", "quantity": 0.5}}, demand["deliveries"])

	empty, err := json.Marshal(New(&mapping.Mapped{Problem: &schedule.Problem{}}, &schedule.Plan{}, nil))
	require.NoError(t, err)
	assert.JSONEq(t, `{"demands": [], "orders": [], "violations": [], "notes": []}`, string(empty))
}

func keys(m map[string]any) (list []string) {
	for k := range m {
		list = append(list, k)
	}
	return list
}

func TestText(t *testing.T) {
	m, plan := example()
	var b strings.Builder
	require.NoError(t, New(m, plan, nil).WriteText(&b))
	text := strings.Join(strings.Fields(b.String()), " ")
	for _, want := range []string{
		"a 5 of carton @ hall priority 2 due 2026-03-04T00:00:00 LATE",
		"b 3 of carton @ hall priority 0 due 2026-03-04T00:00:00 2.5 SHORT",
		"tray 2026-03-02 48.0 h of 336.0 h", "team 2026-03-01T00:00:00 29.5 of 40", "a note",
	} {
		assert.Contains(t, text, want)
	}
	assert.NotContains(t, text, "choice for pack")
}
