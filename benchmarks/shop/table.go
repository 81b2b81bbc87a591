package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/taktplan/takt/schedule/shop"
)

// A table compares results with the best-known values of a CSV file. It has
// the columns instance and ub, and perhaps family; or, for weighted tardiness,
// instance, f and recalled_literature_value, where f 1.3 is the due kind sp13.
type table struct {
	known  map[string]bestKnown
	groups []*group // in the order of their first result
}

type bestKnown struct {
	value  int64
	family string
}

// A group is a row of the table.
type group struct {
	name             string
	results, optimal int
	reached          int // no worse than the best known
	compared         int // with a best known above 0
	sum, worst       float64
	worstAt          string
}

// newTable returns nil without a file.
func newTable(file string, objective shop.Objective, dueKind string) (*table, error) {
	if file == "" {
		return nil, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("%s: no table: %w", file, err)
	}
	column := func(name string) int { return slices.Index(rows[0], name) }
	value := column("ub")
	if objective == shop.WeightedTardiness {
		value = column("recalled_literature_value")
	}
	instance, family, factor := column("instance"), column("family"), column("f")
	if instance < 0 || value < 0 {
		return nil, fmt.Errorf("%s: no column for instance or value", file)
	}
	t := &table{known: make(map[string]bestKnown)}
	for _, row := range rows[1:] {
		v, err := strconv.ParseInt(row[value], 10, 64)
		if err != nil || factor >= 0 && "sp"+strings.ReplaceAll(row[factor], ".", "") != dueKind {
			continue // none is known, or for other due dates
		}
		b := bestKnown{v, strings.TrimRight(row[instance], "0123456789")}
		if family >= 0 {
			b.family = row[family]
		}
		t.known[row[instance]] = b
	}
	return t, nil
}

// add enters a result in the row of its family, in that of its size within the
// family, and in the last.
func (t *table) add(r *result) {
	if t == nil {
		return
	}
	b, ok := t.known[r.Instance]
	if !ok {
		return
	}
	for _, name := range []string{b.family, fmt.Sprintf("%s %dx%d", b.family, r.Jobs, r.Machines), "all"} {
		t.group(name).add(r, b.value)
	}
}

func (t *table) group(name string) *group {
	i := slices.IndexFunc(t.groups, func(g *group) bool { return g.name == name })
	if i < 0 {
		t.groups = append(t.groups, &group{name: name})
		i = len(t.groups) - 1
	}
	return t.groups[i]
}

func (g *group) add(r *result, known int64) {
	g.results++
	if r.Optimal {
		g.optimal++
	}
	if r.Value <= known {
		g.reached++
	}
	if known == 0 {
		return
	}
	d := 100 * float64(r.Value-known) / float64(known)
	if g.compared == 0 || d > g.worst {
		g.worst, g.worstAt = d, r.Instance
	}
	g.compared++
	g.sum += d
}

// print writes the table sorted by name. Deviations are in per cent of the
// best-known value.
func (t *table) print(w io.Writer) {
	slices.SortFunc(t.groups, func(a, b *group) int { return strings.Compare(a.name, b.name) })
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "group\tresults\tmean %\tworst %\tat\treached\tproven")
	for _, g := range t.groups {
		mean := g.sum / float64(max(1, g.compared))
		fmt.Fprintf(out, "%s\t%d\t%.3f\t%.3f\t%s\t%d\t%d\n", g.name, g.results, mean, g.worst, g.worstAt, g.reached, g.optimal)
	}
	out.Flush()
}
