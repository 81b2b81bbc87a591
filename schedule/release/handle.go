package release

import (
	"fmt"
	"slices"
)

// A handle says what a row or column of a program is about: the number of a
// thing, a period or −1, and which of its pieces.
type handle struct {
	what            string
	of, period, nth int
}

func (h handle) String() string {
	s := fmt.Sprintf("%s.%d", h.what, h.of)
	if h.period >= 0 {
		s += fmt.Sprintf(".%d", h.period)
	}
	if h.nth > 0 {
		s += fmt.Sprintf(".%d", h.nth)
	}
	return s
}

// eachRow calls visit for every row.
func (b *build) eachRow(visit func(row int32, h handle)) {
	table("balance", b.balance, nil, visit)
	table("load", b.load, nil, visit)
	list("line", b.line, visit)
	list("once", b.once, visit)
	table("sent", b.sent, nil, visit)
	table("rhythm", b.inRhythm, nil, visit)
	table("peak", b.inPeak, nil, visit)
	table("room", b.inRoom, nil, visit)
	list("shared", b.shared, visit)
	table("wip", b.inWIP, nil, visit)
	list("mix", b.mixed, visit)
	list("cleared", slices.Concat(slices.Concat(b.cleared...)...), visit)
}

// eachColumn calls visit for every column.
func (b *build) eachColumn(visit func(col int32, h handle)) {
	table("start", b.start, b.pieces, visit)
	table("stock", b.stock, b.layers, visit)
	table("overtime", b.overtime, nil, visit)
	for c := range b.deliver {
		for n, j := range b.deliver[c] {
			visit(j, handle{"deliver", c, b.demands[c].within[n].period, 0})
		}
	}
	list("short", b.short, visit)
	table("send", b.send, nil, visit)
	table("missed", b.missed, nil, visit)
	list("peak", b.peak, visit)
	table("excess", b.excess, nil, visit)
	list("allot", b.allot, visit)
	list("unmixed", b.unmixed, visit)
	table("idle", b.idle, nil, visit)
	table("crowd", b.crowd, nil, visit)
}

// table calls visit for the rows or columns of a table by thing and period,
// which have so many pieces, or one.
func table(what string, first [][]int32, pieces [][]int8, visit func(int32, handle)) {
	for i := range first {
		for t, at := range first[i] {
			n := 1
			if pieces != nil {
				n = int(pieces[i][t])
			}
			for k := 0; at >= 0 && k < n; k++ {
				visit(at+int32(k), handle{what, i, t, k})
			}
		}
	}
}

func list(what string, at []int32, visit func(int32, handle)) {
	for i, j := range at {
		if j >= 0 {
			visit(j, handle{what, i, -1, 0})
		}
	}
}

// name gives rows and columns names.
func (b *build) name(problem string) {
	b.lp.Name = problem
	b.lp.RowName, b.lp.ColName = make([]string, b.lp.Rows()), make([]string, b.lp.Cols())
	b.eachRow(func(i int32, h handle) { b.lp.RowName[i] = h.String() })
	b.eachColumn(func(j int32, h handle) { b.lp.ColName[j] = h.String() })
}
