package release

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/internal/lp"
)

// A build is a program under construction, and afterwards the key to its rows
// and columns. Those that cannot matter are left out, and are −1 here.
//
// Bounded columns stand in for rows wherever prices only rise: stock comes in
// one column for each stretch between the limits of its norm, a release in one
// for what is as before and one for what is more. Since they get dearer, they
// fill in order.
type build struct {
	*model
	lp lp.Problem

	balance  [][]int32   // row per point and period
	load     [][]int32   // row per group and period
	line     []int32     // row per demand
	once     []int32     // row per parcel
	sent     [][]int32   // row per demand in one, and period
	inRhythm [][]int32   // row per rhythm and period
	inPeak   [][]int32   // row per group and period
	inRoom   [][]int32   // row per room and period
	cleared  [][][]int32 // row per queue, work, and period and piece of its curve
	shared   []int32     // rows of the shares of queues
	inWIP    [][]int32   // row per norm of work in process and period
	inMix    [][]entry   // per process: its entries in the rows of shares
	mixed    []int32     // those rows

	start    [][]int32 // column per process and period: the first of its pieces
	pieces   [][]int8  // how many there are
	stock    [][]int32 // first of the pieces per point and period
	layers   [][]int8
	overtime [][]int32 // column per group and period
	deliver  [][]int32 // column per demand and chance to deliver it
	short    []int32   // column per demand
	send     [][]int32 // column per parcel and period
	missed   [][]int32 // column per rhythm and period: what of it is missing
	peak     []int32   // column per group: its highest share of load
	excess   [][]int32 // column per room and period: what does not fit in
	allot    []int32   // columns of the shares of queues
	unmixed  []int32   // columns of what is not had from where it should be
	idle     [][]int32 // column per norm of work in process and period: below its minimum,
	crowd    [][]int32 // and above its maximum

	byProcess, byPoint map[int]queued // work in queues

	entries []entry // of the column being written
}

// An entry is one coefficient of a column.
type entry struct {
	row   int32
	value float64
}

// newBuild writes the program of a model.
func newBuild(m *model) *build {
	b := &build{model: m}
	b.balances()
	b.loads()
	b.lines()
	b.parcelRows()
	b.rhythmRows()
	b.peakRows()
	b.roomRows()
	b.queueRows()
	b.mixRows()
	b.wipRows()
	b.starts()
	b.stocks()
	b.overtimes()
	b.deliveries()
	b.sendings()
	return b
}

// none returns a table of no rows or columns.
func none(n, periods int) [][]int32 {
	table := make([][]int32, n)
	all := make([]int32, n*periods)
	for i := range all {
		all[i] = -1
	}
	for i := range table {
		table[i] = all[i*periods : (i+1)*periods : (i+1)*periods]
	}
	return table
}

func counts(n, periods int) [][]int8 {
	table := make([][]int8, n)
	for i := range table {
		table[i] = make([]int8, periods)
	}
	return table
}

// balances adds the rows of material: what comes to a point and was there
// equals what goes and stays.
func (b *build) balances() {
	b.balance = none(len(b.points), b.periods())
	for i := range b.points {
		for t := range b.periods() {
			in := 0.0
			if b.points[i].inflow != nil {
				in = b.points[i].inflow[t]
			}
			b.balance[i][t] = int32(b.lp.AddRow(-in, -in))
		}
	}
}

// loads adds the rows of capacity, where it could run short. For the sake of a
// by-product anything may be made in any amount.
func (b *build) loads() {
	b.load = none(len(b.groups), b.periods())
	worst := make([]float64, len(b.groups))
	for k := range b.processes {
		for _, u := range b.processes[k].uses {
			worst[u.group] += float64(u.hours * b.processes[k].most)
		}
	}
	byProducts := slices.ContainsFunc(b.processes, func(p process) bool { return len(p.gives) > 1 })
	for r := range b.groups {
		for t, hours := range b.groups[r].regular {
			if worst[r] > hours || byProducts || b.groups[r].even {
				b.load[r][t] = int32(b.lp.AddRow(-lp.Inf, hours))
			}
		}
	}
}

// lines adds the rows of contract lines: what is delivered, and what is not.
func (b *build) lines() {
	b.line = make([]int32, len(b.demands))
	for c := range b.demands {
		b.line[c] = int32(b.lp.AddRow(b.demands[c].qty, b.demands[c].qty))
	}
}

// add notes a coefficient of the next column; of a row that is left out, none.
func (b *build) add(row int32, value float64) {
	if row >= 0 && value != 0 {
		b.entries = append(b.entries, entry{row, value})
	}
}

// column adds a column with the coefficients noted since the last clear.
// Coefficients of one row are added up.
func (b *build) column(cost, upper float64) int32 {
	slices.SortStableFunc(b.entries, func(x, y entry) int { return cmp.Compare(x.row, y.row) })
	rows := make([]int32, 0, len(b.entries))
	values := make([]float64, 0, len(b.entries))
	for _, e := range b.entries {
		if n := len(rows); n > 0 && rows[n-1] == e.row {
			values[n-1] += e.value
			continue
		}
		rows, values = append(rows, e.row), append(values, e.value)
	}
	return int32(b.lp.AddCol(cost, 0, upper, rows, values))
}

func (b *build) clear() { b.entries = b.entries[:0] }
