package codec

import (
	"fmt"
	"reflect"

	"github.com/taktplan/takt/wip"
)

// A pending collects what is left to do and what went wrong while a text is
// read. In what unit an amount is can be known only after all has been read:
// until then amounts hold indices into a list of numbers.
type pending struct {
	shapes  shapes
	numbers []number
	errors  Errors
}

// A number is the text of an amount, and where it stood.
type number struct {
	text  string
	where Error
}

func newPending() pending { return pending{shapes: shapes{}, numbers: []number{{text: "0"}}} }

// later puts the index of a number in place of an amount.
func (d *pending) later(v reflect.Value, n number) {
	d.numbers = append(d.numbers, n)
	v.SetInt(int64(len(d.numbers) - 1))
}

// failed returns the mistakes in the order of the text.
func (d *pending) failed() error {
	if len(d.errors) == 0 {
		return nil
	}
	sortErrors(d.errors)
	return d.errors[:min(len(d.errors), MaxErrors)]
}

// resolve replaces indices by amounts.
func (d *pending) resolve(v reflect.Value, u *units) {
	d.resolveIn(v, v.Type(), u, wip.Unit{})
}

func (d *pending) resolveIn(v reflect.Value, in reflect.Type, u *units, unit wip.Unit) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return
		}
		v = v.Elem()
	}
	switch formOf(v.Type(), in) {
	case object:
		unit = u.within(v, unit)
		for _, f := range d.shapes.of(v.Type()) {
			d.resolveIn(v.FieldByIndex(f.index), v.Type(), u, unit)
		}
	case list:
		if holdsAmounts(v.Type().Elem()) {
			for i := range v.Len() {
				d.resolveIn(v.Index(i), v.Type(), u, unit)
			}
		}
	case amount:
		d.amount(v, unit)
	}
}

func (d *pending) amount(v reflect.Value, unit wip.Unit) {
	n := d.numbers[v.Int()]
	q, err := unit.Parse(n.text)
	if err != nil {
		n.where.Text = fmt.Sprint(err)
		d.errors = append(d.errors, n.where)
	}
	v.SetInt(int64(q))
}

// holdsAmounts reports whether a list's elements may hold amounts: plain
// values do not.
func holdsAmounts(t reflect.Type) bool {
	return t.Kind() == reflect.Struct || t.Kind() == reflect.Pointer || t == qtyType
}
