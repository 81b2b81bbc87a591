package codec

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"reflect"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// Version is the version of the formats that this package writes and reads.
const Version = 1

const (
	problemFormat = "takt/problem"
	planFormat    = "takt/plan"
)

// EncodeProblem writes p such that [DecodeProblem] gives it back, with every
// instant in UTC. Equal problems give equal bytes. The error is that of w, or
// names a value that has no text, such as an enumeration out of range.
func EncodeProblem(w io.Writer, p *schedule.Problem) error {
	return encode(w, problemFormat, unitsOf(p), reflect.ValueOf(p).Elem())
}

// EncodePlan writes a plan for p such that [DecodePlan] gives it back.
func EncodePlan(w io.Writer, p *schedule.Problem, plan *schedule.Plan) error {
	u := unitsOf(p)
	u.addOrders(plan)
	return encode(w, planFormat, u, reflect.ValueOf(plan).Elem())
}

func encode(w io.Writer, format string, u *units, root reflect.Value) error {
	e := &encoder{w: bufio.NewWriter(w), shapes: shapes{}, units: u}
	fmt.Fprintf(e.w, "{\n\"format\": %q, \"version\": %d", format, Version)
	for _, f := range e.shapes.of(root.Type()) {
		v := root.FieldByIndex(f.index)
		if empty(v) {
			continue
		}
		fmt.Fprintf(e.w, ",\n%q: ", f.name)
		if v.Kind() == reflect.Slice {
			e.lines(v)
		} else {
			e.value(v, root.Type(), wip.Unit{})
		}
	}
	e.w.WriteString("\n}\n")
	if e.err != nil {
		return e.err
	}
	return e.w.Flush()
}

type encoder struct {
	w      *bufio.Writer
	shapes shapes
	units  *units
	err    error
}

// lines writes a list with one element a line.
func (e *encoder) lines(v reflect.Value) {
	for i := range v.Len() {
		e.w.WriteString([]string{"[\n ", ",\n "}[min(i, 1)])
		e.value(v.Index(i), v.Type(), wip.Unit{})
	}
	e.w.WriteString("\n]")
}

func (e *encoder) value(v reflect.Value, in reflect.Type, u wip.Unit) {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	switch formOf(v.Type(), in) {
	case object:
		e.object(v, u)
	case list:
		e.list(v, u)
	case week:
		e.week(v)
	default:
		e.scalar(v, in, u)
	}
}

func (e *encoder) object(v reflect.Value, u wip.Unit) {
	u = e.units.within(v, u)
	separator := byte('{')
	for _, f := range e.shapes.of(v.Type()) {
		x := v.FieldByIndex(f.index)
		if empty(x) {
			continue
		}
		e.w.WriteByte(separator)
		separator = ','
		fmt.Fprintf(e.w, "%q:", f.name)
		e.value(x, v.Type(), u)
	}
	if separator == '{' {
		e.w.WriteByte('{')
	}
	e.w.WriteByte('}')
}

func (e *encoder) list(v reflect.Value, u wip.Unit) {
	e.w.WriteByte('[')
	for i := range v.Len() {
		if i > 0 {
			e.w.WriteByte(',')
		}
		e.value(v.Index(i), v.Type(), u)
	}
	e.w.WriteByte(']')
}

// dayNames are the names of weekdays in texts, indexed by [time.Weekday].
func dayNames() [7]string { return [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} }

func (e *encoder) week(v reflect.Value) {
	separator := byte('{')
	for day, name := range dayNames() {
		if shifts := v.Index(day); shifts.Len() > 0 {
			e.w.WriteByte(separator)
			separator = ','
			fmt.Fprintf(e.w, "%q:", name)
			e.list(shifts, wip.Unit{})
		}
	}
	if separator == '{' {
		e.w.WriteByte('{')
	}
	e.w.WriteByte('}')
}

func (e *encoder) scalar(v reflect.Value, in reflect.Type, u wip.Unit) {
	s, quoted, err := formatScalar(v, in, u)
	if err != nil && e.err == nil {
		e.err = fmt.Errorf("codec: %w", err)
	}
	if !quoted {
		e.w.WriteString(s)
		return
	}
	b, _ := json.Marshal(s) // of a string: cannot fail
	e.w.Write(b)
}
