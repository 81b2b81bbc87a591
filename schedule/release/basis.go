package release

import (
	"fmt"
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
	then := make([]int, n.periods())
	g := newGrid(n.t.Now, old.Cuts)
	for t := range then {
		then[t] = g.at(n.middle(t))
	}
	basis := &lp.Basis{Col: make([]lp.BasisStatus, b.lp.Cols()), Row: make([]lp.BasisStatus, b.lp.Rows())}
	dual := make([]float64, b.lp.Rows())
	rows, cols := byName(old.Rows), byName(old.Columns)
	find := memory{network: n, then: then, named: rows}
	b.eachRow(func(i int32, h handle) {
		basis.Row[i] = lp.Basic
		if s, t := find.standing(h); s != nil && s.Status[t] != Absent {
			basis.Row[i] = lp.BasisStatus(s.Status[t] - AtLower)
			if t < len(s.Price) {
				dual[i] = s.Price[t]
			}
		}
	})
	find = memory{network: n, then: then, named: cols}
	b.eachColumn(func(j int32, h handle) {
		if s, t := find.standing(h); s != nil && s.Status[t] != Absent {
			basis.Col[j] = lp.BasisStatus(s.Status[t] - AtLower)
		}
	})
	return basis, dual
}

func byName(list []Standing) map[string]*Standing {
	m := make(map[string]*Standing, len(list))
	for i := range list {
		m[list[i].Name] = &list[i]
	}
	return m
}

// A memory looks up standings for one kind after the other.
type memory struct {
	*network
	then  []int // periods of the earlier program
	named map[string]*Standing
	last  handle
	found *Standing
}

// standing returns what an earlier basis says about a handle, or nil, and the
// period then.
func (m *memory) standing(h handle) (*Standing, int) {
	t := 0
	if h.period >= 0 {
		t = m.then[h.period]
	}
	h.period = 0
	if h != m.last {
		m.last, m.found = h, m.named[m.thing(h)]
	}
	if m.found != nil && t >= len(m.found.Status) {
		return nil, 0
	}
	return m.found, t
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
	case "line", "deliver", "short":
		return string(n.p.Lines[n.lines[h.of]].ID)
	case "start":
		return n.processName(h.of)
	default:
		return fmt.Sprint(h.of)
	}
}

func (n *network) pointName(i int) string {
	if n.points[i].stocked {
		return fmt.Sprintf("%s @ %s", n.keys[i].Item, n.keys[i].Place)
	}
	return n.services[i]
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
	default:
		return fmt.Sprintf("choice %d of %s", o.ref, n.pointName(n.processes[k].gives[0].point))
	}
}
