package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// An evaluation tunes the strategies of a scenario and compares them.
type evaluation struct {
	scenario
	training, replications int
	rows                   []row
}

// A row is a strategy with its best setting.
type row struct {
	strategy string
	kind     kind
	setting  string
	tried    []trial
	trained  float64   // mean cost on the training seeds
	runs     []outcome // on the others
}

// A trial is a setting on the training seeds.
type trial struct {
	setting string
	runs    []outcome
}

// Training seeds and the others never meet.
const (
	firstTraining = 1
	firstHeldOut  = 101
)

func (e *evaluation) run(ctx context.Context, only string) error {
	for _, s := range e.strategies {
		if !slices.ContainsFunc(strings.Split(only, ","), func(word string) bool { return strings.Contains(s.name, word) }) {
			continue
		}
		r, err := e.tune(ctx, s)
		if ctx.Err() != nil {
			return nil // the table shows what has been done
		}
		if err != nil {
			return fmt.Errorf("%s: %s: %w", e.name, s.name, err)
		}
		fmt.Fprintf(os.Stderr, "%s: %s: %s, cost %.1f; trained %.1f\n", e.name, s.name, r.setting, mean(r.costs()), r.trained)
		e.rows = append(e.rows, r)
	}
	return nil
}

// tune chooses the setting of least mean cost on the training seeds, and runs
// it on the others.
func (e *evaluation) tune(ctx context.Context, s strategy) (row, error) {
	best, r := -1, row{strategy: s.name, kind: s.kind, trained: math.Inf(1)}
	for i := range s.settings {
		runs, err := repeat(ctx, s.settings[i], firstTraining, e.training)
		if err != nil {
			return r, err
		}
		r.tried = append(r.tried, trial{s.settings[i].label, runs})
		if cost := mean(costs(runs)); cost < r.trained {
			best, r.trained = i, cost
		}
	}
	r.setting = s.settings[best].label
	var err error
	r.runs, err = repeat(ctx, s.settings[best], firstHeldOut, e.replications)
	return r, err
}

// repeat runs a setting on n seeds, as many at a time as there are processors.
func repeat(ctx context.Context, s setting, first uint64, n int) ([]outcome, error) {
	runs, errs := make([]outcome, n), make([]error, n)
	var wait sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		wait.Add(1)
		free <- struct{}{}
		go func() {
			defer wait.Done()
			runs[i], errs[i] = s.run(ctx, first+uint64(i))
			<-free
		}()
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return runs, nil
}

func (r *row) costs() []float64 { return costs(r.runs) }

func costs(runs []outcome) []float64 {
	return values(runs, func(o *outcome) float64 { return o.cost })
}

func (r *row) values(of func(*outcome) float64) []float64 { return values(r.runs, of) }

func values(runs []outcome, of func(*outcome) float64) []float64 {
	list := make([]float64, len(runs))
	for i := range runs {
		list[i] = of(&runs[i])
	}
	return list
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// paired returns the mean of a − b and half the width of its 95 % confidence
// interval.
func paired(a, b []float64) (difference, half float64) {
	d := make([]float64, len(a))
	for i := range a {
		d[i] = a[i] - b[i]
	}
	n := float64(len(d))
	difference = mean(d)
	squares := 0.0
	for _, v := range d {
		squares += (v - difference) * (v - difference)
	}
	if n < 2 {
		return difference, math.Inf(1)
	}
	t := 1.96
	if len(d)-2 < len(studentT) {
		t = studentT[len(d)-2]
	}
	return difference, t * math.Sqrt(squares/(n-1)/n)
}

// studentT holds the 0.975 quantiles for 1 to 30 degrees of freedom.
var studentT = [...]float64{
	12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
	2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
}

// A column of the table is a measure, averaged over runs.
type column struct {
	title, format string
	of            func(*outcome) float64
}

func columns() []column {
	return []column{
		{"WIP cost", "%.1f", func(o *outcome) float64 { return o.wipCost }},
		{"stock cost", "%.1f", func(o *outcome) float64 { return o.stockCost }},
		{"late cost", "%.1f", func(o *outcome) float64 { return o.lateCost }},
		{"other cost", "%.1f", func(o *outcome) float64 { return o.other }},
		{"on time", "%.3f", func(o *outcome) float64 { return o.onTime }},
		{"mean tardiness", "%.2f", func(o *outcome) float64 { return o.tardiness }},
		{"p95", "%.2f", func(o *outcome) float64 { return o.tardiness95 }},
		{"SD lateness", "%.2f", func(o *outcome) float64 { return o.lateness }},
		{"shop time", "%.2f", func(o *outcome) float64 { return o.shop }},
		{"total time", "%.2f", func(o *outcome) float64 { return o.total }},
		{"WIP", "%.1f", func(o *outcome) float64 { return o.wip }},
		{"V", "%.2f", func(o *outcome) float64 { return o.variation }},
		{"overtime", "%.2f", func(o *outcome) float64 { return o.overtime }},
		{"promise error", "%.2f", func(o *outcome) float64 { return o.promise }},
		{"changed", "%.2f", func(o *outcome) float64 { return o.changed }},
		{"s/plan", "%.3f", func(o *outcome) float64 { return o.planning }},
	}
}

func (r *row) mean(c column) float64 { return mean(r.values(c.of)) }

// print writes the table in Markdown.
func (e *evaluation) print(w io.Writer) {
	fmt.Fprintf(w, "\n### %s\n\n", e.title)
	fmt.Fprintf(w, "Settings chosen on seeds %d–%d, reported on seeds %d–%d; cost in %s; 95 %% paired intervals.\n\n",
		firstTraining, firstTraining+e.training-1, firstHeldOut, firstHeldOut+e.replications-1, e.unit)
	fmt.Fprint(w, "| strategy (setting) | tried | trained | **cost** | against "+e.reference+" |")
	for _, c := range columns() {
		fmt.Fprintf(w, " %s |", c.title)
	}
	fmt.Fprint(w, "\n|---|---|---|---|---|", strings.Repeat("---|", len(columns())), "\n")
	base := e.find(e.reference)
	for i := range e.rows {
		r := &e.rows[i]
		name := r.strategy
		if r.setting != "" {
			name += " (" + r.setting + ")"
		}
		against := "–"
		if base != nil && base != r {
			d, half := paired(r.costs(), base.costs())
			against = fmt.Sprintf("%+.1f ± %.1f", d, half)
		}
		fmt.Fprintf(w, "| %s | %d | %.1f | **%.1f** | %s |", name, len(r.tried), r.trained, mean(r.costs()), against)
		for _, c := range columns() {
			if v := r.mean(c); v < 0 || math.IsNaN(v) {
				fmt.Fprint(w, " – |")
			} else {
				fmt.Fprintf(w, " "+c.format+" |", v)
			}
		}
		fmt.Fprintln(w)
	}
	e.printPairs(w)
}

// printPairs compares the best of each kind, by the training seeds, with each
// other.
func (e *evaluation) printPairs(w io.Writer) {
	best := [reference]*row{}
	for i := range e.rows {
		r := &e.rows[i]
		if r.kind < reference && (best[r.kind] == nil || r.trained < best[r.kind].trained) {
			best[r.kind] = r
		}
	}
	fmt.Fprint(w, "\n| pair, best on the training seeds | cost | of it | on time, points | promise error |\n|---|---|---|---|---|\n")
	for _, p := range [][2]kind{{byTaktLP, byRule}, {byTakt, byRule}, {byTaktLP, byTakt}} {
		a, b := best[p[0]], best[p[1]]
		if a == nil || b == nil {
			continue
		}
		cost, costHalf := paired(a.costs(), b.costs())
		onTime := func(o *outcome) float64 { return 100 * o.onTime }
		points, pointsHalf := paired(a.values(onTime), b.values(onTime))
		promise := func(o *outcome) float64 { return o.promise }
		fmt.Fprintf(w, "| %s − %s | %+.1f ± %.1f | %+.1f %% | %+.1f ± %.1f | %.2f : %.2f |\n", a.strategy, b.strategy,
			cost, costHalf, 100*cost/mean(b.costs()), points, pointsHalf, mean(a.values(promise)), mean(b.values(promise)))
	}
}

func (e *evaluation) find(strategy string) *row {
	for i := range e.rows {
		if e.rows[i].strategy == strategy {
			return &e.rows[i]
		}
	}
	return nil
}

// write puts every run into a CSV file: those of all settings on the training
// seeds, and of the chosen ones on the others.
func (e *evaluation) write(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	w := csv.NewWriter(f)
	head := []string{"strategy", "setting", "part", "seed", "cost"}
	for _, c := range columns() {
		head = append(head, c.title)
	}
	w.Write(head)
	for i := range e.rows {
		r := &e.rows[i]
		for _, x := range r.tried {
			writeRuns(w, r.strategy, x.setting, "training", firstTraining, x.runs)
		}
		writeRuns(w, r.strategy, r.setting, "held out", firstHeldOut, r.runs)
	}
	w.Flush()
	return w.Error()
}

func writeRuns(w *csv.Writer, strategy, setting, part string, seed int, runs []outcome) {
	for k := range runs {
		line := []string{strategy, setting, part, fmt.Sprint(seed + k), fmt.Sprint(runs[k].cost)}
		for _, c := range columns() {
			line = append(line, fmt.Sprint(c.of(&runs[k])))
		}
		w.Write(line)
	}
}
