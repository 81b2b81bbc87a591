package lp

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strings"
)

// WriteLP writes p as people read a program: objective, rows and bounds with
// their names, in the LP text format of the common solvers. Characters of a
// name that the format gives a meaning become underscores, so that names may
// collide; use [WriteMPS] for machines.
func WriteLP(w io.Writer, p *Problem) error {
	t := lpText{w: bufio.NewWriter(w), p: p}
	t.rows = lpNames(namesOr(p.RowName, p.Rows(), "R"))
	t.cols = lpNames(namesOr(p.ColName, p.Cols(), "C"))
	if p.Name != "" {
		fmt.Fprintf(t.w, "\\ %s\n", strings.ReplaceAll(p.Name, "\n", " "))
	}
	t.objective()
	t.constraints()
	t.bounds()
	t.w.WriteString("end\n")
	return t.w.Flush()
}

type lpText struct {
	w          *bufio.Writer
	p          *Problem
	rows, cols []string
	column     int // characters in the current line
}

// put writes a word, on a new line where the current one is full.
func (t *lpText) put(word string) {
	const width = 78
	if t.column+1+len(word) > width {
		t.w.WriteString("\n  ")
		t.column = 2
	}
	t.w.WriteByte(' ')
	t.w.WriteString(word)
	t.column += 1 + len(word)
}

func (t *lpText) endLine() {
	t.w.WriteByte('\n')
	t.column = 0
}

// term writes a signed multiple of a column; a factor of one is left out.
func (t *lpText) term(value float64, name string) {
	sign := "+ "
	if value < 0 {
		sign = "- "
	}
	if a := math.Abs(value); a == 1 {
		t.put(sign + name)
	} else {
		t.put(sign + digits(a) + " " + name)
	}
}

func (t *lpText) objective() {
	t.w.WriteString("minimize\n")
	t.put("obj:")
	for j, c := range t.p.Cost {
		if c != 0 {
			t.term(c, t.cols[j])
		}
	}
	if t.p.Offset != 0 {
		t.put(strings.Replace(fmt.Sprintf("%+g", t.p.Offset), "+", "+ ", 1))
	}
	t.endLine()
}

func (t *lpText) constraints() {
	t.w.WriteString("subject to\n")
	rows := transpose(t.p)
	for i, name := range t.rows {
		lower, upper := t.p.RowLower[i], t.p.RowUpper[i]
		t.put(name + ":")
		ranged := lower != upper && !math.IsInf(lower, -1) && !math.IsInf(upper, 1)
		if ranged {
			t.put(digits(lower) + " <=")
		}
		for k := rows.start[i]; k < rows.start[i+1]; k++ {
			t.term(rows.value[k], t.cols[rows.index[k]])
		}
		switch {
		case lower == upper:
			t.put("= " + digits(lower))
		case !math.IsInf(upper, 1):
			t.put("<= " + digits(upper))
		default:
			t.put(">= " + digits(lower))
		}
		t.endLine()
	}
}

func (t *lpText) bounds() {
	t.w.WriteString("bounds\n")
	for j, name := range t.cols {
		lower, upper := t.p.ColLower[j], t.p.ColUpper[j]
		switch noLower, noUpper := math.IsInf(lower, -1), math.IsInf(upper, 1); {
		case lower == upper:
			fmt.Fprintf(t.w, " %s = %s\n", name, digits(lower))
		case noLower && noUpper:
			fmt.Fprintf(t.w, " %s free\n", name)
		case noUpper && lower == 0: // the default
		case noUpper:
			fmt.Fprintf(t.w, " %s >= %s\n", name, digits(lower))
		case noLower:
			fmt.Fprintf(t.w, " -inf <= %s <= %s\n", name, digits(upper))
		default:
			fmt.Fprintf(t.w, " %s <= %s <= %s\n", digits(lower), name, digits(upper))
		}
	}
}

// lpNames replaces what the LP text format reserves.
func lpNames(names []string) []string {
	clean := make([]string, len(names))
	for i, name := range names {
		clean[i] = strings.Map(func(r rune) rune {
			if r <= ' ' || strings.ContainsRune("+-*/^<>=:[]\\", r) {
				return '_'
			}
			return r
		}, name)
		if clean[i] == "" || strings.IndexByte("0123456789.", clean[i][0]) >= 0 {
			clean[i] = "_" + clean[i]
		}
	}
	return clean
}
