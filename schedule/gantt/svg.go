package gantt

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"time"

	"github.com/taktplan/takt/schedule"
)

// Measures of the drawing, in pixels.
const (
	margin     = 8
	nameWidth  = 130
	laneHeight = 18
	rowGap     = 4
	headHeight = 46
	charWidth  = 6 // of the labels' font, on average
)

// WriteSVG draws plan, one row per resource or order, shaded where a resource
// does not work, outlined in red where an order is late. The setup at the
// beginning of an operation is hatched. The error is that of w.
func WriteSVG(w io.Writer, p *schedule.Problem, plan *schedule.Plan, o Options) error {
	c := newChart(p, plan, o)
	d := &drawing{bufio.NewWriter(w), c, float64(width(o, 1200)), 0, c.height()}
	d.head()
	for i := range d.rows {
		d.row(&d.rows[i])
	}
	fmt.Fprintln(d, "</svg>")
	return d.Flush()
}

func width(o Options, standard int) int {
	if o.Width <= 0 {
		return standard
	}
	return max(o.Width, 2*nameWidth)
}

type drawing struct {
	*bufio.Writer
	*chart
	width  float64
	y      int
	height int
}

// x returns where an instant is.
func (d *drawing) x(t time.Time) float64 {
	return nameWidth + float64(t.Sub(d.from))/float64(d.to.Sub(d.from))*(d.width-nameWidth-margin)
}

func (c *chart) height() int {
	h := headHeight + margin
	for i := range c.rows {
		h += c.rows[i].height()
	}
	return h
}

func (r *row) height() int { return max(1, len(r.lanes))*laneHeight + rowGap }

func (d *drawing) head() {
	fmt.Fprintf(d, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" font-family="sans-serif" font-size="11">`+"\n", d.width, d.height)
	fmt.Fprintln(d, `<defs><pattern id="setup" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="4" height="4" fill="#fff" fill-opacity=".35"/><rect width="2" height="4" fill="#000" fill-opacity=".35"/></pattern></defs>`)
	fmt.Fprintln(d, `<rect width="100%" height="100%" fill="#fff"/>`)
	fmt.Fprintf(d, `<text x="%d" y="18" font-size="14" font-weight="bold">%s</text>`+"\n", margin, html.EscapeString(d.title))
	d.y = headHeight
	d.days()
}

// days draws the scale: as many days as have room for their names, and lines
// for the days between as long as there are few.
func (d *drawing) days() {
	n := int(d.to.Sub(d.from)/(24*time.Hour)) + 1
	every := 1
	for ; float64(every)*(d.width-nameWidth)/float64(n) < 60; every++ {
	}
	step := 1
	if every > 31 {
		step = every
	}
	bottom := d.height - margin
	for i := 0; ; i += step {
		t := d.from.AddDate(0, 0, i)
		if t.After(d.to) {
			return
		}
		x := d.x(t)
		shade := "#eee"
		if i%every == 0 {
			shade = "#bbb"
			if t.Before(d.to) {
				fmt.Fprintf(d, `<text x="%.1f" y="%d" fill="#555">%s</text>`+"\n", x+2, headHeight-6, t.In(d.zone).Format("Mon 2.1."))
			}
		}
		fmt.Fprintf(d, `<path d="M%.1f %dV%d" stroke="%s"/>`+"\n", x, headHeight-4, bottom, shade)
	}
}

func (d *drawing) row(r *row) {
	h := r.height() - rowGap
	fmt.Fprintf(d, `<text x="%d" y="%d">%s</text>`+"\n", margin, d.y+13, html.EscapeString(cut(r.name, (nameWidth-margin)/charWidth)))
	for _, s := range r.off {
		fmt.Fprintf(d, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="#f0f0f0"/>`+"\n", d.x(s.from), d.y, d.x(s.to)-d.x(s.from), h)
	}
	for k, lane := range r.lanes {
		for i := range lane {
			d.bar(&lane[i], d.y+k*laneHeight)
		}
	}
	d.y += r.height()
}

func (d *drawing) bar(b *bar, y int) {
	from, to := max(d.x(b.from), nameWidth), min(d.x(b.to), d.width-margin)
	if to <= from {
		return
	}
	stroke := "#555"
	if b.late {
		stroke = "#d00"
	}
	fmt.Fprintf(d, `<g><title>%s</title><rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s" stroke="%s"/>`,
		html.EscapeString(b.tip), from, y+1, to-from, laneHeight-2, colour(b.colour), stroke)
	if s := min(d.x(b.setupEnd), to); s > from {
		fmt.Fprintf(d, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="url(#setup)"/>`, from, y+1, s-from, laneHeight-2)
	}
	if n := int((to - from - 4) / charWidth); n >= 2 {
		fmt.Fprintf(d, `<text x="%.1f" y="%d" font-size="10">%s</text>`, from+3, y+13, html.EscapeString(cut(b.label, n)))
	}
	fmt.Fprintln(d, "</g>")
}

// colour returns a light colour for item i; neighbours differ by the golden
// angle.
func colour(i int) string { return fmt.Sprintf("hsl(%d,60%%,75%%)", i*137%360) }

// cut shortens s to n characters.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:max(0, n-1)]) + "…"
	}
	return s
}
