package lp

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Mistake is one thing wrong with a file that was read.
type Mistake struct {
	Line int    // counted from 1
	Code string // stable word for programs, such as "unknown-row"
	Text string // for people, in the names of the file
}

// A ReadError lists what is wrong with a file, in the order of its lines, up
// to a limit.
type ReadError struct {
	Mistakes []Mistake
	More     int // mistakes beyond the limit
}

func (e *ReadError) Error() string {
	var b strings.Builder
	for i, m := range e.Mistakes {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "line %d: %s (%s)", m.Line, m.Text, m.Code)
	}
	if e.More > 0 {
		fmt.Fprintf(&b, "\nand %d more", e.More)
	}
	return b.String()
}

const (
	maxMistakes = 50      // listed in one ReadError
	maxLine     = 1 << 20 // bytes in a line of a file
	infinite    = 1e20    // bounds from here on are absent
)

// ReadMPS reads a program in MPS format. The error is a [*ReadError] that
// lists all mistakes, or what r returned.
//
// A file with FREE on its NAME line separates fields by blanks. In any other a
// line that fits the columns of the fixed format is read by them, so that
// names may contain blanks, and one that does not fit is read as if free.
//
// Where the format leaves room: the first N row is the objective and any later
// one a row without bounds; a right-hand side of the objective is the negative
// of its constant; a negative upper bound without a lower one makes the column
// unbounded below; only the first set of right-hand sides, ranges or bounds is
// used; OBJSENSE MAX negates objective and constant; entries of value zero are
// left out; integer markers and bounds are read as their relaxation.
//
// It takes time and memory in proportion to the file.
func ReadMPS(r io.Reader) (*Problem, error) {
	m := &mpsReader{
		p:     &Problem{Start: []int{0}},
		rowOf: map[string]int32{},
		colOf: map[string]int32{},
		set:   map[string]string{},
	}
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 64<<10), maxLine)
	for !m.ended && s.Scan() {
		m.line++
		m.readLine(bytes.TrimRight(s.Bytes(), " \t\r"))
	}
	switch err := s.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		m.line++
		m.wrong("long-line", "a line has more than %d bytes", maxLine)
	case err != nil:
		return nil, err
	case !m.ended:
		m.wrong("no-end", "the file ends without ENDATA")
	}
	m.finish()
	if len(m.bad.Mistakes) > 0 {
		return nil, &m.bad
	}
	return m.p, nil
}

// objectiveRow stands in rowOf for the row that is not in the matrix.
const objectiveRow = -1

type mpsReader struct {
	p       *Problem
	bad     ReadError
	line    int
	section string
	free    bool
	ended   bool

	hasObjective bool
	maximise     bool
	rowOf, colOf map[string]int32
	sense        []byte            // per row: N, E, L or G
	rhs, span    []float64         // per row: right-hand side and range, NaN if none
	lastUse      []int32           // per row: 1 + the last column with an entry there
	lastCost     int32             // the same for the objective
	lowerGiven   []bool            // per column: a bound set its lower side
	set          map[string]string // per section: the set that is used
}

// wrong notes a mistake in the current line.
func (m *mpsReader) wrong(code, format string, args ...any) {
	if len(m.bad.Mistakes) >= maxMistakes {
		m.bad.More++
		return
	}
	m.bad.Mistakes = append(m.bad.Mistakes, Mistake{m.line, code, fmt.Sprintf(format, args...)})
}

func (m *mpsReader) readLine(line []byte) {
	switch {
	case len(line) == 0 || line[0] == '*':
	case line[0] != ' ' && line[0] != '\t':
		m.readHeader(line)
	default:
		m.readCard(line)
	}
}

// readHeader begins a section.
func (m *mpsReader) readHeader(line []byte) {
	fields := bytes.Fields(line)
	m.section = strings.ToUpper(string(fields[0]))
	switch m.section {
	case "NAME":
		if last := len(fields) - 1; last > 0 && bytes.EqualFold(fields[last], []byte("FREE")) {
			m.free = true
			line = line[:bytes.LastIndex(line, fields[last])]
		}
		m.p.Name = string(bytes.TrimSpace(line[len("NAME"):]))
	case "OBJSENSE":
		if len(fields) > 1 {
			m.readSense(fields[1])
		}
	case "ROWS", "COLUMNS", "RHS", "RANGES", "BOUNDS":
	case "ENDATA":
		m.ended = true
	default:
		m.wrong("unknown-section", "there is no section %q", clip(fields[0]))
	}
}

// readCard reads a data line of the current section.
func (m *mpsReader) readCard(line []byte) {
	switch m.section {
	case "ROWS":
		m.readRow(line)
	case "COLUMNS":
		m.readEntries(line)
	case "RHS", "RANGES":
		m.readSides(line)
	case "BOUNDS":
		m.readBound(line)
	case "OBJSENSE":
		m.readSense(bytes.TrimSpace(line))
	case "", "NAME":
		m.wrong("no-section", "data before the first section")
	}
}

func (m *mpsReader) readSense(word []byte) {
	switch strings.ToUpper(string(word)) {
	case "MIN", "MINIMIZE", "MINIMISE":
		m.maximise = false
	case "MAX", "MAXIMIZE", "MAXIMISE":
		m.maximise = true
	default:
		m.wrong("sense", "the sense of the objective is %q, not MIN or MAX", clip(word))
	}
}

// The columns of the fixed format, from 0: six fields with blanks between.
var fixedFields = [6][2]int{{1, 3}, {4, 12}, {14, 22}, {24, 36}, {39, 47}, {49, 61}}

// fixedCard cuts a line at the columns of the fixed format. It reports false
// unless the line fits: blanks between the fields, numbers in the fields for
// them, and nothing missing before the last field.
func (m *mpsReader) fixedCard(line []byte) ([6][]byte, bool) {
	var f [6][]byte
	if m.free || len(line) > 61 || bytes.IndexByte(line, '\t') >= 0 {
		return f, false
	}
	at := 0
	for i, c := range fixedFields {
		if len(bytes.TrimSpace(line[min(at, len(line)):min(c[0], len(line))])) > 0 {
			return f, false
		}
		f[i] = bytes.TrimSpace(line[min(c[0], len(line)):min(c[1], len(line))])
		at = c[1]
	}
	for _, i := range [2]int{3, 5} {
		_, isNumber := number(f[i])
		if (len(f[i-1]) > 0) != isNumber && len(f[i]) > 0 {
			return f, false
		}
	}
	return f, true
}

func (m *mpsReader) readRow(line []byte) {
	f, ok := m.fixedCard(line)
	sense, name := f[0], f[1]
	if !ok || len(sense) != 1 || len(name) == 0 || len(f[2]) > 0 {
		tokens := bytes.Fields(line)
		if len(tokens) != 2 {
			m.wrong("fields", "a row needs a sense and a name, found %d fields", len(tokens))
			return
		}
		sense, name = tokens[0], tokens[1]
	}
	if _, twice := m.rowOf[string(name)]; twice {
		m.wrong("twice", "row %q is there twice", clip(name))
		return
	}
	kind := bytes.ToUpper(sense)
	if len(kind) != 1 || !strings.Contains("NELG", string(kind)) {
		m.wrong("sense", "row %q has the sense %q, not N, E, L or G", clip(name), clip(sense))
		return
	}
	if kind[0] == 'N' && !m.hasObjective {
		m.hasObjective = true
		m.rowOf[string(name)] = objectiveRow
		return
	}
	i := m.p.AddRow(-Inf, Inf)
	m.p.RowName = append(m.p.RowName, string(name))
	m.rowOf[m.p.RowName[i]] = int32(i)
	m.sense = append(m.sense, kind[0])
	m.rhs = append(m.rhs, 0)
	m.span = append(m.span, math.NaN())
	m.lastUse = append(m.lastUse, 0)
}

// A pair is a name with a number.
type pair struct{ name, value []byte }

// pairs cuts a line into a head (a column or set) and one or two pairs. The
// head is empty where the line leaves it out.
func (m *mpsReader) pairs(line []byte) (head []byte, list []pair, ok bool) {
	if f, fits := m.fixedCard(line); fits && len(f[0]) == 0 && len(f[2]) > 0 && len(f[3]) > 0 {
		list = []pair{{f[2], f[3]}}
		if len(f[4]) > 0 {
			list = append(list, pair{f[4], f[5]})
		}
		return f[1], list, true
	}
	tokens := bytes.Fields(line)
	if len(tokens) < 2 || len(tokens) > 5 {
		m.wrong("fields", "expected a name and one or two pairs of name and number, found %d fields", len(tokens))
		return nil, nil, false
	}
	if len(tokens)%2 == 1 {
		head, tokens = tokens[0], tokens[1:]
	}
	for ; len(tokens) > 0; tokens = tokens[2:] {
		list = append(list, pair{tokens[0], tokens[1]})
	}
	return head, list, true
}

func (m *mpsReader) readEntries(line []byte) {
	if bytes.Contains(line, []byte("'MARKER'")) {
		return
	}
	head, list, ok := m.pairs(line)
	if !ok || !m.openColumn(head) {
		return
	}
	for _, e := range list {
		if row, value, ok := m.rowValue(e); ok {
			m.addEntry(row, value, e.name)
		}
	}
}

// openColumn makes name the last column, adding it if it is new.
func (m *mpsReader) openColumn(name []byte) bool {
	if len(name) == 0 {
		m.wrong("fields", "an entry has no column")
		return false
	}
	j, known := m.colOf[string(name)]
	switch {
	case known && int(j) == m.p.Cols()-1:
		return true
	case known:
		m.wrong("twice", "column %q goes on after others", clip(name))
		return false
	}
	i := m.p.AddCol(0, 0, Inf, nil, nil)
	m.p.ColName = append(m.p.ColName, string(name))
	m.colOf[m.p.ColName[i]] = int32(i)
	m.lowerGiven = append(m.lowerGiven, false)
	return true
}

// addEntry puts an entry into the last column.
func (m *mpsReader) addEntry(row int32, value float64, name []byte) {
	p, last := m.p, &m.lastCost
	if row != objectiveRow {
		last = &m.lastUse[row]
	}
	count := int32(p.Cols())
	if *last == count {
		m.wrong("twice", "column %q has two entries in row %q", p.ColName[count-1], clip(name))
		return
	}
	*last = count
	if row == objectiveRow {
		p.Cost[count-1] = value
		return
	}
	if value == 0 {
		return
	}
	p.Index = append(p.Index, row)
	p.Value = append(p.Value, value)
	p.Start[count] = len(p.Index)
}

// rowValue looks up the row of a pair and reads its finite number.
func (m *mpsReader) rowValue(e pair) (row int32, value float64, ok bool) {
	row, known := m.rowOf[string(e.name)]
	if !known {
		m.wrong("unknown-row", "there is no row %q", clip(e.name))
		return 0, 0, false
	}
	value, isNumber := number(e.value)
	if !isNumber || math.IsInf(value, 0) {
		m.wrong("number", "%q is not a finite number", clip(e.value))
		return 0, 0, false
	}
	return row, value, true
}

// otherSet reports whether name is not the first set of its section. A line
// without a set belongs to any.
func (m *mpsReader) otherSet(name []byte) bool {
	if len(name) == 0 {
		return false
	}
	first, seen := m.set[m.section]
	if !seen {
		m.set[m.section] = string(name)
		return false
	}
	return first != string(name)
}

func (m *mpsReader) readSides(line []byte) {
	head, list, ok := m.pairs(line)
	if !ok || m.otherSet(head) {
		return
	}
	for _, e := range list {
		row, value, ok := m.rowValue(e)
		switch {
		case !ok:
		case m.section == "RANGES" && row == objectiveRow:
			m.wrong("range", "the objective has a range")
		case m.section == "RANGES":
			m.span[row] = value
		case row == objectiveRow:
			m.p.Offset = -value
		default:
			m.rhs[row] = value
		}
	}
}

// boundCard cuts a bound line into type, set, column and value.
func (m *mpsReader) boundCard(line []byte) (kind, set, col, value []byte, ok bool) {
	if f, fits := m.fixedCard(line); fits && len(f[0]) == 2 && len(f[2]) > 0 && len(f[4]) == 0 {
		return f[0], f[1], f[2], f[3], true
	}
	t := bytes.Fields(line)
	valueless := len(t) > 0 && slices.Contains([]string{"FR", "MI", "PL", "BV"}, strings.ToUpper(string(t[0])))
	switch {
	case len(t) == 4:
		return t[0], t[1], t[2], t[3], true
	case len(t) == 3 && valueless && m.isColumn(t[2]):
		return t[0], t[1], t[2], nil, true
	case len(t) == 3:
		return t[0], nil, t[1], t[2], true
	case len(t) == 2 && valueless:
		return t[0], nil, t[1], nil, true
	}
	m.wrong("fields", "a bound needs a type, a set, a column and a number, found %d fields", len(t))
	return nil, nil, nil, nil, false
}

func (m *mpsReader) isColumn(name []byte) bool {
	_, known := m.colOf[string(name)]
	return known
}

func (m *mpsReader) readBound(line []byte) {
	kindField, set, col, valueField, ok := m.boundCard(line)
	if !ok || m.otherSet(set) {
		return
	}
	j, known := m.colOf[string(col)]
	if !known {
		m.wrong("unknown-column", "there is no column %q", clip(col))
		return
	}
	kind := strings.ToUpper(string(kindField))
	var value float64
	switch kind {
	case "LO", "UP", "FX", "LI", "UI":
		if value, ok = number(valueField); !ok {
			m.wrong("number", "%q is not a number", clip(valueField))
			return
		}
	case "FR", "MI", "PL", "BV":
	default:
		m.wrong("bound-type", "there is no bound type %q", clip(kindField))
		return
	}
	m.setBound(j, kind, value)
}

func (m *mpsReader) setBound(j int32, kind string, value float64) {
	lower, upper := &m.p.ColLower[j], &m.p.ColUpper[j]
	switch kind {
	case "LO", "LI":
		*lower = orInfinite(value)
		m.lowerGiven[j] = true
	case "UP", "UI":
		*upper = orInfinite(value)
		if value < 0 && !m.lowerGiven[j] {
			*lower = -Inf
		}
	case "FX":
		*lower, *upper = orInfinite(value), orInfinite(value)
		m.lowerGiven[j] = true
	case "FR":
		*lower, *upper = -Inf, Inf
		m.lowerGiven[j] = true
	case "MI":
		*lower = -Inf
		m.lowerGiven[j] = true
	case "PL":
		*upper = Inf
	case "BV":
		*lower, *upper = 0, 1
		m.lowerGiven[j] = true
	}
}

// finish turns senses, right-hand sides and ranges into row bounds.
func (m *mpsReader) finish() {
	p := m.p
	for i, sense := range m.sense {
		rhs, span := m.rhs[i], m.span[i]
		size := math.Abs(span)
		if math.IsNaN(span) {
			size = Inf
		}
		switch sense {
		case 'G':
			p.RowLower[i], p.RowUpper[i] = rhs, rhs+size
		case 'L':
			p.RowLower[i], p.RowUpper[i] = rhs-size, rhs
		case 'E':
			p.RowLower[i], p.RowUpper[i] = rhs, rhs
			if span < 0 {
				p.RowLower[i] = rhs + span
			} else if span > 0 {
				p.RowUpper[i] = rhs + span
			}
		}
		p.RowLower[i], p.RowUpper[i] = orInfinite(p.RowLower[i]), orInfinite(p.RowUpper[i])
	}
	if m.maximise {
		p.Offset = -p.Offset
		for j := range p.Cost {
			p.Cost[j] = -p.Cost[j]
		}
	}
}

// number reads a number as the format writes it, Fortran's D included.
func number(field []byte) (float64, bool) {
	if len(field) == 0 || bytes.ContainsAny(field, "_xXpP") {
		return 0, false
	}
	text := string(field)
	if i := strings.IndexAny(text, "dD"); i > 0 {
		text = text[:i] + "e" + text[i+1:]
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) || math.IsNaN(v) {
		return 0, false
	}
	return v, true
}

// orInfinite makes a bound that is as good as absent infinite.
func orInfinite(v float64) float64 {
	switch {
	case v >= infinite:
		return Inf
	case v <= -infinite:
		return -Inf
	}
	return v
}

// clip shortens a field for a message.
func clip(field []byte) string {
	const most = 40
	if len(field) > most {
		return string(field[:most]) + "…"
	}
	return string(field)
}
