package model

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Errors lists all mistakes of a document, in the order of its lines.
type Errors []error

func (e Errors) Error() string {
	return fmt.Sprintf("%v (%d mistakes)", e[0], len(e))
}

// maxErrors ends reading: a document of another kind is wrong in every line.
const maxErrors = 100

// A reader builds a model from elements.
type reader struct {
	*schema
	scanner *scanner
	model   *Model
	removed map[any]bool
	errs    Errors
	notes   map[string]bool
}

// Read reads a model. The error is an [Errors], or that of the input or its
// syntax. It keeps one top-level entity at a time besides the model itself.
func Read(from io.Reader) (*Model, error) {
	r := &reader{scanner: newScanner(from), model: new(Model), removed: map[any]bool{}, notes: map[string]bool{}}
	r.schema = newSchema(r)
	if err := r.document(); err != nil {
		return nil, errors.Join(r.mistakes(), err)
	}
	if err := r.mistakes(); err != nil {
		return nil, err
	}
	r.collect(r.model)
	return r.model, nil
}

func (r *reader) mistakes() error {
	if len(r.errs) == 0 {
		return nil
	}
	return r.errs
}

func (r *reader) fail(n *node, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("line %d: %s", n.line, fmt.Sprintf(format, args...)))
}

// note says once that something is left out.
func (r *reader) note(n *node, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !r.notes[text] {
		r.notes[text] = true
		r.model.Notes = append(r.model.Notes, fmt.Sprintf("line %d: %s", n.line, text))
	}
}

// document reads the root, its fields and sections.
func (r *reader) document() error {
	root, err := r.start()
	if err != nil {
		return eof(err)
	}
	if name(root.Name.Local) != "plan" {
		return r.scanner.wrap(fmt.Errorf("the document is a <%s>, not a <plan>", root.Name.Local))
	}
	for {
		t, err := r.scanner.next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		switch t := t.(type) {
		case xml.ProcInst:
			r.script(t)
		case xml.StartElement:
			if err := r.part(t.Copy()); err != nil {
				return err
			}
			if len(r.errs) >= maxErrors {
				return fmt.Errorf("reading ends at line %d, after %d mistakes", r.scanner.line(), len(r.errs))
			}
		}
	}
}

// start skips to the first element.
func (r *reader) start() (xml.StartElement, error) {
	for {
		t, err := r.scanner.next()
		if err != nil {
			return xml.StartElement{}, err
		}
		switch t := t.(type) {
		case xml.ProcInst:
			r.script(t)
		case xml.StartElement:
			return t.Copy(), nil
		}
	}
}

// part reads a section, entity by entity, or a field of the plan.
func (r *reader) part(start xml.StartElement) error {
	add, ok := r.sections[name(start.Name.Local)]
	if !ok {
		r.scanner.left = maxElements
		n, err := r.scanner.element(start)
		if err == nil {
			r.field(n)
		}
		return err
	}
	for {
		t, err := r.scanner.next()
		if err != nil {
			return eof(err)
		}
		switch t := t.(type) {
		case xml.ProcInst:
			r.script(t)
		case xml.EndElement:
			return nil
		case xml.StartElement:
			r.scanner.left = maxElements
			n, err := r.scanner.element(t.Copy())
			if err != nil {
				return err
			}
			add(n)
			if len(r.errs) >= maxErrors {
				return fmt.Errorf("reading ends at line %d, after %d mistakes", r.scanner.line(), len(r.errs))
			}
		}
	}
}

// field reads a field of the plan itself.
func (r *reader) field(n *node) {
	switch n.name {
	case "name":
		r.model.Name = n.text
	case "current":
		parseField(r, n, &r.model.Current, ParseDate)
	case "individualpoolresources":
		parseField(r, n, &r.model.PoolsOfIndividuals, parseBool)
	case "completed_allow_future":
		parseField(r, n, &r.model.CompletesInFuture, parseBool)
	case "wip_produce_full_quantity":
		parseField(r, n, &r.model.ProducesInFull, parseBool)
	case "description", "source", "logfile", "calendar", "default_calendar", "minimalbeforecurrentconstraints",
		"dbconnection", "timezone",
		"suppressflowplancreation", "fullmrp", "problems", "allowsplits", "loadstatistics", "plannable":
	case "moveapprovedearly", "autofence":
		r.note(n, "<%s> only makes orders wait; it is left out", n.name)
	case "commands":
		r.commands(n)
	default:
		if !ignored(n.name) {
			r.fail(n, "the section <%s> is not known", n.name)
		}
	}
}

// script finds the solver's options in a processing instruction.
func (r *reader) script(p xml.ProcInst) {
	if strings.EqualFold(p.Target, "xml") {
		return
	}
	runs := ParseRuns(string(p.Inst))
	r.model.Runs = append(r.model.Runs, runs...)
	r.note(&node{line: r.scanner.line()}, "the script is not run; calls of the solver in it: %d", len(runs))
}

// commands finds the solver's options in the form that older models have.
func (r *reader) commands(n *node) {
	for _, c := range n.kids {
		if s := c.child("solver"); s != nil {
			run := NewRun()
			for _, k := range s.kids {
				run.set(k.name, k.text)
			}
			r.model.Runs = append(r.model.Runs, run)
		}
	}
	r.note(n, "commands are not run; calls of the solver in them: %d", len(r.model.Runs))
}
