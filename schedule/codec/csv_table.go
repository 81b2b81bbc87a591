package codec

import (
	"reflect"
	"strconv"
	"strings"
)

// Tables flatten the lists of a document. A list field of the outermost struct
// is a table of its own; a list within its elements is another one, named for
// the path to it ("routings.steps.modes"), whose first columns say to which
// element a row belongs: by its ID, or by its number from 1 where elements have
// no ID. Structs within structs are columns with a dotted name, lists of plain
// values one column with the values separated by semicolons. What the outermost
// struct holds besides lists is one row of the table "document".

const documentTable = "document"

// A column is a plain value, or a list of them, within a struct.
type column struct {
	name string
	path [][]int // of struct fields, through pointers
	in   reflect.Type
	typ  reflect.Type
}

// columns returns the columns of struct type t and the lists that are tables.
func (s shapes) columns(t reflect.Type) (plain, lists []column) {
	s.collect(t, "", nil, &plain, &lists)
	return plain, lists
}

func (s shapes) collect(t reflect.Type, prefix string, path [][]int, plain, lists *[]column) {
	for _, f := range s.of(t) {
		ft := t.FieldByIndex(f.index).Type
		c := column{prefix + f.name, append(path[:len(path):len(path)], f.index), t, ft}
		if ft.Kind() == reflect.Pointer {
			ft = ft.Elem()
		}
		switch formOf(ft, t) {
		case object:
			s.collect(ft, c.name+".", c.path, plain, lists)
		case list:
			if isTable(ft) {
				c.name = f.name // no two lists of a document's struct share it
				*lists = append(*lists, c)
			} else {
				*plain = append(*plain, c)
			}
		default:
			*plain = append(*plain, c)
		}
	}
}

func isTable(t reflect.Type) bool {
	e := t.Elem()
	return e == weekType || formOf(e, t) == object
}

// get returns the value of a column in struct v; not valid if behind a nil
// pointer.
func (c column) get(v reflect.Value) reflect.Value {
	for _, index := range c.path {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return reflect.Value{}
			}
			v = v.Elem()
		}
		v = v.FieldByIndex(index)
	}
	return v
}

// make returns the value of a column in struct v, making what it is behind.
func (c column) make(v reflect.Value) reflect.Value {
	for _, index := range c.path {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.FieldByIndex(index)
	}
	return v
}

// key returns by what rows of other tables refer to element i of a list.
func key(v reflect.Value, i int) string {
	if f := v.FieldByName("ID"); f.IsValid() {
		return f.String()
	}
	return strconv.Itoa(i + 1)
}

// keyColumns returns the names of the key columns of a table: the lists on the
// path to it, and the parts of a week.
func keyColumns(table string) []string {
	parts := strings.Split(table, ".")
	var keys []string
	for i, p := range parts {
		last := i == len(parts)-1
		if p == "weeks" {
			keys = append(keys, "week", "day")
			if !last {
				keys = append(keys, "shift")
			}
		} else if !last {
			keys = append(keys, p)
		}
	}
	return keys
}
