package codec

import (
	"encoding"
	"reflect"
	"time"
	"unicode"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/wip"
)

// A field is one exported field of a struct as texts know it. Fields of
// embedded structs count as the struct's own.
type field struct {
	name  string
	index []int
}

// shapes holds the fields of struct types. It belongs to one call, so that
// calls share nothing.
type shapes map[reflect.Type][]field

func (s shapes) of(t reflect.Type) []field {
	fields, ok := s[t]
	if !ok {
		for _, f := range reflect.VisibleFields(t) {
			if f.IsExported() && !f.Anonymous {
				fields = append(fields, field{lowerCamel(f.Name), f.Index})
			}
		}
		s[t] = fields
	}
	return fields
}

func (s shapes) find(t reflect.Type, name string) (field, bool) {
	for _, f := range s.of(t) {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

// lowerCamel turns a Go name into a name in texts: ID into id, MinShipment
// into minShipment.
func lowerCamel(name string) string {
	rs := []rune(name)
	for i := range rs {
		if i > 0 && i+1 < len(rs) && unicode.IsLower(rs[i+1]) {
			break
		}
		if unicode.IsLower(rs[i]) {
			break
		}
		rs[i] = unicode.ToLower(rs[i])
	}
	return string(rs)
}

// A form is how a value looks in a text.
type form int

const (
	object form = iota
	list
	week // of a calendar: an object with a list for each day
	word // a string
	whole
	decimal // a float
	truth
	instant
	duration
	clock  // a time of day
	amount // a quantity
	named  // text by the type's own methods
)

var (
	timeType   = reflect.TypeFor[time.Time]()
	spanType   = reflect.TypeFor[time.Duration]()
	qtyType    = reflect.TypeFor[wip.Qty]()
	weekType   = reflect.TypeFor[calendar.Week]()
	shiftType  = reflect.TypeFor[calendar.Shift]()
	breakType  = reflect.TypeFor[calendar.Break]()
	readerType = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// formOf returns the form of a value of type t in a struct of type in.
func formOf(t, in reflect.Type) form {
	switch {
	case t == timeType:
		return instant
	case t == spanType && (in == shiftType || in == breakType):
		return clock
	case t == spanType:
		return duration
	case t == qtyType:
		return amount
	case t == weekType:
		return week
	case reflect.PointerTo(t).Implements(readerType):
		return named
	}
	switch t.Kind() {
	case reflect.Struct:
		return object
	case reflect.Slice:
		return list
	case reflect.String:
		return word
	case reflect.Bool:
		return truth
	case reflect.Float64:
		return decimal
	case reflect.Pointer:
		return formOf(t.Elem(), in)
	default:
		return whole
	}
}

// empty reports whether a value is left out of texts.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice:
		return v.Len() == 0
	case reflect.Struct:
		if v.Type() == timeType {
			return v.Interface().(time.Time).IsZero()
		}
		for i := range v.NumField() {
			if !empty(v.Field(i)) {
				return false
			}
		}
		return true
	default:
		return v.IsZero()
	}
}
