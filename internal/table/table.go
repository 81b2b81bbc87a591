// Package table prints reports: as text in aligned columns, as CSV and as JSON.
//
// It knows nothing of what the reports are about. Cells are text that is ready
// to be read; the column says whether it is a number.
package table

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A Table is a report.
type Table struct {
	Title   string // may be empty; CSV has none
	Columns []Column
	Rows    [][]string // each as long as Columns
}

// A Column is the head of a column.
type Column struct {
	Name   string
	Number bool // aligned to the right, and a number in JSON; an empty cell is null
}

// Text and Number return columns.
func Text(name string) Column   { return Column{Name: name} }
func Number(name string) Column { return Column{Name: name, Number: true} }

// Add appends a row. Cells are strings, integers, floating point numbers (two
// decimal places), booleans, instants (to the minute), durations (in hours),
// or have a String method.
func (t *Table) Add(cells ...any) {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = cell(c)
	}
	t.Rows = append(t.Rows, row)
}

func cell(c any) string {
	switch c := c.(type) {
	case string:
		return c
	case float64:
		return strconv.FormatFloat(c, 'f', 2, 64)
	case time.Duration:
		return strconv.FormatFloat(c.Hours(), 'f', 2, 64)
	case time.Time:
		if c.IsZero() {
			return ""
		}
		return c.Format("2006-01-02 15:04")
	default:
		return fmt.Sprint(c)
	}
}

// WriteText writes the title and the table in aligned columns. Lines have no
// trailing spaces. The error is that of w.
func (t *Table) WriteText(w io.Writer) error {
	width := make([]int, len(t.Columns))
	rows := slices.Concat([][]string{t.header()}, t.Rows)
	for _, row := range rows {
		for i, c := range row {
			width[i] = max(width[i], utf8.RuneCountInString(c))
		}
	}
	var b strings.Builder
	if t.Title != "" {
		b.WriteString(t.Title + "\n")
	}
	for _, row := range rows {
		line := ""
		for i, c := range row {
			pad := strings.Repeat(" ", width[i]-utf8.RuneCountInString(c))
			if t.Columns[i].Number {
				line += pad + c
			} else {
				line += c + pad
			}
			line += "  "
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t *Table) header() []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}

// WriteCSV writes the names of the columns and the rows. The error is that of w.
func (t *Table) WriteCSV(w io.Writer) error {
	return csv.NewWriter(w).WriteAll(slices.Concat([][]string{t.header()}, t.Rows))
}

// WriteJSON writes the rows as a list of objects, by the names of the columns
// and in their order. The error is that of w.
func (t *Table) WriteJSON(w io.Writer) error {
	var b strings.Builder
	b.WriteString("[")
	for r, row := range t.Rows {
		if r > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n  {")
		for i, c := range row {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(quote(t.Columns[i].Name) + ": " + t.Columns[i].json(c))
		}
		b.WriteString("}")
	}
	b.WriteString("\n]\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// json returns a cell as a JSON value: text where it is not the number that it
// should be.
func (c Column) json(cell string) string {
	switch {
	case !c.Number:
		return quote(cell)
	case cell == "":
		return "null"
	case json.Valid([]byte(cell)):
		return cell
	default:
		return quote(cell)
	}
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // text always has a form
	}
	return string(b)
}
