package mapping

import (
	"maps"
	"slices"

	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// Tools is which tool carries a load that several steps of an order have, so
// that it stays with the order from the first of them to the last.
type tools map[*model.Load]*resource

// toolChoices returns the ways to choose the tools of a variant; there is one
// without any if it needs none.
func (mp *mapper) toolChoices(v variant) []tools {
	list := []tools{{}}
	for _, loads := range mp.toolLoads(v) {
		var longer []tools
		for _, chosen := range list {
			mp.leaves(loads[0].Resource, 0, func(u *resource) {
				enough := !slices.ContainsFunc(loads, func(l *model.Load) bool { return mp.units(u, l.Quantity) > u.units })
				if enough && len(longer) < maxModes {
					next := maps.Clone(chosen)
					for _, l := range loads {
						next[l] = u
					}
					longer = append(longer, next)
				}
			})
		}
		if len(longer) > 0 {
			list = longer
		}
	}
	return list
}

// toolLoads groups the loads of tools that stay with an order by what they ask
// for. Where steps are not in line, or orders are split, tools are resources
// like others.
func (mp *mapper) toolLoads(v variant) [][]*model.Load {
	var list [][]*model.Load
	for _, part := range v.parts() {
		if v.share > 0 || slices.ContainsFunc(v.steps, func(o *model.Operation) bool { return len(mp.index.blockers[o]) > 0 }) {
			return nil
		}
		for _, l := range mp.index.loads[part] {
			if !mp.isTool(l) {
				continue
			}
			i := slices.IndexFunc(list, func(g []*model.Load) bool { return g[0].Resource == l.Resource })
			if i < 0 {
				list = append(list, []*model.Load{l})
			} else {
				list[i] = append(list[i], l)
			}
		}
	}
	return slices.DeleteFunc(list, func(g []*model.Load) bool { return len(g) < 2 && slices.Contains(v.steps, g[0].Operation) })
}

// isTool reports whether a load asks for a tool without alternates.
func (mp *mapper) isTool(l *model.Load) bool {
	if l.Skill != nil || l.Quantity <= 0 || l.Effective != (model.Span{}) ||
		slices.ContainsFunc(mp.index.loads[l.Operation], func(x *model.Load) bool { return x != l && l.Name != "" && x.Name == l.Name }) {
		return false
	}
	found, all := false, true
	mp.leaves(l.Resource, 0, func(u *resource) {
		found = true
		all = all && u.Tool && !u.ToolPerPiece && !u.bucket && !isFree(u.Resource)
	})
	return found && all
}

// holds has the tools of a recipe stay with the order.
func (rc *recipe) holds() {
	for _, loads := range rc.toolLoads(rc.variant) {
		u := rc.tools[loads[0]]
		if u == nil {
			continue
		}
		h := schedule.Hold{Resource: schedule.ResourceID(u.Name), From: rc.ids[rc.steps[0]], To: rc.ids[rc.steps[len(rc.steps)-1]]}
		if slices.Contains(rc.steps, loads[0].Operation) {
			h.From, h.To = rc.ids[loads[0].Operation], rc.ids[loads[len(loads)-1].Operation]
		}
		for _, l := range loads {
			h.Units = max(h.Units, rc.units(u, l.Quantity))
		}
		rc.r.Holds = append(rc.r.Holds, h)
	}
}

// toolHours returns the calendars of the tools that a step works with.
func (rc *recipe) toolHours(o *model.Operation) []*model.Calendar {
	var list []*model.Calendar
	for _, l := range rc.index.loads[o] {
		if u := rc.tools[l]; u != nil {
			list = append(list, u.Available)
			if u.Location != nil {
				list = append(list, u.Location.Available)
			}
		}
	}
	return list
}

// Tools of which each piece takes its own are an item on paper: an order takes
// as many as it has pieces and gives them back.

// isPieceTool reports whether a load asks for such a tool.
func (mp *mapper) isPieceTool(l *model.Load) bool {
	u := mp.resources[l.Resource]
	return u != nil && u.ToolPerPiece && !u.bucket && u.MaximumCalendar == nil && !isFree(l.Resource)
}

// pieceTools returns the loads on tools of the pieces, by their tool.
func (rc *recipe) pieceTools() [][]*model.Load {
	var list [][]*model.Load
	for _, part := range rc.parts() {
		for _, l := range rc.index.loads[part] {
			if rc.isPieceTool(l) {
				if i := slices.IndexFunc(list, func(g []*model.Load) bool { return g[0].Resource == l.Resource }); i >= 0 {
					list[i] = append(list[i], l)
				} else {
					list = append(list, []*model.Load{l})
				}
			}
		}
	}
	return list
}

// takeTools has the order take the tools of its pieces, and give them back.
func (rc *recipe) takeTools() {
	if !rc.run.Finite() {
		return
	}
	for _, loads := range rc.pieceTools() {
		pt := rc.toolStock(loads[0].Resource)
		per := model.Amount(0)
		for _, l := range loads {
			per = max(per, l.Quantity)
		}
		first, last := rc.ids[rc.steps[0]], rc.ids[rc.steps[len(rc.steps)-1]]
		if slices.Contains(rc.steps, loads[0].Operation) {
			first, last = rc.ids[loads[0].Operation], rc.ids[loads[len(loads)-1].Operation]
		}
		qty, once := wip.Qty(rc.perUnit(per)), rc.once(0, per)
		for i := range rc.r.Steps {
			if s := &rc.r.Steps[i]; s.ID == first {
				s.Needs = append(s.Needs, schedule.Need{Item: pt.id, Location: pt.place, Per: qty, Fixed: once})
			}
		}
		rc.r.Products = append(rc.r.Products, schedule.Product{Item: pt.id, Location: pt.place, Step: last, Per: qty, Fixed: once})
	}
}

// toolStock returns the item on paper of a tool.
func (mp *mapper) toolStock(r *model.Resource) *point {
	if pt := mp.toolPoints[r]; pt != nil {
		return pt
	}
	pt := &point{pointKey: pointKey{item: &model.Item{Entity: r.Entity}}, paper: true}
	mp.toolPoints[r] = pt
	mp.register(pt, "tool: "+r.Name)
	if r.Maximum > 0 {
		mp.p.Stock = append(mp.p.Stock, wip.Balance{Point: wip.Point{Item: pt.id, Place: pt.place}, Qty: wip.Qty(r.Maximum)})
	}
	return pt
}

// mostPieces returns how large an order may be for the tools that there are; 0
// means that nothing bounds it.
func (rc *recipe) mostPieces() model.Amount {
	most := model.Amount(0)
	for _, loads := range rc.pieceTools() {
		for _, l := range loads {
			if l.Quantity > 0 && rc.run.Finite() {
				n := max(1, model.Amount(l.Resource.Maximum.Float()/l.Quantity.Float())*model.One)
				if most == 0 || n < most {
					most = n
				}
			}
		}
	}
	return most
}
