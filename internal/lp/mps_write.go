package lp

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// WriteMPS writes p in free MPS format, so that [ReadMPS] returns the same
// rows, columns, entries and bounds, bit for bit. A row or column without a
// name is called by its number, R1 or C1. Only a row with two different finite
// sides may come back with the larger of them off in the last place, because
// the format keeps one side and the distance.
//
// The error says all that the format cannot hold: names with blanks, names
// used twice, and rows whose lower side is above the upper. Nothing is written
// then. Other errors are those of w.
func WriteMPS(w io.Writer, p *Problem) error {
	rows := namesOr(p.RowName, p.Rows(), "R")
	cols := namesOr(p.ColName, p.Cols(), "C")
	if err := writable(p, rows, cols); err != nil {
		return err
	}
	m := mpsWriter{bufio.NewWriter(w), p, rows, cols, unusedName("COST", rows)}
	m.rowSection()
	m.columnSection()
	m.sideSections()
	m.boundSection()
	m.w.WriteString("ENDATA\n")
	return m.w.Flush()
}

type mpsWriter struct {
	w          *bufio.Writer
	p          *Problem
	rows, cols []string
	objective  string
}

// card writes a data line.
func (m *mpsWriter) card(fields ...string) {
	for _, f := range fields {
		m.w.WriteByte(' ')
		m.w.WriteString(f)
	}
	m.w.WriteByte('\n')
}

func (m *mpsWriter) rowSection() {
	fmt.Fprintf(m.w, "NAME %s FREE\nROWS\n", m.p.Name)
	m.card("N", m.objective)
	for i, name := range m.rows {
		sense, _, _ := mpsRow(m.p.RowLower[i], m.p.RowUpper[i])
		m.card(sense, name)
	}
}

func (m *mpsWriter) columnSection() {
	m.w.WriteString("COLUMNS\n")
	p := m.p
	for j, name := range m.cols {
		if p.Cost[j] != 0 || p.Start[j] == p.Start[j+1] {
			m.card(name, m.objective, digits(p.Cost[j]))
		}
		for k := p.Start[j]; k < p.Start[j+1]; k++ {
			m.card(name, m.rows[p.Index[k]], digits(p.Value[k]))
		}
	}
}

func (m *mpsWriter) sideSections() {
	m.w.WriteString("RHS\n")
	if m.p.Offset != 0 {
		m.card("RHS", m.objective, digits(-m.p.Offset))
	}
	ranges := false
	for i, name := range m.rows {
		_, rhs, span := mpsRow(m.p.RowLower[i], m.p.RowUpper[i])
		if rhs != 0 {
			m.card("RHS", name, digits(rhs))
		}
		ranges = ranges || span > 0
	}
	if !ranges {
		return
	}
	m.w.WriteString("RANGES\n")
	for i, name := range m.rows {
		if _, _, span := mpsRow(m.p.RowLower[i], m.p.RowUpper[i]); span > 0 {
			m.card("RNG", name, digits(span))
		}
	}
}

func (m *mpsWriter) boundSection() {
	m.w.WriteString("BOUNDS\n")
	for j, name := range m.cols {
		lower, upper := m.p.ColLower[j], m.p.ColUpper[j]
		if lower == upper {
			m.card("FX", "BND", name, digits(lower))
			continue
		}
		switch {
		case math.IsInf(lower, -1):
			m.card("MI", "BND", name)
		case lower != 0 || upper < 0:
			m.card("LO", "BND", name, digits(lower))
		}
		if !math.IsInf(upper, 1) {
			m.card("UP", "BND", name, digits(upper))
		}
	}
}

// mpsRow returns the sense, right-hand side and range of a row. Of two finite
// sides the smaller one in magnitude is the right-hand side, which loses the
// least when the other is computed back.
func mpsRow(lower, upper float64) (sense string, rhs, span float64) {
	switch noLower, noUpper := math.IsInf(lower, -1), math.IsInf(upper, 1); {
	case noLower && noUpper:
		return "N", 0, 0
	case noLower:
		return "L", upper, 0
	case noUpper:
		return "G", lower, 0
	case lower == upper:
		return "E", lower, 0
	}
	span = upper - lower
	if math.Abs(lower) <= math.Abs(upper) {
		for _, s := range [3]float64{span, math.Nextafter(span, 0), math.Nextafter(span, Inf)} {
			if lower+s == upper {
				return "G", lower, s
			}
		}
		return "G", lower, span
	}
	for _, s := range [3]float64{span, math.Nextafter(span, 0), math.Nextafter(span, Inf)} {
		if upper-s == lower {
			return "L", upper, s
		}
	}
	return "L", upper, span
}

// digits writes a number so that it reads back the same.
func digits(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// namesOr returns names, or numbered ones if there are none.
func namesOr(names []string, count int, prefix string) []string {
	if len(names) == count {
		return names
	}
	names = make([]string, count)
	for i := range names {
		names[i] = prefix + strconv.Itoa(i+1)
	}
	return names
}

// unusedName lengthens name until no other equals it.
func unusedName(name string, others []string) string {
	taken := make(map[string]bool, len(others))
	for _, o := range others {
		taken[o] = true
	}
	for taken[name] {
		name += "_"
	}
	return name
}

// writable lists what the MPS format cannot hold.
func writable(p *Problem, rows, cols []string) error {
	var list []error
	wrong := func(format string, args ...any) {
		if len(list) < maxMistakes {
			list = append(list, fmt.Errorf(format, args...))
		}
	}
	if strings.ContainsAny(p.Name, "\n\r") {
		wrong("the name of the problem has a line break")
	}
	for _, group := range [2]struct {
		what  string
		names []string
	}{{"row", rows}, {"column", cols}} {
		seen := make(map[string]bool, len(group.names))
		for _, name := range group.names {
			if len(strings.Fields(name)) != 1 || strings.TrimSpace(name) != name || strings.Contains(name, "'MARKER'") {
				wrong("%s name %q cannot stand in a file", group.what, name)
			}
			if seen[name] {
				wrong("%s name %q is used twice", group.what, name)
			}
			seen[name] = true
		}
	}
	for i, name := range rows {
		if l, u := p.RowLower[i], p.RowUpper[i]; !(l <= u) || math.IsInf(l, 1) || math.IsInf(u, -1) {
			wrong("row %s: sides %g and %g", name, l, u)
		}
	}
	return errors.Join(list...)
}
