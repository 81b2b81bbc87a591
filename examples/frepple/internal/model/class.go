package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Fields say how the children of an element are stored in an entity.
type fields[T any] map[string]func(*T, *node)

// A class reads the entities of one kind. Entities are created by whatever
// names them first; all that is said of them anywhere is merged.
type class[T any] struct {
	r      *reader
	kind   string
	fields fields[T]
	entity func(*T) *Entity
	fresh  func() *T // with the format's defaults
	// called returns the name that an element gives, and key that of an entity:
	// what identifies it among those of its kind.
	called func(*node) string
	key    func(*T) string
	byID   map[string]*T
	list   []*T
}

func newClass[T any](r *reader, kind string, entity func(*T) *Entity, fresh func() *T) *class[T] {
	return &class[T]{r: r, kind: kind, entity: entity, fresh: fresh, byID: map[string]*T{},
		called: nameOf, key: func(x *T) string { return entity(x).Name }}
}

// named reads an entity that has a name, or returns nil if it has none.
func (c *class[T]) named(n *node) *T {
	id := c.called(n)
	if id == "" {
		c.r.fail(n, "the %s has no name", c.kind)
		return nil
	}
	x, known := c.byID[id]
	if !c.allowed(n, known, id) {
		return nil
	}
	if !known {
		x = c.add(id, n)
	}
	c.fill(x, n)
	return x
}

// nameOf returns the name that an element has as a field, or is.
func nameOf(n *node) string {
	if id := n.value("name"); id != "" || len(n.kids) > 0 {
		return id
	}
	return n.text
}

func (c *class[T]) add(id string, n *node) *T {
	x := c.fresh()
	*c.entity(x) = Entity{Name: id, Line: n.line}
	c.byID[id] = x
	c.list = append(c.list, x)
	return x
}

// allowed applies the action that an element asks for; false means that there
// is nothing to read.
func (c *class[T]) allowed(n *node, known bool, id string) bool {
	switch action := strings.ToUpper(n.value("action")); {
	case action == "R" && known:
		c.remove(c.byID[id])
		return false
	case action == "R":
		c.r.note(n, "%s %q is to be removed, but there is none", c.kind, id)
		return false
	case action == "A" && known:
		c.r.note(n, "%s %q is to be added, but is there already; what is said of it is left out", c.kind, id)
		return false
	case action == "C" && !known:
		c.r.note(n, "%s %q is to be changed, but there is none; what is said of it is left out", c.kind, id)
		return false
	case action != "" && action != "A" && action != "C" && action != "AC" && action != "R":
		c.r.fail(n, "action %q is not one of A, C, AC, R", action)
		return false
	}
	return true
}

func (c *class[T]) remove(x *T) {
	delete(c.byID, c.key(x))
	c.r.removed[x] = true
}

// relation reads an entity that is known by what it ties together.
func (c *class[T]) relation(n *node, preset func(*T)) *T {
	x := c.fresh()
	*c.entity(x) = Entity{Line: n.line}
	preset(x)
	c.fill(x, n)
	id := c.key(x)
	old, known := c.byID[id]
	if !c.allowed(n, known, id) {
		return nil
	}
	if known {
		preset(old)
		c.fill(old, n)
		return old
	}
	c.byID[id] = x
	c.list = append(c.list, x)
	return x
}

// fill stores what an element says. Older models give the type of an entity as
// the name of the element.
func (c *class[T]) fill(x *T, n *node) {
	if f, ok := c.fields["type"]; ok && strings.HasPrefix(n.name, c.kind+"_") {
		f(x, &node{name: "type", text: n.name, line: n.line})
	}
	for _, k := range n.kids {
		if f, ok := c.fields[k.name]; ok {
			f(x, k)
		} else if !ignored(k.name) {
			c.r.fail(k, "%s %q: the field %q is not known", c.kind, c.entity(x).Name, k.name)
		}
	}
}

// harmless are fields that have no influence on a plan.
var harmless = map[string]bool{
	"name": true, "reference": true, "id": true, "action": true, "description": true, "category": true, "subcategory": true,
	"source": true, "hidden": true, "detectproblems": true, "schemalocation": true, "nonamespaceschemalocation": true,
	"cluster": true, "level": true, "uom": true, "weight": true, "volume": true, "color": true, "remark": true,
}

func ignored(field string) bool {
	return harmless[field] || strings.HasSuffix(field, "property") || strings.HasPrefix(field, "property")
}

// survivors returns the entities that were not removed.
func (c *class[T]) survivors() []*T {
	list := c.list[:0:0]
	for _, x := range c.list {
		if !c.r.removed[x] {
			list = append(list, x)
		}
	}
	return list
}

// The functions below make fields.

func textField[T any](at func(*T) *string) func(*T, *node) {
	return func(x *T, n *node) { *at(x) = n.text }
}

func lowerField[T any](at func(*T) *string) func(*T, *node) {
	return func(x *T, n *node) { *at(x) = strings.ToLower(n.text) }
}

func amountField[T any](r *reader, at func(*T) *Amount) func(*T, *node) {
	return func(x *T, n *node) { parseField(r, n, at(x), ParseAmount) }
}

func durationField[T any](r *reader, at func(*T) *time.Duration) func(*T, *node) {
	return func(x *T, n *node) { parseField(r, n, at(x), ParseDuration) }
}

func dateField[T any](r *reader, at func(*T) *time.Time) func(*T, *node) {
	return func(x *T, n *node) { parseField(r, n, at(x), ParseDate) }
}

func boundField[T any](r *reader, at func(*T) *time.Time) func(*T, *node) {
	return func(x *T, n *node) { parseField(r, n, at(x), ParseBound) }
}

func intField[T any](r *reader, at func(*T) *int) func(*T, *node) {
	return func(x *T, n *node) { parseField(r, n, at(x), parseInt) }
}

func boolField[T any](r *reader, at func(*T) *bool) func(*T, *node) {
	return func(x *T, n *node) { parseField(r, n, at(x), parseBool) }
}

func notField[T any](r *reader, at func(*T) *bool) func(*T, *node) {
	return func(x *T, n *node) {
		parseField(r, n, at(x), func(s string) (bool, error) { b, err := parseBool(s); return !b, err })
	}
}

// ref makes a field that refers to an entity, and may define it on the way.
func ref[T, U any](c *class[U], at func(*T) **U) func(*T, *node) {
	return func(x *T, n *node) {
		if u := c.named(n); u != nil {
			*at(x) = u
		}
	}
}

// nested makes a field that holds a list of relations of x.
func nested[T, U any](c *class[U], preset func(*U, *T)) func(*T, *node) {
	return func(x *T, n *node) {
		for _, k := range n.kids {
			c.relation(k, func(u *U) { preset(u, x) })
		}
	}
}

// listed makes a field that holds a list of named entities that belong to x.
func listed[T, U any](c *class[U], preset func(*U, *T)) func(*T, *node) {
	return func(x *T, n *node) {
		for _, k := range n.kids {
			if u := c.named(k); u != nil && preset != nil {
				preset(u, x)
			}
		}
	}
}

func parseField[V any](r *reader, n *node, at *V, parse func(string) (V, error)) {
	v, err := parse(n.text)
	if err != nil {
		r.fail(n, "%s: %v", n.name, err)
		return
	}
	*at = v
}

// maxInt bounds priorities.
const maxInt = 1_000_000_000

func parseInt(s string) (int, error) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f != float64(int64(f)) || f < -maxInt || f > maxInt {
		return 0, fmt.Errorf("%q is not a whole number", s)
	}
	return int(f), nil
}

func parseBool(s string) (bool, error) {
	switch strings.ToLower(s) {
	case "true", "1", "t", "yes", "":
		return true, nil
	case "false", "0", "f", "no":
		return false, nil
	}
	return false, fmt.Errorf("%q is not true or false", s)
}
