package analysis

import (
	"io"

	"github.com/taktplan/takt/internal/table"
)

// A Report is a table that is ready to be read. Hours and shares have two
// decimal places; amounts are in base units, money in the smallest coin.
type Report struct{ t *table.Table }

// WriteText writes the report in aligned columns. The error is that of w, as
// for the other formats.
func (r Report) WriteText(w io.Writer) error { return r.t.WriteText(w) }

// WriteCSV writes the report as CSV.
func (r Report) WriteCSV(w io.Writer) error { return r.t.WriteCSV(w) }

// WriteJSON writes the report as a list of JSON objects.
func (r Report) WriteJSON(w io.Writer) error { return r.t.WriteJSON(w) }
