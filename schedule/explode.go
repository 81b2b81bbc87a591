package schedule

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/taktplan/takt/wip"
)

// Explode returns p with the phantoms in its routings dissolved, or p itself
// if there are none to dissolve. Planners, [Evaluate] and the verifier all see
// a problem so, and plans name the steps that it has. p must be valid; it is
// shared in part, and not modified.
//
// A step that needs a phantom is preceded by the steps of the phantom's
// routing: the one of lowest priority number that is effective at Now, the
// first listed of several, or simply that if none is effective. Such a step is
// named for the needing step, the phantom and itself, as in
// "assemble/frame/weld". Its times, batches and needs are those for the amount
// of the phantom that goes into one whole unit of the order's item: times are
// rounded up, batches and transfer lots down. Alternates and the offset of a
// need for a phantom do not count.
func Explode(p *Problem) *Problem {
	e := newExplosion(p)
	if !slices.ContainsFunc(p.Routings, func(r Routing) bool { return needsAny(&r, e.phantoms) }) {
		return p
	}
	exploded := *p
	exploded.Routings = make([]Routing, len(p.Routings))
	for i := range p.Routings {
		exploded.Routings[i] = *e.routing(&p.Routings[i])
	}
	return &exploded
}

func needsAny(r *Routing, items map[ItemID]*Item) bool {
	for i := range r.Steps {
		for k := range r.Steps[i].Needs {
			if items[r.Steps[i].Needs[k].Item] != nil {
				return true
			}
		}
	}
	return false
}

// An explosion is the state of one call of Explode.
type explosion struct {
	p        *Problem
	phantoms map[ItemID]*Item
	scale    map[ItemID]int64
	shop     map[ShopID]LocationID
	made     map[ItemID]*Routing // how a phantom is made
	done     map[RoutingID]*Routing
	extents  map[RoutingID]extent
}

func newExplosion(p *Problem) *explosion {
	e := &explosion{
		p: p, phantoms: map[ItemID]*Item{}, scale: map[ItemID]int64{}, shop: map[ShopID]LocationID{},
		made: map[ItemID]*Routing{}, done: map[RoutingID]*Routing{}, extents: map[RoutingID]extent{},
	}
	for i := range p.Items {
		x := &p.Items[i]
		e.scale[x.ID] = x.Scale()
		if x.Phantom {
			e.phantoms[x.ID] = x
		}
	}
	for i := range p.Shops {
		e.shop[p.Shops[i].ID] = p.Shops[i].Location
	}
	now := p.Times().Now
	for i := range p.Routings {
		r := &p.Routings[i]
		best := e.made[r.Item]
		if best == nil || r.Effective.Contains(now) && (!best.Effective.Contains(now) || r.Priority < best.Priority) {
			e.made[r.Item] = r
		}
	}
	return e
}

// An extent is how many steps a routing has without phantoms, and how many
// levels of phantoms are dissolved in it.
type extent struct{ steps, levels int }

// Bounds of an extent. Few levels that need each other several times would
// make more steps, and many levels longer names, than any memory holds.
const (
	maxExploded = 1000
	maxPhantoms = 20
)

func (e extent) tooLarge() bool {
	return e.levels > 0 && e.steps > maxExploded || e.levels > maxPhantoms
}

// extent measures what routing would make of r; beyond the bounds it only says
// that they are exceeded.
func (e *explosion) extent(r *Routing) extent {
	if known, ok := e.extents[r.ID]; ok {
		return known
	}
	x := extent{steps: len(r.Steps)}
	for i := range r.Steps {
		for k := range r.Steps[i].Needs {
			if item := e.phantoms[r.Steps[i].Needs[k].Item]; item != nil {
				inner := e.extent(e.made[item.ID])
				x.steps = min(x.steps+inner.steps, len(r.Steps)+maxExploded+1)
				x.levels = max(x.levels, inner.levels+1)
			}
		}
	}
	e.extents[r.ID] = x
	return x
}

// routing returns r without phantoms.
func (e *explosion) routing(r *Routing) *Routing {
	if !needsAny(r, e.phantoms) {
		return r
	}
	if known := e.done[r.ID]; known != nil {
		return known
	}
	out := *r
	out.Steps, out.Products = nil, slices.Clone(r.Products)
	out.Links, out.Holds = slices.Collect(r.Precedence()), slices.Clone(r.Holds)
	for i := range r.Steps {
		step := r.Steps[i]
		step.Needs = nil
		for k := range r.Steps[i].Needs {
			if n := &r.Steps[i].Needs[k]; e.phantoms[n.Item] != nil {
				e.insert(&out, &step, n)
			} else {
				step.Needs = append(step.Needs, *n)
			}
		}
		out.Steps = append(out.Steps, step)
	}
	e.done[r.ID] = &out
	return &out
}

// insert adds the steps of a phantom before the step of a routing that needs
// it.
func (e *explosion) insert(out *Routing, before *Step, n *Need) {
	made := e.routing(e.made[n.Item])
	f := newFactor(n, e.scale[n.Item], e.scale[out.Item])
	prefix := string(before.ID) + "/" + string(n.Item) + "/"
	for slices.ContainsFunc(out.Steps, func(s Step) bool { return strings.HasPrefix(string(s.ID), prefix) }) {
		prefix += "+"
	}
	place := e.shop[made.Shop]
	goesOn := map[StepID]bool{}
	for l := range made.Precedence() {
		goesOn[l.From] = true
		l.From, l.To = StepID(prefix)+l.From, StepID(prefix)+l.To
		out.Links = append(out.Links, l)
	}
	for i := range made.Steps {
		step := f.step(&made.Steps[i], place)
		step.ID = StepID(prefix) + step.ID
		out.Steps = append(out.Steps, step)
		if !goesOn[made.Steps[i].ID] {
			out.Links = append(out.Links, Link{From: step.ID, To: before.ID})
		}
	}
	for _, h := range made.Holds {
		h.From, h.To = StepID(prefix)+h.From, StepID(prefix)+h.To
		out.Holds = append(out.Holds, h)
	}
	for _, c := range made.Products {
		c.Per, c.Fixed = wip.Qty(scaled(int64(c.Per), f.num, f.den)), add(c.Fixed, wip.Qty(f.lot(int64(c.Per))))
		if c.Step != "" {
			c.Step = StepID(prefix) + c.Step
		}
		if c.Location == "" {
			c.Location = place
		}
		out.Products = append(out.Products, c)
	}
}

// A factor turns amounts per whole unit of a phantom into amounts per whole
// unit of the item that needs it.
type factor struct {
	num, den int64   // whole units of the phantom in one of the item
	fixed    wip.Qty // base units of the phantom for a lot, loss included
	scale    int64   // base units in a whole unit of the phantom
	parent   int64   // and of the item
}

func newFactor(n *Need, scale, parent int64) factor {
	keep := int64(1000 - n.Loss)
	num, den := reduce(int64(times(n.Per, 1000)), scale*keep)
	return factor{num, den, timesUp(n.Fixed, 1000, keep), scale, parent}
}

// reduce returns a fraction in its lowest terms, or a larger one with
// denominator 1 if they are not low enough to go on with.
func reduce(num, den int64) (int64, int64) {
	a, b := num, den
	for b != 0 {
		a, b = b, a%b
	}
	num, den = num/a, den/a
	if den > maxBase {
		return num/den + 1, 1
	}
	return num, den
}

// maxBase bounds [Need.base], so that products with scale and loss fit.
const maxBase = 1_000_000

// of returns what a per whole unit of the phantom is per whole unit of the
// item, rounded up, and lot what it is for the fixed part of the need.
func (f factor) of(a int64) int64  { return int64(timesUp(wip.Qty(a), f.num, f.den)) }
func (f factor) lot(a int64) int64 { return int64(timesUp(f.fixed, a, f.scale)) }

// part returns how much of the item holds q of the phantom, rounded down, at
// least 1; 0 stays 0.
func (f factor) part(q wip.Qty) wip.Qty {
	per := f.of(f.scale) // base units of the phantom in a whole unit of the item
	if q == 0 || per == 0 {
		return 0
	}
	return max(1, wip.Qty(scaled(int64(q), f.parent, per)))
}

func (f factor) need(n *Need) {
	per := n.Per
	n.Fixed = add(n.Fixed, timesUp(times(per, int64(f.fixed)), 1, f.scale*n.whole()))
	num, den := reduce(f.num, times64(f.den, n.whole()))
	n.Per, n.base = times(n.Per, num), den
	n.Alternates = slices.Clone(n.Alternates)
	for i := range n.Alternates {
		a := &n.Alternates[i]
		if a.Fixed > 0 {
			a.Fixed = add(a.Fixed, timesUp(times(cmp.Or(a.Per, per), int64(f.fixed)), 1, f.scale*n.whole()))
		}
		a.Per = times(a.Per, num)
	}
}

func times64(a, b int64) int64 { return int64(times(wip.Qty(a), b)) }

func (f factor) step(s *Step, place LocationID) Step {
	out := *s
	out.Batch, out.Transfer = f.part(s.Batch), f.part(s.Transfer)
	out.Modes = slices.Clone(s.Modes)
	for i := range out.Modes {
		m := &out.Modes[i]
		m.Fixed += time.Duration(f.lot(int64(m.PerUnit)))
		m.PerUnit = time.Duration(f.of(int64(m.PerUnit)))
		m.Cost = f.of(m.Cost)
		m.Uses = slices.Clone(m.Uses)
		for k := range m.Uses {
			u := &m.Uses[k]
			u.Fixed += time.Duration(f.lot(int64(u.PerUnit)))
			u.PerUnit = time.Duration(f.of(int64(u.PerUnit)))
		}
	}
	if s.Subcontract != nil {
		c := *s.Subcontract
		c.Cost = f.of(c.Cost)
		out.Subcontract = &c
	}
	out.Needs = slices.Clone(s.Needs)
	for i := range out.Needs {
		n := &out.Needs[i]
		f.need(n)
		if n.Location == "" {
			n.Location = place
		}
	}
	return out
}
