package daily

import (
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Readiness says whether everything for a piece of work is there. Each part is
// empty if it is, and otherwise names what is missing.
type Readiness struct {
	Materials  []wip.Point // that are bought
	Components []wip.Point // that are made
	Documents  []schedule.ProvisionID
	Tools      []schedule.ProvisionID // tooling, fixtures and the like
	Equipment  []schedule.ResourceID  // stands still
	Transport  []wip.Point            // there is enough elsewhere, but it has to be brought
}

// Kit reports whether all material is there.
func (r *Readiness) Kit() bool {
	return len(r.Materials)+len(r.Components)+len(r.Transport) == 0
}

// Ready reports whether all is there.
func (r *Readiness) Ready() bool {
	return r.Kit() && len(r.Documents)+len(r.Tools)+len(r.Equipment) == 0
}

// readiness looks at the operations that start before an instant and are not
// begun. Stock is dealt out in the order of their starts: what one is to take,
// the next has not.
func (d *Desk) readiness(to time.Time) map[*operation]*Readiness {
	down := d.down()
	stock := dealt{d.ledger, d.now, map[wip.Point]wip.Qty{}}
	found := map[*operation]*Readiness{}
	for i := range d.operations {
		o := &d.operations[i]
		if !o.Start.Before(to) {
			break
		}
		r := &Readiness{}
		found[o] = r
		if !d.fact(o, d.now).Issued && !d.finished(o) {
			d.material(r, o, &stock)
		}
		d.provisions(r, o)
		d.equipment(r, o, down)
	}
	return found
}

// A dealt is stock as far as it is not dealt out.
type dealt struct {
	ledger *wip.Ledger
	now    time.Time
	taken  map[wip.Point]wip.Qty
}

func (s *dealt) left(p wip.Point) wip.Qty { return s.ledger.Balance(p, s.now) - s.taken[p] }

func (d *Desk) material(r *Readiness, o *operation, stock *dealt) {
	for _, n := range o.needs {
		missing := n.qty - max(0, stock.left(n.point))
		stock.taken[n.point] += n.qty
		switch {
		case missing <= 0:
		case d.elsewhere(n.point, missing, stock):
			r.Transport = append(r.Transport, n.point)
		case d.makers[n.point.Item] != nil:
			r.Components = append(r.Components, n.point)
		default:
			r.Materials = append(r.Materials, n.point)
		}
	}
}

// elsewhere reports whether a lane leads to a point from one that holds enough.
func (d *Desk) elsewhere(p wip.Point, q wip.Qty, stock *dealt) bool {
	for i := range d.p.Lanes {
		l := &d.p.Lanes[i]
		if l.To == p.Place && stock.left(wip.Point{Item: p.Item, Place: l.From}) >= q {
			return true
		}
	}
	return false
}

func (d *Desk) provisions(r *Readiness, o *operation) {
	ids := append(append([]schedule.ProvisionID(nil), d.item(o.order.Item).Provisions...), o.step.Provisions...)
	for _, id := range ids {
		p := d.x.Provisions.Find(id)
		if p == nil || !p.Ready.After(d.now) {
			continue
		}
		if p.Kind == schedule.Document || p.Kind == schedule.Drawing {
			r.Documents = append(r.Documents, id)
		} else {
			r.Tools = append(r.Tools, id)
		}
	}
}

func (d *Desk) equipment(r *Readiness, o *operation, down map[schedule.ResourceID]string) {
	if o.mode == nil {
		return
	}
	for i := range o.mode.Uses {
		id := o.Resource(o.mode, i)
		if _, still := down[id]; still {
			r.Equipment = append(r.Equipment, id)
		}
	}
}

// tools returns the tool resources that an operation uses.
func (d *Desk) tools(o *operation) (ids []schedule.ResourceID) {
	if o.mode == nil {
		return nil
	}
	for i := range o.mode.Uses {
		id := o.Resource(o.mode, i)
		if r := d.x.Resources.Find(id); r != nil && r.Kind == capacity.Tool {
			ids = append(ids, id)
		}
	}
	return ids
}

func points(ps []wip.Point) string {
	ids := make([]string, len(ps))
	for i, p := range ps {
		ids[i] = p.String()
	}
	return list(ids)
}
