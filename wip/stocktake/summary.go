package stocktake

import (
	"cmp"
	"io"
	"slices"

	"github.com/taktplan/takt/internal/table"
)

// A Cause sums up the differences of one cause.
type Cause struct {
	Name           string
	Lines          int
	Short, Surplus int64 // value of what was missing, and of what was too much; both at least 0
}

// Causes returns the differences by cause, those that are worth most first,
// whether missing or too much; ties in the order in which they first occur.
// What has no cause is under the empty name.
func (r *Result) Causes() []Cause {
	var list []Cause
	for i := range r.Found {
		f := &r.Found[i]
		if f.Difference == 0 {
			continue
		}
		k := slices.IndexFunc(list, func(c Cause) bool { return c.Name == f.Cause })
		if k < 0 {
			k = len(list)
			list = append(list, Cause{Name: f.Cause})
		}
		list[k].Lines++
		list[k].Short += max(0, -f.Value)
		list[k].Surplus += max(0, f.Value)
	}
	slices.SortStableFunc(list, func(a, b Cause) int { return cmp.Compare(b.Short+b.Surplus, a.Short+a.Surplus) })
	return list
}

// Accuracy returns the share of the lines counted that agreed; 1 if none was.
func (r *Result) Accuracy() float64 {
	if len(r.Found) == 0 {
		return 1
	}
	agreed := 0
	for i := range r.Found {
		if r.Found[i].Difference == 0 {
			agreed++
		}
	}
	return float64(agreed) / float64(len(r.Found))
}

func (r *Result) report() *table.Table {
	t := &table.Table{
		Title: "Stocktake " + string(r.Sheet.ID),
		Columns: []table.Column{
			table.Text("place"), table.Text("item"), table.Number("book"), table.Number("counted"), table.Number("difference"),
			table.Number("book value"), table.Number("value"), table.Text("cause"),
		},
	}
	for i := range r.Found {
		f := &r.Found[i]
		t.Add(f.Place.String(), string(f.Item), f.Book, f.Counted, f.Difference, f.BookValue, f.Value, f.Cause)
	}
	return t
}

// WriteText writes the findings in aligned columns, amounts in base units and
// values in the smallest unit of money. The error is that of w, as for the
// other formats.
func (r *Result) WriteText(w io.Writer) error { return r.report().WriteText(w) }

// WriteCSV writes the findings as CSV.
func (r *Result) WriteCSV(w io.Writer) error { return r.report().WriteCSV(w) }

// WriteJSON writes the findings as a list of JSON objects.
func (r *Result) WriteJSON(w io.Writer) error { return r.report().WriteJSON(w) }
