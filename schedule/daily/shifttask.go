package daily

import (
	"cmp"
	"time"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
)

// A ShiftTask is a line of the task of a shift: what a workplace is to do.
type ShiftTask struct {
	Shop          schedule.ShopID
	Section       string // the group of the workplace
	Workplace     schedule.ResourceID
	Sequence      int // at the workplace, 1 for the first
	Order         schedule.OrderID
	Item          schedule.ItemID
	Step          schedule.StepID
	Qty           Amount // to go through in the shift
	Start, Finish time.Time
	Goes          bool // it is at work already
	Readiness     Readiness
	Tools         []schedule.ResourceID
	Cost          int64 // value of the task: its pieces at the cost of the item
}

func (ShiftTask) columns() []table.Column {
	return []table.Column{text("shop"), text("section"), text("workplace"), number("no"), text("order"), text("item"), text("step"),
		number("qty"), text("unit"), text("start"), text("finish"), text("at work"), text("kit"), text("documents"), text("tools"), text("transport"), number("value")}
}

func (r ShiftTask) cells() []any {
	kit := append(append(r.Readiness.Materials[:0:0], r.Readiness.Materials...), r.Readiness.Components...)
	tools := join(list(r.Tools), missing(list(r.Readiness.Tools)))
	return []any{r.Shop, r.Section, r.Workplace, r.Sequence, r.Order, r.Item, r.Step, r.Qty, r.Qty.Unit.Code, r.Start, r.Finish, yes(r.Goes),
		ready(points(kit)), ready(list(r.Readiness.Documents)), cmp.Or(tools, "ready"), ready(points(r.Readiness.Transport)), r.Cost}
}

// ready says in a word whether anything is missing.
func ready(what string) string { return cmp.Or(missing(what), "ready") }

func missing(what string) string {
	if what == "" {
		return ""
	}
	return "missing: " + what
}

// ShiftTasks lists the task of a shift, by shop, section and workplace, and at
// each in the order of work: what is planned in the scope and not finished. The
// kit is looked up as the ledger has it now, after what work before it takes.
func (d *Desk) ShiftTasks(s Scope) Document[ShiftTask] {
	doc := Document[ShiftTask]{Title: s.title("Shift task")}
	readiness := d.readiness(s.To)
	for _, o := range d.inShop(s.Shop) {
		qty := o.plannedBy(s.To) - o.plannedBy(s.From)
		overlaps := o.Start.Before(s.To) && s.From.Before(o.End)
		if !overlaps || d.finished(o) {
			continue
		}
		r := ShiftTask{Shop: o.shop, Order: o.Order, Item: o.order.Item, Step: o.Step, Qty: d.amount(o.order.Item, qty),
			Start: o.Start, Finish: o.End, Readiness: *readiness[o], Tools: d.tools(o)}
		r.Goes = d.begun(o)
		if o.machine != nil {
			r.Section, r.Workplace = o.machine.Group, o.machine.ID
		}
		r.Cost = d.worth(r.Item, qty, d.item(r.Item).Cost)
		doc.Rows = append(doc.Rows, r)
	}
	sortBy(doc.Rows,
		func(a, b ShiftTask) int { return cmp.Compare(a.Shop, b.Shop) },
		func(a, b ShiftTask) int { return cmp.Compare(a.Section, b.Section) },
		func(a, b ShiftTask) int { return cmp.Compare(a.Workplace, b.Workplace) },
		func(a, b ShiftTask) int { return a.Start.Compare(b.Start) })
	for i := range doc.Rows {
		doc.Rows[i].Sequence = 1
		if i > 0 && doc.Rows[i-1].Workplace == doc.Rows[i].Workplace {
			doc.Rows[i].Sequence = doc.Rows[i-1].Sequence + 1
		}
	}
	return doc
}
