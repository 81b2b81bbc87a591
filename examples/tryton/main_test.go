package main

import (
	"bytes"
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// mapped returns the problem of the example's tables after they were spoiled.
func mapped(t *testing.T, spoil func(*snapshot, *plant)) *mapping {
	s, err := readTables(t.Context(), "WH")
	require.NoError(t, err)
	p, err := readPlant("")
	require.NoError(t, err)
	if spoil != nil {
		spoil(s, p)
	}
	zone, err := time.LoadLocation(p.Zone)
	require.NoError(t, err)
	now, err := settings{}.now(zone)
	require.NoError(t, err)
	return newMapping(s, p, zone, now)
}

func TestOffline(t *testing.T) {
	var one, two bytes.Buffer
	require.NoError(t, run(t.Context(), &one, settings{steps: 200}))
	require.NoError(t, run(t.Context(), &two, settings{steps: 200}))
	assert.Equal(t, one.String(), two.String(), "the same plan every time")
	for _, section := range []string{"Times", "Work of CNC mill A", "Work of Bench 2", "Promises", "Shortages: to buy", "Differences from the ERP's dates"} {
		assert.Contains(t, one.String(), "== "+section)
	}
	assert.NotContains(t, one.String(), "== Publishing")
}

func TestWrongSettings(t *testing.T) {
	for want, o := range map[string]settings{
		"no such file":      {plant: "testdata/none.json"},
		"cannot parse":      {today: "tomorrow"},
		"invalid character": {plant: "main.go"},
		"connect":           {dsn: "postgres://planner@127.0.0.1:1/tryton"},
	} {
		assert.ErrorContains(t, run(t.Context(), new(bytes.Buffer), o), want)
	}
	_, err := readTables(t.Context(), "nowhere")
	assert.ErrorContains(t, err, `no warehouse with the code "nowhere"`)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = readTables(ctx, "WH")
	assert.ErrorIs(t, err, context.Canceled)
}

// What the seed script did, added up by hand: inventory, then six productions
// done and one running.
func TestStock(t *testing.T) {
	want := map[schedule.ItemID]wip.Qty{
		"P-100": 4, "P-200": 3 + 5, "V-300": 4,
		"H-110": 8 + 6 - 4 - 5, "S-120": 12 + 10 - 4 - 5, "I-130": 6 + 8 - 4 - 5,
		"M-910": 10 - 4, "M-920": 6 - 5, "C-930": 60 - 6 - 4, "C-940": 40 - 8 - 6,
		"B-950": 3000 - 400, "K-960": 80 - 8 - 5 - 4,
	}
	got := map[schedule.ItemID]wip.Qty{}
	for _, b := range mapped(t, nil).problem.Stock {
		got[b.Point.Item] = b.Qty
	}
	assert.Equal(t, want, got)
}

// The rest of the problem, against the seed script.
func TestProblem(t *testing.T) {
	m := mapped(t, nil)
	p := m.problem
	require.NoError(t, p.Validate())
	assert.Empty(t, m.notes)
	assert.Len(t, p.Items, 12)
	assert.Len(t, p.Resources, 5)
	assert.Equal(t, []schedule.Shop{{ID: "Main plant", Name: "Main plant"}}, p.Shops)
	assert.Len(t, p.Supplies, 6)
	assert.Len(t, p.Norms, 10)
	assert.Len(t, p.Orders, 17)
	require.Len(t, p.Receipts, 1)
	assert.Equal(t, "2026-12-02", p.Receipts[0].At.Format(time.DateOnly), "planned for 1 December: usable from the next day")

	require.Len(t, p.Lines, 9)
	line := p.Lines[0]
	line.Due = time.Time{}
	assert.Equal(t, schedule.ContractLine{ID: "sale 1 line 1", Contract: "sale 1", Item: "P-100", Qty: 6, Price: 64000}, line)
	assert.Equal(t, "2026-12-04T00:00:00+01:00", p.Lines[0].Due.Format(time.RFC3339), "sold for 3 December: due until its end")
	assert.Equal(t, schedule.QuoteLine, p.Lines[8].Status)

	orders := map[schedule.OrderID]schedule.Order{}
	for _, o := range p.Orders {
		orders[o.ID] = o
	}
	assert.Equal(t, schedule.LineID("sale 1 line 1"), orders["7"].Line)
	assert.Equal(t, schedule.RoutingID("P-100"), orders["7"].Routing, "it names no routing, but has a bill")
	assert.Equal(t, schedule.RoutingID("production 20"), orders["20"].Routing, "it takes 8.81 m, not 22 × 0.4")
	assert.Equal(t, schedule.Released, orders["14"].Status)
	mill := orders["14"].Steps[0]
	assert.True(t, mill.Started && mill.Issued)
	assert.Equal(t, schedule.Approved, orders["13"].Status)

	turn := p.Routings[4]
	assert.Equal(t, schedule.RoutingID("S-120"), turn.ID)
	assert.Equal(t, []schedule.Need{{Item: "B-950", Per: 40}}, turn.Steps[0].Needs)
	assert.Equal(t, []schedule.Mode{{Uses: []schedule.Use{{Resource: "Lathe"}}, Setup: 25 * time.Minute, PerUnit: 9 * time.Minute}}, turn.Steps[0].Modes)
	assert.Len(t, turn.Steps[1].Modes, 2, "both mills can do it")
}

// Bad master data costs a note, not the plan.
func TestBadMasterData(t *testing.T) {
	for want, spoil := range map[string]func(*snapshot, *plant){
		"P-100 has no routing: it takes its lead time, 72h0m0s":   func(s *snapshot, _ *plant) { s.variants[0].routing = 0 },
		"operation Turn has no work centre":                       func(s *snapshot, _ *plant) { s.operations[1].category = 0 },
		"operation Mill has no work centre":                       func(s *snapshot, _ *plant) { s.centres[1].category, s.centres[2].category = 0, 0 },
		"work centre Lathe has no category":                       func(s *snapshot, _ *plant) { s.centres[3].category = 0 },
		"operation Turn: nothing was measured":                    func(s *snapshot, p *plant) { p.Times, s.history = nil, nil },
		"H-110 needs itself through":                              func(s *snapshot, _ *plant) { s.inputs[0].product = 1 },
		`C-930 cannot be counted in "m"`:                          func(s *snapshot, _ *plant) { s.inputs[0].unit = 12 },
		"takes 0.5 u of C-930, which is finer than its unit":      func(s *snapshot, _ *plant) { s.inputs[0].quantity = 0.5 },
		"bill of H-110: the quantity of C-930 is 0: left out":     func(s *snapshot, _ *plant) { s.inputs[0].quantity = 0 },
		"bill of H-110 makes none of it":                          func(s *snapshot, _ *plant) { s.outputs[0].quantity = 0 },
		"V-300 is to be made, but has no bill of material":        func(s *snapshot, _ *plant) { s.variants[2].product = 99 },
		"routing production 13: H-110 needs itself through H-110": func(s *snapshot, _ *plant) { s.moves = append(s.moves, move{13, 4, 1}) }, // a rework
		"stock of H-110 is -3: it is taken as none":               func(s *snapshot, _ *plant) { s.stock[3].quantity = -3 },
		"C-930 has several order points":                          func(s *snapshot, _ *plant) { s.points[0].product = 9 },
		"sale 1 line 1 has no date: it is taken as today":         func(s *snapshot, _ *plant) { s.demands[0].planned = sql.NullTime{} },
		"sale 1 line 1: product 99 is not active goods":           func(s *snapshot, _ *plant) { s.demands[0].product = 99 },
		"production 7: the quantity of P-100 is 0: left out":      func(s *snapshot, _ *plant) { s.orders[0].quantity = 0 },
		"production 7: product 0 is not active goods":             func(s *snapshot, _ *plant) { s.orders[0].product = 0 },
		"production 7: nothing says how P-100 is made":            func(s *snapshot, _ *plant) { s.orders[0].bom, s.variants[0].product = 0, 99 },
		`product "Process pump 1.5 kW" has no code`:               func(s *snapshot, _ *plant) { s.products[0].code = "" },
		"receipt 70: the quantity of M-910 is 0":                  func(s *snapshot, _ *plant) { s.receipts[0].quantity = 0 },
	} {
		t.Run(want, func(t *testing.T) {
			m := mapped(t, spoil)
			assert.Contains(t, strings.Join(m.notes, "\n"), want)
			plan, err := makePlan(t.Context(), m, 10)
			require.NoError(t, err)
			assert.NotEmpty(t, plan.Orders)
		})
	}
}

// Names need not be unique in the ERP; IDs are.
func TestSameNames(t *testing.T) {
	m := mapped(t, func(s *snapshot, _ *plant) {
		for i := range s.products {
			s.products[i].code = "same"
		}
		for i := range s.centres {
			s.centres[i].name = "same"
		}
		for i := range s.orders {
			s.orders[i].number = "same"
		}
	})
	assert.NoError(t, m.problem.Validate())
}

// What people have changed by hand counts: works and components.
func TestChangedByHand(t *testing.T) {
	m := mapped(t, func(s *snapshot, _ *plant) {
		for i := range s.works {
			if s.works[i].production == 13 && s.works[i].sequence == 20 {
				s.works[i].operation = 4 // another deburring instead of the drilling
			}
		}
		for i := range s.moves {
			if s.moves[i].production == 13 {
				s.moves[i].quantity = 7
			}
		}
	})
	r := schedule.NewIndex(m.problem).Routings.Find("production 13")
	assert.Equal(t, []schedule.StepID{"Mill", "Deburr", "Deburr#3"}, []schedule.StepID{r.Steps[0].ID, r.Steps[1].ID, r.Steps[2].ID})
	assert.Equal(t, []schedule.Need{{Item: "C-930", Fixed: 7}}, r.Steps[0].Needs)
	assert.Equal(t, m.problem.From, r.Effective.To, "no new order uses it")
	plan, err := makePlan(t.Context(), m, 10)
	require.NoError(t, err)
	for _, o := range plan.Orders {
		assert.True(t, o.Routing != r.ID || o.ID == "13")
	}
}

// How far productions are, by the states of their works.
func TestProgress(t *testing.T) {
	m := mapped(t, func(s *snapshot, _ *plant) {
		for i := range s.works {
			switch s.works[i].id {
			case 18:
				s.works[i].state = "finished" // of 13, which waits
			case 19:
				s.works[i].state = "running"
			}
		}
		s.cycles = append(s.cycles, cycle{19, sql.NullTime{Time: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC), Valid: true}})
		s.orders[0].state = "assigned" // 7
	})
	orders := schedule.NewIndex(m.problem).Orders
	o := orders.Find("13")
	assert.Equal(t, schedule.Released, o.Status)
	require.Len(t, o.Steps, 3)
	assert.Equal(t, schedule.StepState{Step: "Mill", Done: true}, o.Steps[0])
	assert.True(t, o.Steps[1].Started)
	assert.Equal(t, 20, o.Steps[1].Start.Day())
	assert.Equal(t, 1, o.Steps[1].Mode, "on mill B, as it was drawn")
	assert.False(t, o.Steps[2].Started || o.Steps[2].Done)

	o = orders.Find("7")
	assert.Equal(t, schedule.Approved, o.Status)
	assert.Equal(t, []schedule.StepState{{Step: "Assemble", Issued: true}}, o.Steps, "its material is reserved")
	plan, err := makePlan(t.Context(), m, 100)
	require.NoError(t, err)
	assert.NotEmpty(t, plan.Orders)
}

// Needs are taken in turn: at work first, then as entered.
func TestDueInTurn(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 12, n, 0, 0, 0, 0, time.UTC) }
	list := []need{{day(1), 10}, {day(2), 5}, {day(3), 5}}
	list = take(list, 4)
	assert.Equal(t, []need{{day(1), 6}, {day(2), 5}, {day(3), 5}}, list)
	list = take(list, 6)
	assert.Equal(t, []need{{day(2), 5}, {day(3), 5}}, list)
	list = take(list, 7)
	assert.Equal(t, []need{{day(3), 3}}, list)
	assert.Empty(t, take(list, 9))
}

func TestCents(t *testing.T) {
	for s, want := range map[string]int64{"640.0000": 64000, "9": 900, "0.005": 1, "-1.5": 0, "1e30": 0, "": 0, "free": 0} {
		assert.Equal(t, want, cents(s), s)
	}
}

// Dates of any year, late or far away, are no trouble.
func TestDatesAnywhere(t *testing.T) {
	for _, years := range []int{-30, -1, 1, 30} {
		m := mapped(t, func(s *snapshot, _ *plant) {
			for i := range s.demands {
				s.demands[i].planned.Time = s.demands[i].planned.Time.AddDate(years, 0, 0)
			}
			for i := range s.receipts {
				s.receipts[i].planned.Time = s.receipts[i].planned.Time.AddDate(years, 0, 0)
			}
		})
		plan, err := makePlan(t.Context(), m, 10)
		require.NoError(t, err)
		var out bytes.Buffer
		report(&out, m, plan)
		for _, p := range plan.Promises {
			assert.True(t, years > 0 || p.Late())
		}
		assert.Equal(t, years < 0, strings.Contains(out.String(), "because"))
	}
}
