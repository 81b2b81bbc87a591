package release

import (
	"fmt"
	"math"
	"time"

	"github.com/taktplan/takt/internal/lp"
	"github.com/taktplan/takt/schedule"
)

// A Basis says where the rows and columns of a program stand at its optimum, in
// the names of the problem, so that the program of the next day can be solved
// from there. It is plain data, to be kept with a plan and read again.
type Basis struct {
	Cuts          []time.Time // boundaries of its periods
	Rows, Columns []Standing
}

// A Standing is about the rows or columns of one thing, by period.
type Standing struct {
	Name   string
	Status []Status
	Price  []float64 // of rows
}

// A Status says where a row or column stands in a basis.
type Status int8

const (
	Absent  Status = iota // there is none in this period
	AtLower               // at its lower bound
	AtUpper               // at its upper bound
	Basic                 // between them
	Free                  // at zero, without bounds
)

// newBasis puts statuses into the names of the problem.
func (a *answer) newBasis() *Basis {
	if a.sol.Rows == nil {
		return nil
	}
	basis := &Basis{Cuts: a.instants()}
	rows, cols := standings{network: a.network}, standings{network: a.network}
	a.b.eachRow(func(i int32, h handle) {
		s, t := rows.of(h, true)
		s.Status[t], s.Price[t] = a.sol.Rows[i], a.sol.RowDual[i]
	})
	a.b.eachColumn(func(j int32, h handle) {
		s, t := cols.of(h, false)
		s.Status[t] = a.sol.Columns[j]
	})
	basis.Rows, basis.Columns = rows.list, cols.list
	return basis
}

// standings is a list under construction, one element for each thing and piece.
type standings struct {
	*network
	list []Standing
	at   map[handle]int
}

// of returns the element and the period of a handle.
func (s *standings) of(h handle, priced bool) (*Standing, int) {
	if s.at == nil {
		s.at = map[handle]int{}
	}
	t := max(0, h.period)
	h.period = 0
	i, ok := s.at[h]
	if !ok {
		i = len(s.list)
		s.at[h] = i
		n := Standing{Name: s.thing(h), Status: make([]Status, s.periods())}
		if priced {
			n.Price = make([]float64, s.periods())
		}
		s.list = append(s.list, n)
	}
	return &s.list[i], t
}

// startFrom returns the basis of a program nearest to that of an earlier one,
// and the prices of its rows: a thing stands in a period as it did in that in
// which the middle of the period was. What is new stands as if it were not
// there: rows are basic, columns at zero.
func (n *network) startFrom(b *build, old *Basis) (*lp.Basis, []float64) {
	basis := &lp.Basis{Col: make([]lp.BasisStatus, b.lp.Cols()), Row: make([]lp.BasisStatus, b.lp.Rows())}
	dual := make([]float64, b.lp.Rows())
	m := n.newMemory(old.Cuts, old.Rows)
	b.eachRow(func(i int32, h handle) {
		status, price := m.recall(h)
		basis.Row[i] = status.within(b.lp.RowLower[i], b.lp.RowUpper[i], lp.Basic)
		dual[i] = price
	})
	m = n.newMemory(old.Cuts, old.Columns)
	b.eachColumn(func(j int32, h handle) {
		status, _ := m.recall(h)
		basis.Col[j] = status.within(b.lp.ColLower[j], b.lp.ColUpper[j], lp.AtLower)
	})
	return basis, dual
}

// within returns the status of what has such bounds now, which may be others
// than it had, or else what stands for one that was not there.
func (s Status) within(lower, upper float64, absent lp.BasisStatus) lp.BasisStatus {
	switch {
	case s == Basic:
		return lp.Basic
	case s < AtLower || s > Free:
		return absent
	case math.IsInf(lower, -1) && math.IsInf(upper, 1):
		return lp.Free
	case s == AtUpper && !math.IsInf(upper, 1) || math.IsInf(lower, -1):
		return lp.AtUpper
	default:
		return lp.AtLower
	}
}

// A memory looks up standings for one kind of thing after the other.
type memory struct {
	*network
	then  []int  // periods of the earlier program
	main  []bool // whether a period is the longest part of that
	named map[string]*Standing
	last  handle // the thing that was asked for last,
	found *Standing
	at    int    // in which earlier period,
	layer Status // and, of stock, where its last layer stood
}

func (n *network) newMemory(cuts []time.Time, list []Standing) *memory {
	m := &memory{
		network: n, then: make([]int, n.periods()), main: make([]bool, n.periods()),
		named: make(map[string]*Standing, len(list)),
	}
	g := newGrid(n.t.Now, cuts)
	longest := make([]int, g.periods())
	for t := range m.then {
		old := g.at(n.middle(t))
		m.then[t] = old
		if k := longest[old]; m.then[k] != old || n.length(t) > n.length(k) {
			longest[old] = t
		}
	}
	for t, old := range m.then {
		m.main[t] = longest[old] == t
	}
	for i := range list {
		m.named[list[i].Name] = &list[i]
	}
	return m
}

// recall returns where something stood, and its price. Of the parts of a period
// that has become several, the longest is what the whole was; of the parts in
// which a line may be delivered, the first. Stock is passed on from part to
// part to the last one. So the parts have a basis if the whole had one, and one
// as good.
func (m *memory) recall(h handle) (Status, float64) {
	t, main, last := 0, true, true
	if p := h.period; p >= 0 {
		t, main = m.then[p], m.main[p]
		last = p+1 == len(m.then) || m.then[p+1] != t
	}
	h.period = 0
	again := m.found != nil && h == m.last && m.at == t
	if h != m.last || m.found == nil {
		m.last, m.found = h, m.named[m.thing(h)]
	}
	m.at = t
	if m.found == nil || t >= len(m.found.Status) {
		return Absent, 0
	}
	status, price := m.found.Status[t], 0.0
	if t < len(m.found.Price) {
		price = m.found.Price[t]
	}
	switch h.what {
	case "balance":
	case "deliver":
		if again {
			return Absent, 0
		}
	case "stock":
		if !last {
			status = m.passOn(h.nth, status)
		}
	default:
		if !main {
			return Absent, 0
		}
	}
	return status, price
}

// passOn returns where a layer of stock stands between two parts of a period at
// whose end it had a status: likewise, but if no layer was between its bounds,
// then the first empty one is.
func (m *memory) passOn(layer int, status Status) Status {
	if status == AtLower && (layer == 0 || m.layer == AtUpper) {
		status = Basic
	}
	m.layer = status
	return status
}

// thing returns the name of what a handle is about.
func (n *network) thing(h handle) string {
	name := fmt.Sprint(h.what, " ", n.thingOf(h))
	if h.nth > 0 {
		name += fmt.Sprint(" +", h.nth)
	}
	return name
}

func (n *network) thingOf(h handle) string {
	switch h.what {
	case "balance", "stock":
		return n.pointName(h.of)
	case "load", "overtime", "peak":
		return n.groupName(h.of)
	case "line", "deliver", "short", "sent":
		return string(n.p.Lines[n.lines[h.of]].ID)
	case "once", "send":
		return n.p.Lines[n.lines[n.parcels[h.of][0]]].Together
	case "start":
		return n.processName(h.of)
	default:
		return fmt.Sprint(h.of)
	}
}

func (n *network) pointName(i int) string {
	if name, isService := n.services[i]; isService {
		return name
	}
	return fmt.Sprintf("%s @ %s", n.keys[i].Item, n.keys[i].Place)
}

func (n *network) groupName(g int) string {
	if n.partner[g] >= 0 {
		return "partner " + string(n.p.Partners[n.partner[g]].ID)
	}
	return fmt.Sprint(n.resources(g))
}

// resources returns the members of a group.
func (n *network) resources(g int) []schedule.ResourceID {
	ids := make([]schedule.ResourceID, len(n.members[g]))
	for i, m := range n.members[g] {
		ids[i] = n.p.Resources[m].ID
	}
	return ids
}

func (n *network) processName(k int) string {
	o := &n.origins[k]
	switch o.kind {
	case makes:
		return "make " + string(n.p.Routings[o.ref].ID)
	case buys:
		return "buy " + string(n.p.Supplies[o.ref].ID)
	case brings:
		return fmt.Sprintf("bring %s %s", n.p.Lanes[o.ref].ID, n.p.Items[o.item].ID)
	case goesOn:
		return "go on from " + n.pointName(n.processes[k].takes[0].point)
	default:
		return fmt.Sprintf("choice %d of %s", o.ref, n.pointName(n.processes[k].gives[0].point))
	}
}
