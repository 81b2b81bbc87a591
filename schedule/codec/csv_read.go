package codec

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// ReadProblemCSV reads the tables in the root of a file system, as
// [WriteProblemCSV] writes them. Tables and columns may be missing, in any
// order; unknown ones are mistakes. The error is an [Errors] or that of fsys.
func ReadProblemCSV(fsys fs.FS) (*schedule.Problem, error) {
	p := new(schedule.Problem)
	r, err := readTables(fsys, reflect.ValueOf(p).Elem())
	if err != nil {
		return nil, err
	}
	r.resolve(reflect.ValueOf(p).Elem(), unitsOf(p))
	return p, r.failed()
}

// ReadPlanCSV reads the tables of a plan for p.
func ReadPlanCSV(fsys fs.FS, p *schedule.Problem) (*schedule.Plan, error) {
	plan := new(schedule.Plan)
	r, err := readTables(fsys, reflect.ValueOf(plan).Elem())
	if err != nil {
		return nil, err
	}
	u := unitsOf(p)
	u.addOrders(plan)
	r.resolve(reflect.ValueOf(plan).Elem(), u)
	return plan, r.failed()
}

func readTables(fsys fs.FS, root reflect.Value) (*tableReader, error) {
	names, err := fs.Glob(fsys, "*.csv")
	if err != nil {
		return nil, err
	}
	r := &tableReader{pending: newPending(), root: root, places: map[string]func() reflect.Value{}}
	// Parents come before their parts.
	slices.SortFunc(names, func(a, b string) int {
		if n := strings.Count(a, ".") - strings.Count(b, "."); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	for _, name := range names {
		f, err := fsys.Open(name)
		if err != nil {
			return nil, err
		}
		err = r.table(strings.TrimSuffix(name, ".csv"), f)
		f.Close()
		if err != nil && !errors.Is(err, errGiveUp) {
			return nil, err
		}
	}
	if len(r.errors) > 0 {
		return nil, r.failed()
	}
	return r, nil
}

type tableReader struct {
	pending
	root reflect.Value
	// places leads from a table's name and the keys of a row to its element.
	places map[string]func() reflect.Value
	file   string
	line   int
}

func (r *tableReader) mistake(column int, format string, args ...any) error {
	r.errors = append(r.errors, Error{File: r.file, Line: r.line, Column: column, Text: fmt.Sprintf(format, args...)})
	if len(r.errors) >= MaxErrors {
		return errGiveUp
	}
	return nil
}

func (r *tableReader) table(name string, f io.Reader) error {
	r.file, r.line = name+".csv", 1
	rows := csv.NewReader(f)
	rows.ReuseRecord = true
	header, err := rows.Read()
	if err != nil {
		return r.csvError(err)
	}
	header = slices.Clone(header)
	if len(header) > 0 {
		header[0] = strings.TrimPrefix(header[0], "\ufeff") // spreadsheets put it there
	}
	l, ok := r.layout(name)
	if !ok {
		return r.mistake(1, "there is no table %q", name)
	}
	if !l.match(header, r) {
		return nil
	}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		r.line, _ = rows.FieldPos(0)
		if err != nil {
			return r.csvError(err)
		}
		if err := r.row(l, row); err != nil {
			return err
		}
	}
}

func (r *tableReader) csvError(err error) error {
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		r.line = bad.Line
		return r.mistake(bad.Column, "%v", bad.Err)
	}
	if errors.Is(err, io.EOF) {
		return r.mistake(1, "the table has no header")
	}
	return err
}

// A layout says where the values of a table's rows go.
type layout struct {
	name   string
	list   column // of the parent's struct
	parent bool   // there may be tables below
	keys   []string
	plain  []column
	// keyAt and plainAt are the positions of keys and columns in a row, -1
	// if missing.
	keyAt, plainAt []int
}

// layout follows a table's name from the outermost struct.
func (r *tableReader) layout(name string) (*layout, bool) {
	l := &layout{name: name}
	t := r.root.Type()
	if name == documentTable {
		l.plain, _ = r.shapes.columns(t)
		return l, true
	}
	l.keys = keyColumns(name)
	var lists []column
	l.plain, lists = r.shapes.columns(t)
	for _, part := range strings.Split(name, ".") {
		i := slices.IndexFunc(lists, func(c column) bool { return c.name == part })
		if i < 0 {
			return nil, false
		}
		l.list = lists[i]
		if t = l.list.typ.Elem(); t == weekType {
			t = shiftType
		}
		l.plain, lists = r.shapes.columns(t)
	}
	l.parent = len(lists) > 0
	return l, true
}

// match finds the columns in the header.
func (l *layout) match(header []string, r *tableReader) bool {
	before := len(r.errors)
	find := func(name string) int { return slices.Index(header, name) }
	for _, k := range l.keys {
		at := find(k)
		if at < 0 {
			r.mistake(1, "the column %q is missing", k)
		}
		l.keyAt = append(l.keyAt, at)
	}
	known := slices.Clone(l.keys)
	for _, c := range l.plain {
		l.plainAt = append(l.plainAt, find(c.name))
		known = append(known, c.name)
	}
	for i, h := range header {
		if !slices.Contains(known, h) {
			r.mistake(i+1, "there is no column %q", h)
		} else if find(h) != i {
			r.mistake(i+1, "the column %q is there twice", h)
		}
	}
	return len(r.errors) == before
}

func (r *tableReader) row(l *layout, row []string) error {
	v := r.root
	if l.name != documentTable {
		keys := make([]string, len(l.keys))
		for i, at := range l.keyAt {
			keys[i] = row[at]
		}
		list, err := r.list(l, keys)
		if err != nil || list == nil {
			return err
		}
		x := list()
		x.Grow(1)
		i := x.Len()
		x.SetLen(i + 1)
		v = x.Index(i)
		defer func() {
			if l.parent {
				r.places[address(l.name, append(keys, key(v, i)))] = func() reflect.Value { return list().Index(i) }
			}
		}()
	}
	for i, c := range l.plain {
		at := l.plainAt[i]
		if at < 0 || row[at] == "" {
			continue
		}
		if err := r.cell(c, v, row[at], at+1); err != nil {
			return err
		}
	}
	return nil
}

// list returns the list that a row with these keys belongs to; nil if there is
// none, which has been noted, or if the row only stands for an empty week. It
// is a function, since lists move when they grow.
func (r *tableReader) list(l *layout, keys []string) (func() reflect.Value, error) {
	element := func() reflect.Value { return r.root }
	if last := strings.LastIndexByte(l.name, '.'); last >= 0 {
		parent := l.name[:last]
		n := len(keyColumns(parent)) + 1
		var ok bool
		if element, ok = r.places[address(parent, keys[:n])]; !ok {
			return nil, r.mistake(1, "%s has no %q", parent+".csv", strings.Join(keys[:n], " / "))
		}
	}
	list := func() reflect.Value { return l.list.make(element()) }
	if l.list.typ.Elem() != weekType {
		return list, nil
	}
	return r.day(list, keys[len(keys)-2], keys[len(keys)-1])
}

// day returns the shifts of a day of a week, of which there are made as many
// as it takes.
func (r *tableReader) day(weeks func() reflect.Value, week, day string) (func() reflect.Value, error) {
	n, err := strconv.Atoi(week)
	if err != nil || n < 1 || n > maxWeeks {
		return nil, r.mistake(1, "%q is not the number of a week, 1 to %d", week, maxWeeks)
	}
	if x := weeks(); x.Len() < n {
		x.Grow(n - x.Len())
		x.SetLen(n)
	}
	if day == "" {
		return nil, nil
	}
	dayNames := dayNames()
	d := slices.Index(dayNames[:], day)
	if d < 0 {
		return nil, r.mistake(1, "%q is not a day; they are %q", day, dayNames)
	}
	return func() reflect.Value { return weeks().Index(n - 1).Index(d) }, nil
}

// maxWeeks is how many weeks a pattern may rotate over in a table.
const maxWeeks = 1000

// address joins a table's name and keys to one string, unambiguously.
func address(table string, keys []string) string { return fmt.Sprintf("%s%q", table, keys) }

func (r *tableReader) cell(c column, v reflect.Value, s string, at int) error {
	x := c.make(v)
	var err error
	switch formOf(x.Type(), c.in) {
	case amount:
		r.later(x, number{s, Error{File: r.file, Line: r.line, Column: at}})
	case list:
		var values []string
		values, err = splitValues(s)
		x.Set(reflect.MakeSlice(x.Type(), len(values), len(values)))
		for i := 0; i < len(values) && err == nil; i++ {
			err = setScalar(x.Index(i), x.Type(), values[i], wip.Unit{})
		}
	default:
		err = setScalar(x, c.in, s, wip.Unit{})
	}
	if err != nil {
		return r.mistake(at, "%v", err)
	}
	return nil
}
