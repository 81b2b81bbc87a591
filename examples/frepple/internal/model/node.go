package model

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The limits of a document. A token is a tag with its attributes, a text, a
// comment or a script.
const (
	maxDocument = 4 << 30
	maxToken    = 1 << 20
	maxDepth    = 100
	maxElements = 500_000 // in one top-level entity with all that is nested in it
	maxFields   = 1_000   // attributes of one element
)

var errTooLong = fmt.Errorf("a tag, text or comment is longer than %d bytes", maxToken)

// A guard ends reading when the document or one token of it gets too long. The
// decoder looks ahead by a few kilobytes at most.
type guard struct {
	from         io.Reader
	token, total int64
}

func (g *guard) Read(b []byte) (int, error) {
	n, err := g.from.Read(b[:min(len(b), 4096)])
	g.token += int64(n)
	g.total += int64(n)
	switch {
	case g.token > maxToken+8192:
		return 0, errTooLong
	case g.total > maxDocument:
		return 0, fmt.Errorf("the document is longer than %d bytes", int64(maxDocument))
	}
	return n, err
}

// A node is an element; its attributes are its first children.
type node struct {
	name, text string
	line       int
	kids       []*node
}

// child returns the first child of a name, or nil.
func (n *node) child(name string) *node {
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// value returns the text of a child, or the empty string.
func (n *node) value(name string) string {
	if k := n.child(name); k != nil {
		return k.text
	}
	return ""
}

// A scanner yields the elements of a document.
type scanner struct {
	guard *guard
	xml   *xml.Decoder
	depth int
	left  int // elements that the entity being read may still have
}

func newScanner(r io.Reader) *scanner {
	g := &guard{from: r}
	d := xml.NewDecoder(g)
	d.CharsetReader = charset
	return &scanner{guard: g, xml: d}
}

// charset reads Latin-1, which older models are in.
func charset(label string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "iso-8859-1", "latin1", "us-ascii":
		return &latin{from: r}, nil
	}
	return nil, fmt.Errorf("the encoding %q is not known; use UTF-8", label)
}

// latin turns Latin-1 into UTF-8.
type latin struct{ from io.Reader }

func (l *latin) Read(b []byte) (int, error) {
	if len(b) < 2 {
		return 0, io.ErrShortBuffer
	}
	raw := make([]byte, len(b)/2)
	n, err := l.from.Read(raw)
	out := b[:0]
	for _, c := range raw[:n] {
		out = append(out, string(rune(c))...)
	}
	return len(out), err
}

// next returns the next token that is not a comment.
func (s *scanner) next() (xml.Token, error) {
	for {
		s.guard.token = 0
		t, err := s.xml.Token()
		if err != nil {
			return nil, s.wrap(err)
		}
		switch t := t.(type) {
		case xml.Comment:
		case xml.Directive:
			return nil, s.wrap(errors.New("a document type or entity declaration is not allowed"))
		case xml.StartElement:
			if s.depth++; s.depth > maxDepth {
				return nil, s.wrap(fmt.Errorf("elements are nested more than %d deep", maxDepth))
			}
			if len(t.Attr) > maxFields {
				return nil, s.wrap(fmt.Errorf("<%s> has more than %d attributes", t.Name.Local, maxFields))
			}
			return t, nil
		case xml.EndElement:
			s.depth--
			return t, nil
		default:
			return t, nil
		}
	}
}

func (s *scanner) line() int {
	line, _ := s.xml.InputPos()
	return line
}

// wrap says in which line an error is.
func (s *scanner) wrap(err error) error {
	var syntax *xml.SyntaxError
	switch {
	case err == io.EOF:
		return err
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d: %s", syntax.Line, syntax.Msg)
	}
	return fmt.Errorf("line %d: %w", s.line(), err)
}

// element reads the rest of an element whose start has been read.
func (s *scanner) element(start xml.StartElement) (*node, error) {
	if s.left--; s.left < 0 {
		return nil, s.wrap(fmt.Errorf("one entity has more than %d elements", maxElements))
	}
	n := &node{name: name(start.Name.Local), line: s.line()}
	for _, a := range start.Attr {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			n.kids = append(n.kids, &node{name: name(a.Name.Local), text: strings.TrimSpace(a.Value), line: n.line})
		}
	}
	var text strings.Builder
	for {
		t, err := s.next()
		if err != nil {
			return nil, eof(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			kid, err := s.element(t.Copy())
			if err != nil {
				return nil, err
			}
			n.kids = append(n.kids, kid)
		case xml.CharData:
			if text.Len()+len(t) > maxToken {
				return nil, s.wrap(errTooLong)
			}
			text.Write(t)
		case xml.EndElement:
			n.text = strings.TrimSpace(text.String())
			return n, nil
		}
	}
}

// name returns the name of an element or attribute as the format has it now;
// older models wrote it in capitals.
func name(s string) string { return strings.ToLower(s) }

// eof is an error in the middle of a document.
func eof(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
