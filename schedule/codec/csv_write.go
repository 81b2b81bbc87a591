package codec

import (
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A Create opens the file of a name for writing, such as "lines.csv".
type Create func(name string) (io.WriteCloser, error)

// WriteProblemCSV writes p as tables, one file each; those without rows are
// left out. [ReadProblemCSV] gives p back if the IDs in it are unique.
func WriteProblemCSV(create Create, p *schedule.Problem) error {
	return writeTables(create, unitsOf(p), reflect.ValueOf(p).Elem())
}

// WritePlanCSV writes a plan for p as tables.
func WritePlanCSV(create Create, p *schedule.Problem, plan *schedule.Plan) error {
	u := unitsOf(p)
	u.addOrders(plan)
	return writeTables(create, u, reflect.ValueOf(plan).Elem())
}

func writeTables(create Create, u *units, root reflect.Value) error {
	w := &tableWriter{shapes: shapes{}, units: u, tables: map[string]*table{}}
	w.row(documentTable, nil, "", root, wip.Unit{})
	if w.err != nil {
		return fmt.Errorf("codec: %w", w.err)
	}
	for _, t := range w.order {
		if err := t.write(create); err != nil {
			return err
		}
	}
	return nil
}

type table struct {
	name string
	rows [][]string // the first is the header
}

func (t *table) write(create Create) error {
	f, err := create(t.name + ".csv")
	if err != nil {
		return err
	}
	err = csv.NewWriter(f).WriteAll(t.rows)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

type tableWriter struct {
	shapes shapes
	units  *units
	tables map[string]*table
	order  []*table
	err    error
}

// row adds struct v to a table, and its lists to theirs. Keys are those of the
// row, and own is the key that rows below it have in addition.
func (w *tableWriter) row(name string, keys []string, own string, v reflect.Value, u wip.Unit) {
	u = w.units.within(v, u)
	plain, lists := w.shapes.columns(v.Type())
	t := w.table(name, plain)
	row := append([]string(nil), keys...)
	for _, c := range plain {
		row = append(row, w.cell(c, v, u))
	}
	t.rows = append(t.rows, row)
	prefix := name + "."
	below := append(keys[:len(keys):len(keys)], own)
	if name == documentTable {
		prefix, below = "", nil
	}
	for _, c := range lists {
		if x := c.get(v); x.IsValid() {
			w.list(prefix+c.name, below, x, u)
		}
	}
}

func (w *tableWriter) list(name string, keys []string, v reflect.Value, u wip.Unit) {
	for i := range v.Len() {
		if e := v.Index(i); e.Type() == weekType {
			w.week(name, append(keys[:len(keys):len(keys)], strconv.Itoa(i+1)), e)
		} else {
			w.row(name, keys, key(e, i), e, u)
		}
	}
}

// week writes the shifts of one week. A week without any has a row without
// day, so that it is not lost from a rotation.
func (w *tableWriter) week(name string, keys []string, v reflect.Value) {
	empty := true
	for day, dayName := range dayNames() {
		for i := range v.Index(day).Len() {
			empty = false
			w.row(name, append(keys[:len(keys):len(keys)], dayName), strconv.Itoa(i+1), v.Index(day).Index(i), wip.Unit{})
		}
	}
	if empty {
		plain, _ := w.shapes.columns(shiftType)
		t := w.table(name, plain)
		t.rows = append(t.rows, append(keys, make([]string, 1+len(plain))...))
	}
}

// table returns the table of a name, with its header when it is new.
func (w *tableWriter) table(name string, plain []column) *table {
	t, ok := w.tables[name]
	if !ok {
		header := keyColumns(name)
		for _, c := range plain {
			header = append(header, c.name)
		}
		t = &table{name, [][]string{header}}
		w.tables[name] = t
		w.order = append(w.order, t)
	}
	return t
}

func (w *tableWriter) cell(c column, v reflect.Value, u wip.Unit) string {
	x := c.get(v)
	if !x.IsValid() || empty(x) {
		return ""
	}
	if formOf(x.Type(), c.in) != list {
		s, _, err := formatScalar(x, c.in, u)
		w.note(err)
		return s
	}
	var values []string
	for i := range x.Len() {
		s, _, err := formatScalar(x.Index(i), x.Type(), u)
		w.note(err)
		values = append(values, s)
	}
	return joinValues(values)
}

func (w *tableWriter) note(err error) {
	if w.err == nil {
		w.err = err
	}
}

// joinValues writes a list of values as one cell, quoted as CSV with
// semicolons is.
func joinValues(values []string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = ';'
	w.Write(values) // to a builder: cannot fail
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

func splitValues(cell string) ([]string, error) {
	r := csv.NewReader(strings.NewReader(cell))
	r.Comma = ';'
	return r.Read()
}
