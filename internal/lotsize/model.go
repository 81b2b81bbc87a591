package lotsize

import (
	"math"

	"github.com/taktplan/takt/internal/lp"
)

// A model is the linear relaxation of a problem. Its columns are lots, stocks,
// backlogs, set-ups, carried states and overtime; its rows are the balances of
// stock and the capacities. That nothing is made without a set-up is not among
// them: inequalities that say so are added as solutions violate them (cuts.go).
type model struct {
	p        *Problem
	required [][]float64 // see requirement
	lp       *lp.Solver
	rows     int // that are no cuts

	// Columns, by item and period; -1 for none. ahead is what has been made
	// beyond what is required, less offset.
	lot, setup, carry [][]int32
	ahead             [][]int32
	offset            [][]float64
	overtime          [][]int32 // by resource and period
	penalty           float64   // price of overtime that has none
}

func newModel(p *Problem) (*model, error) {
	m := &model{p: p, required: p.requirement(), penalty: p.penalty()}
	b := &builder{model: m}
	b.addRows()
	for i := range p.Items {
		b.addLots(i)
		b.addAhead(i, b.addStocks(i))
	}
	b.addOvertime()
	s, err := lp.NewSolver(&b.program)
	if err != nil {
		return nil, err
	}
	m.lp, m.rows = s, b.program.Rows()
	if p.CarryOver {
		m.addCarry()
	}
	return m, nil
}

// penalty is a price of a unit of time that no plan would rather pay than to
// set up and to stock.
func (p *Problem) penalty() float64 {
	top, all, longest := 1.0, 0.0, 0.0
	for t := range p.Periods {
		all += p.length(t)
		longest = math.Max(longest, p.length(t))
	}
	for _, it := range p.Items {
		unit := float64(it.Holding*all) + float64(it.Backlog*longest)
		top = math.Max(top, unit/math.Max(it.UnitTime, 1e-3))
		top = math.Max(top, it.SetupCost/math.Max(it.SetupTime, 1))
	}
	return 20 * top
}

// total is how much of item i has to be made from period t on at most.
func (m *model) total(i, t int) float64 {
	required := m.required[i]
	if t == 0 {
		return required[len(required)-1]
	}
	return required[len(required)-1] - required[t-1]
}

// A builder writes the program of a model.
type builder struct {
	*model
	program lp.Problem
	balance [][]int32 // rows, by item and period
	made    [][]int32 // rows of what is made beyond what is required; -1 for none
	time    [][]int32 // rows, by resource and period
	plain   []bool    // the item's stock is its echelon stock
}

func (b *builder) addRows() {
	p := b.p
	b.plain = p.plain()
	b.made = indexGrid(len(p.Items), p.Periods)
	b.balance, b.time = indexGrid(len(p.Items), p.Periods), indexGrid(len(p.Resources), p.Periods)
	for i, it := range p.Items {
		for t, d := range it.Demand {
			if t == 0 {
				d -= it.Initial
			}
			b.balance[i][t] = int32(b.program.AddRow(d, d))
		}
		if b.plain[i] {
			continue
		}
		for t := range b.made[i] {
			due := b.still(i, t, t)
			b.made[i][t] = int32(b.program.AddRow(due, due))
		}
	}
	for r, res := range p.Resources {
		for t, c := range res.Capacity {
			b.time[r][t] = int32(b.program.AddRow(-lp.Inf, c))
		}
	}
}

// addStocks adds what lies in stock, and what is owed, at the end of periods,
// and returns the columns of stock.
func (b *builder) addStocks(i int) []int32 {
	it := &b.p.Items[i]
	rows := b.balance[i]
	stocks := make([]int32, len(rows))
	for t := range rows {
		here, next := rows[t:min(t+2, len(rows))], []float64{-1, 1}
		stocks[t] = int32(b.program.AddCol(it.Holding*b.p.length(t), 0, lp.Inf, here, next[:len(here)]))
		if it.Backlog > 0 && len(here) == 2 {
			b.program.AddCol(it.Backlog*b.p.length(t), 0, lp.Inf, here, []float64{1, -1})
		}
	}
	return stocks
}

// addAhead adds what has been made of item i beyond what is required of it, or
// takes the stock for it where that is the same but for a constant.
func (b *builder) addAhead(i int, stocks []int32) {
	it, required := &b.p.Items[i], b.required[i]
	offset := make([]float64, len(stocks))
	if b.plain[i] {
		level := it.Initial
		for t, d := range it.Demand {
			level -= d
			offset[t] = -level - required[t]
		}
		b.ahead, b.offset = append(b.ahead, stocks), append(b.offset, offset)
		return
	}
	ahead := make([]int32, len(stocks))
	for t := range ahead {
		here, next := b.made[i][t:min(t+2, len(ahead))], []float64{-1, 1}
		ahead[t] = int32(b.program.AddCol(0, 0, lp.Inf, here, next[:len(here)]))
	}
	b.ahead, b.offset = append(b.ahead, ahead), append(b.offset, offset)
}

// addLots adds what is made and the set-ups for it.
func (b *builder) addLots(i int) {
	p, it := b.p, &b.p.Items[i]
	lots, setups := indexGrid(1, p.Periods)[0], indexGrid(1, p.Periods)[0]
	for t := range p.Periods {
		if b.total(i, t) == 0 {
			continue
		}
		rows, values := []int32{b.time[it.Resource][t]}, []float64{it.UnitTime}
		if due := it.ready(t); due < p.Periods {
			rows, values = append(rows, b.balance[i][due]), append(values, 1)
		}
		if row := b.made[i][t]; row >= 0 {
			rows, values = append(rows, row), append(values, 1)
		}
		for _, u := range it.Uses {
			rows, values = append(rows, b.balance[u.Item][t]), append(values, -u.Qty)
		}
		lots[t] = int32(b.program.AddCol(0, 0, b.total(i, t), rows, values))
		setups[t] = int32(b.program.AddCol(it.SetupCost, 0, 1, rows[:1], []float64{it.SetupTime}))
	}
	b.lot, b.setup = append(b.lot, lots), append(b.setup, setups)
}

func (b *builder) addOvertime() {
	b.overtime = indexGrid(len(b.p.Resources), b.p.Periods)
	for r, res := range b.p.Resources {
		price := res.Overtime
		if price == 0 {
			price = b.penalty
		}
		for t, row := range b.time[r] {
			b.overtime[r][t] = int32(b.program.AddCol(price, 0, lp.Inf, []int32{row}, []float64{-1}))
		}
	}
}

// addCarry adds the states that are carried over: at most one a resource and
// period, of an item that was set up for or carried in the period before. Who
// carries one item through a whole period, without setting up for it again,
// sets up for nothing in it (Suerie and Stadtler 2003).
func (m *model) addCarry() {
	p := m.p
	m.carry = indexGrid(len(p.Items), p.Periods)
	for r := range p.Resources {
		through := int32(-1) // whether one item stays in the last period
		for t := 1; t < p.Periods; t++ {
			through = m.addCarryInto(r, t, through)
		}
	}
}

// addCarryInto adds what resource r carries into period t, and returns the
// column that says that it carries it on.
func (m *model) addCarryInto(r, t int, through int32) int32 {
	next := int32(m.lp.AddCol(0, 0, 1, nil, nil))
	var all []int32
	for i, it := range m.p.Items {
		if it.Resource != r || m.lot[i][t] < 0 {
			continue
		}
		z := int32(m.lp.AddCol(0, 0, 1, nil, nil))
		m.carry[i][t] = z
		all = append(all, z)
		m.atMost(1, []int32{m.setup[i][t], next}, []float64{1, 1})
		if before := m.carry[i][t-1]; before >= 0 {
			m.atMost(0, []int32{z, m.setup[i][t-1], before}, []float64{1, -1, -1})
			m.atMost(1, []int32{z, before, m.setup[i][t-1], through}, []float64{1, 1, -1, -1})
		} else {
			m.atMost(0, []int32{z, m.setup[i][t-1]}, []float64{1, -1})
		}
	}
	one := make([]float64, len(all))
	for k := range one {
		one[k] = 1
	}
	m.atMost(1, all, one)
	return next
}

func (m *model) atMost(limit float64, cols []int32, values []float64) {
	m.lp.AddRow(-lp.Inf, limit, cols, values)
	m.rows++
}

func indexGrid(rows, cols int) [][]int32 {
	g := make([][]int32, rows)
	for i := range g {
		g[i] = make([]int32, cols)
		for t := range g[i] {
			g[i][t] = -1
		}
	}
	return g
}
