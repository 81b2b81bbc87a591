// Command plot draws what the release program has measured: for each strategy a
// curve through its settings, of one measure against another, since a policy is
// a trade-off and not a point.
//
//	go run ./benchmarks/release -scenario jobshop -out results
//	cd benchmarks/release/plot && go run . -x WIP -y "mean tardiness" ../../../results/jobshop.csv > jobshop.svg
package main

import (
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/plotutil"
	"gonum.org/v1/plot/vg"
)

func main() {
	x := flag.String("x", "WIP", "column of the horizontal axis")
	y := flag.String("y", "mean tardiness", "column of the vertical axis")
	flag.Parse()
	if err := run(flag.Arg(0), *x, *y, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "plot:", err)
		os.Exit(1)
	}
}

func run(file, x, y string, w io.Writer) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	curves, err := read(f, x, y)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return draw(w, curves, x, y)
}

// A curve is a strategy, with a point for each setting on the training seeds.
type curve struct {
	strategy string
	points   plotter.XYs // in the order of the settings
}

// read returns the curves of a table in the order of its rows. Settings that do
// not have both measures are left out.
func read(r io.Reader, x, y string) ([]curve, error) {
	rows, err := training(r, x, y)
	if err != nil {
		return nil, err
	}
	var curves []curve
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].strategy == rows[0].strategy && rows[n].setting == rows[0].setting {
			n++
		}
		if p := centre(rows[:n]); !math.IsNaN(p.X + p.Y) {
			if k := len(curves); k == 0 || curves[k-1].strategy != rows[0].strategy {
				curves = append(curves, curve{strategy: rows[0].strategy})
			}
			last := &curves[len(curves)-1]
			last.points = append(last.points, p)
		}
		rows = rows[n:]
	}
	return curves, nil
}

// A simulated is one run.
type simulated struct {
	strategy, setting string
	plotter.XY
}

// training returns the rows of the training seeds, which are grouped by strategy
// and setting.
func training(r io.Reader, x, y string) ([]simulated, error) {
	table, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(table) == 0 {
		return nil, fmt.Errorf("the table is empty")
	}
	var at [5]int
	for i, name := range [...]string{"strategy", "setting", "part", x, y} {
		if at[i] = slices.Index(table[0], name); at[i] < 0 {
			return nil, fmt.Errorf("there is no column %q in %q", name, table[0])
		}
	}
	var rows []simulated
	for n, line := range table[1:] {
		if line[at[2]] != "training" {
			continue
		}
		row := simulated{strategy: line[at[0]], setting: line[at[1]]}
		var errX, errY error
		row.X, errX = strconv.ParseFloat(line[at[3]], 64)
		row.Y, errY = strconv.ParseFloat(line[at[4]], 64)
		if errX != nil || errY != nil {
			return nil, fmt.Errorf("line %d: %q and %q are not both numbers", n+2, line[at[3]], line[at[4]])
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func centre(runs []simulated) plotter.XY {
	var sum plotter.XY
	for _, p := range runs {
		sum.X, sum.Y = sum.X+p.X, sum.Y+p.Y
	}
	return plotter.XY{X: sum.X / float64(len(runs)), Y: sum.Y / float64(len(runs))}
}

func draw(w io.Writer, curves []curve, x, y string) error {
	p := plot.New()
	p.X.Label.Text, p.Y.Label.Text = x, y
	p.Legend.Top = true
	p.Add(plotter.NewGrid())
	for i, c := range curves {
		line, dots, err := plotter.NewLinePoints(c.points)
		if err != nil {
			return err
		}
		line.Color, dots.Color, dots.Shape = plotutil.Color(i), plotutil.Color(i), plotutil.Shape(i)
		line.Dashes = plotutil.Dashes(i / 7)
		p.Add(line, dots)
		p.Legend.Add(c.strategy, line, dots)
	}
	canvas, err := p.WriterTo(9*vg.Inch, 6*vg.Inch, "svg")
	if err != nil {
		return err
	}
	_, err = canvas.WriteTo(w)
	return err
}
