package gantt

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/taktplan/takt/schedule"
)

const textNames = 16 // characters for the names of rows

// WriteText draws plan in a grid of characters: a bar begins with '[', or '!'
// if its order is late, and shows its label as far as there is room; '.' is
// non-working time. What is shorter than a character shows as ':'. The error
// is that of w.
func WriteText(w io.Writer, p *schedule.Problem, plan *schedule.Plan, o Options) error {
	columns := 100
	if o.Width > 0 {
		columns = max(o.Width, 2*textNames)
	}
	g := &grid{newChart(p, plan, o), columns - textNames}
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s\n%s\n", g.title, pad("", textNames)+g.scale())
	for i := range g.rows {
		r := &g.rows[i]
		name := r.name
		for _, lane := range r.lanes {
			line := strings.TrimRight(pad(cut(name, textNames-1), textNames)+g.lane(r, lane), " ")
			fmt.Fprintln(out, line)
			name = ""
		}
	}
	return out.Flush()
}

type grid struct {
	*chart
	columns int
}

func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s))) }

// cell returns the column of an instant, rounded down.
func (g *grid) cell(t time.Time) int {
	return int(int64(g.columns) * int64(t.Sub(g.from)/time.Second) / max(1, int64(g.to.Sub(g.from)/time.Second)))
}

// scale names the days that have room.
func (g *grid) scale() string {
	line := []rune(pad("", g.columns))
	free := 0
	for t := g.from; t.Before(g.to); t = t.AddDate(0, 0, 1) {
		name := []rune(t.In(g.zone).Format("Mon 2.1."))
		if at := g.cell(t); at >= free && at+len(name) < g.columns {
			copy(line[at:], name)
			free = at + len(name) + 1
		}
	}
	return strings.TrimRight(string(line), " ")
}

func (g *grid) lane(r *row, bars []bar) string {
	line := []rune(pad("", g.columns))
	for _, s := range r.off {
		for k := g.cell(s.from); k < min(g.cell(s.to), g.columns); k++ {
			line[k] = '.'
		}
	}
	for i := range bars {
		g.bar(line, &bars[i])
	}
	return string(line)
}

func (g *grid) bar(line []rune, b *bar) {
	from, to := max(g.cell(b.from), 0), min(g.cell(b.to), len(line))
	switch {
	case from >= len(line) || b.to.Before(g.from):
		return
	case to <= from:
		line[from] = ':'
		return
	}
	for k := from; k < to; k++ {
		line[k] = '='
	}
	copy(line[from+1:to], []rune(b.label))
	line[from] = '['
	if b.late {
		line[from] = '!'
	}
}
