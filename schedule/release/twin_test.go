package release

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/lp"
	"github.com/taktplan/takt/internal/scenario"
)

// A textbook writes a model out as books do: one stock column, with a row and a
// column for each limit of its norm; work in process with its balance; all rows
// whether they can bind or not.
type textbook struct {
	*model
	cols    []column
	started map[int][]int // columns of starts by process
	inside  map[int][]int // columns of work in process by process and period
	rows    lp.Problem    // without columns
}

func newTextbook(m *model) *textbook {
	return &textbook{model: m, started: map[int][]int{}, inside: map[int][]int{}}
}

type column struct {
	cost, upper float64
	rows        []int32
	values      []float64
}

func (b *textbook) col(cost, upper float64) int {
	b.cols = append(b.cols, column{cost: cost, upper: upper})
	return len(b.cols) - 1
}

func (b *textbook) row(lower, upper float64) int32 { return int32(b.rows.AddRow(lower, upper)) }

func (b *textbook) set(j int, row int32, value float64) {
	c := &b.cols[j]
	for n, r := range c.rows {
		if r == row {
			c.values[n] += value
			return
		}
	}
	c.rows, c.values = append(c.rows, row), append(c.values, value)
}

// limit adds a row i + s ≥ at or i − s ≤ at with a slack s of its own.
func (b *textbook) limit(i int, at, sign, price float64) {
	s := b.col(price, lp.Inf)
	r := b.row(-lp.Inf, at)
	if sign > 0 {
		r = b.row(at, lp.Inf)
	}
	b.set(i, r, 1)
	b.set(s, r, sign)
}

func (b *textbook) stocks() (balance [][]int32) {
	room := make([][]int32, len(b.rooms))
	for a := range b.rooms {
		for t := range b.periods() {
			room[a] = append(room[a], b.row(-lp.Inf, b.rooms[a].area))
			b.set(b.col(b.rooms[a].price*b.length(t), lp.Inf), room[a][t], -1)
		}
	}
	for i := range b.points {
		p := &b.points[i]
		rows := make([]int32, b.periods())
		last := -1
		for t := range rows {
			in := 0.0
			if p.inflow != nil {
				in = p.inflow[t]
			}
			rows[t] = b.row(-in, -in)
			if !p.stocked {
				continue
			}
			j := b.col(p.hold*b.length(t), lp.Inf)
			b.set(j, rows[t], -1)
			if last >= 0 {
				b.set(last, rows[t], 1)
			}
			last = j
			if p.norms != nil {
				n := &p.norms[t]
				b.limit(j, n.min, 1, n.below*b.length(t))
				b.limit(j, max(n.min, n.target), 1, n.missing*b.length(t))
				if n.max > 0 {
					b.limit(j, n.max, -1, n.above*b.length(t))
				}
			}
			for a := range b.rooms {
				for n, at := range b.rooms[a].points {
					if at == i {
						b.set(j, room[a][t], b.rooms[a].each[n])
					}
				}
			}
		}
		balance = append(balance, rows)
	}
	return balance
}

// wishes adds the shares of sources and the norms of work in process.
func (b *textbook) wishes() {
	for i := range b.mixes {
		for n, share := range b.mixes[i].shares {
			r := b.row(0, 0)
			for m, k := range b.mixes[i].processes {
				for _, j := range b.started[k] {
					b.set(j, r, -share)
					if m == n {
						b.set(j, r, 1)
					}
				}
			}
			b.set(b.col(b.mixes[i].price/2, lp.Inf), r, 1)
			b.set(b.col(b.mixes[i].price/2, lp.Inf), r, -1)
		}
	}
	for w := range b.wips {
		for t := range b.periods() {
			r := b.row(b.wips[w].min, b.wips[w].max)
			b.set(b.col(b.wips[w].below*b.length(t), lp.Inf), r, 1)
			b.set(b.col(b.wips[w].above*b.length(t), lp.Inf), r, -1)
			for k := range b.processes {
				if b.wips[w].of[k] {
					b.set(b.inside[k][t], r, 1)
				}
			}
		}
	}
}

// sendings adds which part of each parcel is sent in each period: by demand and
// period.
func (b *textbook) sendings() map[[2]int]int {
	of := map[[2]int]int{}
	for _, lines := range b.parcels {
		all := b.row(1, 1)
		for t := range b.periods() {
			z := b.col(0, lp.Inf)
			b.set(z, all, 1)
			for _, c := range lines {
				of[[2]int{c, t}] = z
			}
		}
	}
	return of
}

func (b *textbook) program() *lp.Problem {
	balance := b.stocks()
	load := make([][]int32, len(b.groups))
	even := make([]int, len(b.groups))
	peak := make([][]int32, len(b.groups))
	for g := range b.groups {
		if b.groups[g].even {
			even[g] = b.col(1000*b.even, lp.Inf)
		}
		for t, h := range b.groups[g].regular {
			load[g] = append(load[g], b.row(-lp.Inf, h))
			b.set(b.col(b.groups[g].price, b.groups[g].overtime[t]), load[g][t], -1)
			peak[g] = append(peak[g], b.row(-lp.Inf, lp.Inf))
			if b.groups[g].even && h > 0 {
				peak[g][t] = b.row(-lp.Inf, 0)
				b.set(even[g], peak[g][t], -h)
			}
		}
	}
	rhythm := make([][]int32, len(b.rhythms))
	for e := range b.rhythms {
		for _, wanted := range b.rhythms[e].wanted {
			r := b.row(wanted, lp.Inf)
			b.set(b.col(b.rhythms[e].price, max(0, wanted)), r, 1)
			rhythm[e] = append(rhythm[e], r)
		}
	}
	for k := range b.processes {
		b.process(k, balance, load, peak, rhythm)
	}
	b.wishes()
	sending := b.sendings()
	for c := range b.demands {
		d := &b.demands[c]
		r := b.row(d.qty, d.qty)
		b.set(b.col(d.short, lp.Inf), r, 1)
		for _, w := range d.within {
			j := b.col(w.late, lp.Inf)
			b.set(j, r, 1)
			b.set(j, balance[d.point][w.period], -1)
			if z, together := sending[[2]int{c, w.period}]; together {
				part := b.row(0, 0) // what is delivered and what could be is what is sent
				b.set(j, part, 1/d.qty)
				b.set(b.col(0, lp.Inf), part, 1)
				b.set(z, part, -1)
			}
		}
	}
	q := b.rows
	for _, c := range b.cols {
		q.AddCol(c.cost, 0, c.upper, c.rows, c.values)
	}
	return &q
}

func (b *textbook) process(k int, balance, load, peak, rhythm [][]int32) {
	p := &b.processes[k]
	inProcess := make([]int32, b.periods())
	last := -1
	for t := range inProcess {
		inProcess[t] = b.row(0, 0)
		j := b.col(p.wip*b.length(t), lp.Inf)
		b.inside[k] = append(b.inside[k], j)
		b.set(j, inProcess[t], 1)
		if last >= 0 {
			b.set(last, inProcess[t], -1)
		}
		last = j
	}
	for s := range b.periods() {
		if !b.launchable(k, s) {
			continue
		}
		upper := p.most
		if p.perDay > 0 {
			upper = min(upper, p.perDay*b.length(s))
		}
		j := b.col(p.cost, upper)
		b.started[k] = append(b.started[k], j)
		b.set(j, inProcess[s], -1)
		for _, in := range b.shares(s, p.lead) {
			b.set(j, inProcess[in.period], in.part)
			for e := range b.rhythms {
				for _, of := range b.rhythms[e].of {
					if of == k {
						b.set(j, rhythm[e][in.period], in.part)
					}
				}
			}
		}
		b.flows(j, s, 1, p.gives, balance)
		b.flows(j, s, -1, p.takes, balance)
		for _, u := range p.uses {
			for _, in := range b.shares(s, u.after) {
				t := in.period
				for t < b.periods()-1 && b.groups[u.group].regular[t]+b.groups[u.group].overtime[t] <= 0 {
					t++
				}
				b.set(j, load[u.group][t], u.hours*in.part)
				b.set(j, peak[u.group][t], u.hours*in.part)
			}
		}
	}
}

func (b *textbook) flows(j, s int, sign float64, list []exchange, balance [][]int32) {
	for _, g := range list {
		for _, in := range b.shares(s, g.after) {
			part := in.part
			if w := g.only; w != nil {
				lo, hi := max(b.grid[in.period], b.grid[s]+g.after), min(b.grid[in.period+1], b.grid[s+1]+g.after)
				before, after := min(max(w.from-lo, 0), hi-lo), min(max(hi-w.to, 0), hi-lo)
				part *= max(0, hi-lo-before-after) / (hi - lo)
			}
			b.set(j, balance[g.point][in.period], sign*g.per*part)
		}
	}
}

// The program with bounded columns and the one written out have one optimum,
// and the first needs fewer rows.
func TestWrittenOut(t *testing.T) {
	rows, twin, mixes, wips, parcels := 0, 0, 0, 0, 0
	for seed := range scenario.Seeds(25, testing.Short()) {
		p := scenario.Random(seed)
		o := Options{}
		for i := range p.Shops {
			o.WIP = append(o.WIP, WIPNorm{Shop: p.Shops[i].ID, Min: 1, Max: 5, ShortPrice: 2, ExcessPrice: 3})
		}
		for i := range p.Supplies {
			p.Supplies[i].Share = i % 3
		}
		for i := range p.Routings {
			p.Routings[i].Share = (i + 1) % 3
		}
		_, b, err := program(context.Background(), p, &o)
		require.NoError(t, err)
		mixes, wips, parcels = mixes+len(b.mixes), wips+len(b.wips), parcels+len(b.parcels)
		got, err := lp.Solve(context.Background(), &b.lp, lp.Options{})
		require.NoError(t, err)
		q := newTextbook(b.model).program()
		want, err := lp.Solve(context.Background(), q, lp.Options{})
		require.NoError(t, err)
		require.Equal(t, lp.Optimal, got.Status, "seed %d", seed)
		require.Equal(t, lp.Optimal, want.Status, "seed %d", seed)
		require.InDelta(t, want.Objective, got.Objective, 1e-6*(1+math.Abs(want.Objective)), "seed %d", seed)
		rows, twin = rows+b.lp.Rows(), twin+q.Rows()
	}
	require.Less(t, 2*rows, twin)
	require.Positive(t, mixes)
	require.Positive(t, wips)
	require.Positive(t, parcels)
	t.Logf("%d rows; written out %d", rows, twin)
}
