package codec

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// DecodeProblem reads a problem in JSON. It is not validated; see
// [schedule.Problem.Validate]. The error is an [Errors] that lists the
// mistakes in the text, or that of r. It takes time and memory in proportion
// to the text.
func DecodeProblem(r io.Reader) (*schedule.Problem, error) {
	p := new(schedule.Problem)
	d, err := decode(r, problemFormat, reflect.ValueOf(p).Elem())
	if err != nil {
		return nil, err
	}
	d.resolve(reflect.ValueOf(p).Elem(), unitsOf(p))
	return p, d.failed()
}

// DecodePlan reads a plan for p in JSON, whose items say in what units its
// amounts are. Errors are as for [DecodeProblem].
func DecodePlan(r io.Reader, p *schedule.Problem) (*schedule.Plan, error) {
	plan := new(schedule.Plan)
	d, err := decode(r, planFormat, reflect.ValueOf(plan).Elem())
	if err != nil {
		return nil, err
	}
	u := unitsOf(p)
	u.addOrders(plan)
	d.resolve(reflect.ValueOf(plan).Elem(), u)
	return plan, d.failed()
}

func decode(r io.Reader, format string, root reflect.Value) (*decoder, error) {
	counter := &lineCounter{r: r}
	d := &decoder{pending: newPending(), JSON: json.NewDecoder(counter), lines: counter}
	d.JSON.UseNumber()
	err := d.document(format, root)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind):
		d.fail(0, "format has to be a string and version a whole number, found %s", kind.Value)
	case errors.Is(err, errGiveUp):
	case errors.As(err, &syntax):
		d.fail(d.JSON.InputOffset(), "%v", syntax)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		d.fail(counter.read, "the text ends too early")
	case err != nil:
		return nil, err
	default:
		return d, nil // mistakes found so far are reported after resolving
	}
	return nil, d.failed()
}

// A decoder reads values in the order of the text.
type decoder struct {
	pending
	JSON  *json.Decoder
	lines *lineCounter
}

var errGiveUp = errors.New("too many mistakes")

// fail notes a mistake.
func (d *decoder) fail(offset int64, format string, args ...any) {
	e := d.at(offset)
	e.Text = fmt.Sprintf(format, args...)
	d.errors = append(d.errors, e)
}

func (d *decoder) at(offset int64) Error {
	line, column := d.lines.position(offset)
	return Error{Line: line, Column: column}
}

// mistake notes one at the token read last, and gives up after many.
func (d *decoder) mistake(format string, args ...any) error {
	d.fail(max(0, d.JSON.InputOffset()-1), format, args...)
	if len(d.errors) >= MaxErrors {
		return errGiveUp
	}
	return nil
}

// document reads the outermost object, with its format and version.
func (d *decoder) document(format string, root reflect.Value) error {
	found := header{}
	if err := d.members(root.Type(), func(name string) error {
		switch name {
		case "format":
			return d.JSON.Decode(&found.Format)
		case "version":
			return d.JSON.Decode(&found.Version)
		}
		return d.member(root, name)
	}); err != nil {
		return err
	}
	if found.Format != format {
		d.fail(0, "format is %q; expected %q", found.Format, format)
	} else if found.Version != Version {
		d.fail(0, "version is %d; expected %d", found.Version, Version)
	}
	if _, err := d.JSON.Token(); err == nil {
		return d.mistake("there is more after the end")
	} else if !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

type header struct {
	Format  string
	Version int
}

// members reads an object and calls read for each name, which reads its value.
func (d *decoder) members(t reflect.Type, read func(name string) error) error {
	if open, err := d.open('{', t); !open {
		return err
	}
	var seen []string
	for d.JSON.More() {
		token, err := d.JSON.Token()
		if err != nil {
			return err
		}
		name := token.(string) // the tokenizer allows nothing else here
		if slices.Contains(seen, name) {
			if err := d.mistake("%q is there twice", name); err != nil {
				return err
			}
		}
		seen = append(seen, name)
		if err := read(name); err != nil {
			return err
		}
	}
	_, err := d.JSON.Token()
	return err
}

// open reads the beginning of an object or list. If something else is there,
// it notes that, skips it and returns false.
func (d *decoder) open(delim json.Delim, t reflect.Type) (bool, error) {
	token, err := d.JSON.Token()
	if err != nil || token == delim {
		return err == nil, err
	}
	what := map[json.Delim]string{'{': "an object", '[': "a list"}[delim]
	if err := d.mistake("expected %s (%s), found %s", what, t.Name(), describe(token)); err != nil {
		return false, err
	}
	return false, d.skipRest(token)
}

func describe(token json.Token) string {
	switch x := token.(type) {
	case json.Delim:
		return map[json.Delim]string{'{': "an object", '[': "a list"}[x]
	case nil:
		return "null"
	case string:
		return strconv.Quote(x)
	default:
		return fmt.Sprint(x)
	}
}

// skipRest reads to the end of the value that begins with token.
func (d *decoder) skipRest(token json.Token) error {
	depth := 0
	for {
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
		var err error
		if token, err = d.JSON.Token(); err != nil {
			return err
		}
	}
}

// member reads the value of one field of struct v.
func (d *decoder) member(v reflect.Value, name string) error {
	f, ok := d.shapes.find(v.Type(), name)
	if !ok {
		if err := d.mistake("unknown field %q of %s", name, v.Type().Name()); err != nil {
			return err
		}
		token, err := d.JSON.Token()
		if err != nil {
			return err
		}
		return d.skipRest(token)
	}
	return d.value(v.FieldByIndex(f.index), v.Type())
}

func (d *decoder) value(v reflect.Value, in reflect.Type) error {
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	switch formOf(v.Type(), in) {
	case object:
		return d.members(v.Type(), func(name string) error { return d.member(v, name) })
	case list:
		return d.list(v)
	case week:
		return d.week(v)
	default:
		return d.scalar(v, in)
	}
}

func (d *decoder) list(v reflect.Value) error {
	if open, err := d.open('[', v.Type()); !open {
		return err
	}
	for i := 0; d.JSON.More(); i++ {
		v.Grow(1)
		v.SetLen(i + 1)
		if err := d.value(v.Index(i), v.Type()); err != nil {
			return err
		}
	}
	_, err := d.JSON.Token()
	return err
}

func (d *decoder) week(v reflect.Value) error {
	names := dayNames()
	return d.members(v.Type(), func(name string) error {
		if day := slices.Index(names[:], name); day >= 0 {
			return d.list(v.Index(day))
		}
		if err := d.mistake("%q is not a day; they are %q", name, names); err != nil {
			return err
		}
		token, err := d.JSON.Token()
		if err != nil {
			return err
		}
		return d.skipRest(token)
	})
}

func (d *decoder) scalar(v reflect.Value, in reflect.Type) error {
	token, err := d.JSON.Token()
	if err != nil {
		return err
	}
	form := formOf(v.Type(), in)
	s, kind := "", truth
	switch x := token.(type) {
	case string:
		s, kind = x, word
	case json.Number:
		s, kind = x.String(), whole
	case bool:
		s = strconv.FormatBool(x)
	default:
		return errors.Join(d.mistake("expected %s, found %s", describeForm(form), describe(token)), d.skipRest(token))
	}
	if kind != tokenOf(form) {
		return d.mistake("expected %s, found %s", describeForm(form), describe(token))
	}
	if form == amount {
		d.later(v, number{s, d.at(d.JSON.InputOffset() - 1)})
		return nil
	}
	if err := setScalar(v, in, s, wip.Unit{}); err != nil {
		return d.mistake("%v", err)
	}
	return nil
}

// tokenOf returns in what kind of JSON token a form is written.
func tokenOf(f form) form {
	switch f {
	case word, instant, duration, clock, named:
		return word
	case truth:
		return truth
	default:
		return whole
	}
}

func describeForm(f form) string {
	return map[form]string{
		word: "a string", whole: "a whole number", decimal: "a number", truth: "true or false",
		instant: "an instant", duration: "a duration", clock: "a time of day", amount: "an amount", named: "a name",
	}[f]
}
