package codec

import (
	"encoding"
	"encoding/json"
	"reflect"

	"github.com/taktplan/takt/schedule"
)

// ProblemSchema returns the JSON Schema (draft 2020-12) of a problem's text,
// made from the types. It is the content of problem.schema.json.
func ProblemSchema() []byte { return schema(problemFormat, reflect.TypeFor[schedule.Problem]()) }

// PlanSchema returns the JSON Schema of a plan's text, the content of
// plan.schema.json.
func PlanSchema() []byte { return schema(planFormat, reflect.TypeFor[schedule.Plan]()) }

type node map[string]any

func schema(format string, root reflect.Type) []byte {
	s := &schemaWriter{shapes: shapes{}, defs: node{}}
	top := s.object(root)
	properties := top["properties"].(node)
	properties["format"] = node{"const": format}
	properties["version"] = node{"const": Version}
	top["required"] = []string{"format", "version"}
	top["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	top["title"] = format
	top["$defs"] = s.defs
	b, err := json.MarshalIndent(top, "", "  ")
	if err != nil {
		panic(err) // of maps and strings: cannot fail
	}
	return append(b, '\n')
}

type schemaWriter struct {
	shapes shapes
	defs   node
}

func (s *schemaWriter) object(t reflect.Type) node {
	properties := node{}
	for _, f := range s.shapes.of(t) {
		properties[f.name] = s.of(t.FieldByIndex(f.index).Type, t)
	}
	return node{"type": "object", "properties": properties, "additionalProperties": false}
}

// of returns the schema of a value of type t in a struct of type in.
func (s *schemaWriter) of(t, in reflect.Type) node {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch formOf(t, in) {
	case object:
		return s.reference(t, func() node { return s.object(t) })
	case list:
		return node{"type": "array", "items": s.of(t.Elem(), t)}
	case week:
		return s.reference(t, func() node { return s.week(t) })
	case word:
		return node{"type": "string"}
	case whole:
		return node{"type": "integer"}
	case decimal:
		return node{"type": "number"}
	case truth:
		return node{"type": "boolean"}
	case instant:
		return node{"type": "string", "format": "date-time"}
	case duration:
		return node{"type": "string", "pattern": `^-?P(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d{1,9})?S)?)?$`}
	case clock:
		return node{"type": "string", "pattern": `^\d\d:\d\d(:\d\d(\.\d{1,9})?)?$|P`}
	case amount:
		return node{"type": "number", "description": "in the item's unit of measure, with at most its decimals"}
	default:
		return names(t)
	}
}

// reference returns a reference to the definition of a type, which it makes
// when it is needed first.
func (s *schemaWriter) reference(t reflect.Type, make func() node) node {
	if _, ok := s.defs[t.Name()]; !ok {
		s.defs[t.Name()] = nil // in the making
		s.defs[t.Name()] = make()
	}
	return node{"$ref": "#/$defs/" + t.Name()}
}

func (s *schemaWriter) week(t reflect.Type) node {
	properties := node{}
	for _, day := range dayNames() {
		properties[day] = s.of(t.Elem(), t)
	}
	return node{"type": "object", "properties": properties, "additionalProperties": false}
}

// names lists the names of an enumeration; other types with names of their own
// are dates.
func names(t reflect.Type) node {
	if t.Kind() != reflect.Int {
		return node{"type": "string", "format": "date"}
	}
	var all []string
	for v := reflect.New(t).Elem(); ; v.SetInt(v.Int() + 1) {
		b, err := v.Interface().(encoding.TextMarshaler).MarshalText()
		if err != nil {
			return node{"enum": all}
		}
		if len(b) > 0 {
			all = append(all, string(b))
		}
	}
}
