package daily

import (
	"io"

	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/wip"
)

// A Document is a list of rows of one kind, for people and for other programs.
type Document[R Row] struct {
	Title string
	Rows  []R
}

// A Row is a row of one of the documents of this package.
type Row interface {
	columns() []table.Column
	cells() []any // one for each column
}

func (d *Document[R]) table() *table.Table {
	var r R
	t := &table.Table{Title: d.Title, Columns: r.columns()}
	for _, r := range d.Rows {
		t.Add(r.cells()...)
	}
	return t
}

// WriteText writes the document in aligned columns under its title.
func (d *Document[R]) WriteText(w io.Writer) error { return d.table().WriteText(w) }

// WriteCSV writes a line with the names of the columns, and the rows.
func (d *Document[R]) WriteCSV(w io.Writer) error { return d.table().WriteCSV(w) }

// WriteJSON writes a list of objects, one for each row.
func (d *Document[R]) WriteJSON(w io.Writer) error { return d.table().WriteJSON(w) }

// An Amount is a quantity of an item in its unit.
type Amount struct {
	Qty  wip.Qty
	Unit wip.Unit
}

// String returns the amount in whole units of measure, without the unit.
func (a Amount) String() string { return wip.Unit{Decimals: a.Unit.Decimals}.Format(a.Qty) }

var (
	text   = table.Text
	number = table.Number
)
