package mapping

import (
	"slices"

	"github.com/taktplan/takt/examples/frepple/internal/model"
)

// A variant is one way to carry out an operation: the steps that it comes to
// once every alternate and split in it is decided.
type variant struct {
	steps []*model.Operation
	// wholes are the routings, alternates and splits around the steps, the
	// outermost first.
	wholes []*model.Operation
	// sized is the operation whose sizes bound the order.
	sized     *model.Operation
	priority  int
	share     int
	effective model.Span
	suffix    string // tells the variants of an operation apart
}

const (
	maxVariants = 100
	maxNesting  = 20
)

// variants returns the ways to carry out an operation.
func (mp *mapper) variants(o *model.Operation) []variant {
	list := mp.expand(o, 0)
	if len(list) > maxVariants {
		mp.note(o.Entity, "operation %q has %d variants; the first %d are used", o.Name, len(list), maxVariants)
		list = list[:maxVariants]
	}
	return list
}

func (mp *mapper) expand(o *model.Operation, depth int) []variant {
	if depth > maxNesting {
		mp.fail(o.Entity, "operation %q is nested more than %d deep, or is part of itself", o.Name, maxNesting)
		return nil
	}
	switch o.Kind {
	case "operation_routing":
		return mp.expandRouting(o, depth)
	case "operation_alternate", "operation_split":
		return mp.expandChoice(o, depth)
	default:
		return []variant{{steps: []*model.Operation{o}, sized: o, priority: o.Priority, effective: o.Effective}}
	}
}

// expandRouting combines the variants of the steps.
func (mp *mapper) expandRouting(o *model.Operation, depth int) []variant {
	list := []variant{{wholes: []*model.Operation{o}, sized: o, priority: o.Priority, effective: o.Effective}}
	for _, s := range mp.index.subs[o] {
		var longer []variant
		for _, v := range list {
			for _, step := range mp.expand(s.Operation, depth+1) {
				if len(longer) <= maxVariants {
					longer = append(longer, v.followedBy(step))
				}
			}
		}
		list = longer
	}
	return list
}

func (v variant) followedBy(s variant) variant {
	v.steps = append(slices.Clone(v.steps), s.steps...)
	v.wholes = append(slices.Clone(v.wholes), s.wholes...)
	v.suffix += s.suffix
	return v
}

// expandChoice lists the variants of the parts.
func (mp *mapper) expandChoice(o *model.Operation, depth int) []variant {
	var list []variant
	for _, s := range mp.index.subs[o] {
		if s.Priority == 0 {
			continue
		}
		for _, v := range mp.expand(s.Operation, depth+1) {
			v.wholes = append([]*model.Operation{o}, v.wholes...)
			v.effective = both(o.Effective, both(s.Effective, v.effective))
			v.suffix = ": " + s.Operation.Name + v.suffix
			if o.Kind == "operation_split" {
				v.share, v.priority = s.Priority, o.Priority
			} else {
				v.priority = s.Priority
			}
			if byCost(o.Search) {
				v.priority = 1
			}
			list = append(list, v)
		}
	}
	return list
}

// byCost reports whether the cheapest alternate is asked for.
func byCost(search string) bool { return search == "MINCOST" || search == "MINCOSTPENALTY" }

// both returns the time that lies in two spans.
func both(a, b model.Span) model.Span {
	if b.From.After(a.From) {
		a.From = b.From
	}
	if a.To.IsZero() || !b.To.IsZero() && b.To.Before(a.To) {
		a.To = b.To
	}
	return a
}

func empty(s model.Span) bool { return !s.From.IsZero() && !s.To.IsZero() && !s.From.Before(s.To) }
