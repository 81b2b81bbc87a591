package heuristic_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
)

var rewrite = flag.Bool("rewrite", false, "write the plans found into testdata")

// Each file in testdata holds cases: a title, what it shows, a problem in the
// language of package scenario, and the plan that is expected. Instants of
// plans are hours and days from the start of the horizon, and every plan is
// allowed by the verifier.
func TestScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		cases := strings.Split(string(text), "\n== ")
		for i, c := range cases {
			if i == 0 && !strings.HasPrefix(c, "== ") {
				continue // the file's own introduction
			}
			cases[i] = runCase(t, strings.TrimPrefix(c, "== "))
			if i == 0 {
				cases[i] = "== " + cases[i]
			}
		}
		if *rewrite {
			require.NoError(t, os.WriteFile(name, []byte(strings.Join(cases, "\n== ")), 0o644))
		}
	}
}

// runCase runs one case and returns it with the plan found.
func runCase(t *testing.T, text string) string {
	title, body, _ := strings.Cut(text, "\n")
	problem, rest, found := strings.Cut(body, "\n----")
	require.True(t, found, "%s: no line ----", title)
	words, want, _ := strings.Cut(rest, "\n")
	var got string
	t.Run(title, func(t *testing.T) {
		p, _, err := scenario.Parse(problem)
		require.NoError(t, err)
		o := options(t, strings.Fields(words))
		r, err := heuristic.Plan(context.Background(), p, o)
		require.NoError(t, err)
		got = render(p, r.Plan)
		if o.Mode == heuristic.Finite {
			assert.Empty(t, verify.Check(p, r.Plan))
		}
		if !*rewrite {
			assert.Equal(t, strings.TrimSpace(want), strings.TrimSpace(got))
		}
	})
	return title + "\n" + problem + "\n----" + words + "\n" + got
}

func options(t *testing.T, words []string) heuristic.Options {
	o := heuristic.Options{MaxSteps: 1000}
	for _, w := range words {
		switch w {
		case "mrp":
			o.Mode = heuristic.Infinite
		case "forward":
			o.Direction = heuristic.Forward
		case "once":
			o.MaxSteps = -1
		default:
			t.Fatalf("unknown option %q", w)
		}
	}
	return o
}

// render writes what happens in a plan, and why promises are not kept.
func render(p *schedule.Problem, plan *schedule.Plan) string {
	var b strings.Builder
	for _, o := range plan.Orders {
		fmt.Fprintf(&b, "lot  %s %s %d %s release %s\n", o.ID, o.Routing, o.Qty, stretch(o.Start, o.End), instant(o.Release))
	}
	for _, o := range plan.Operations {
		fmt.Fprintf(&b, "op   %s/%s %s%s\n", o.Order, o.Step, stretch(o.Start, o.End), remarks(p, &o))
	}
	for _, o := range plan.Subcontracts {
		fmt.Fprintf(&b, "out  %s/%s %s %s\n", o.Order, o.Step, stretch(o.Start, o.End), o.Partner)
	}
	for _, q := range plan.Purchases {
		fmt.Fprintf(&b, "buy  %s %d %s\n", q.Supply, q.Qty, stretch(q.Order, q.Arrival))
	}
	for _, m := range plan.Transfers {
		fmt.Fprintf(&b, "move %s %s %d %s trips %d\n", m.Lane, m.Item, m.Qty, stretch(m.Departure, m.Arrive), m.Trips)
	}
	for _, d := range plan.Deliveries {
		fmt.Fprintf(&b, "ship %s %d %s\n", d.Line, d.Qty, instant(d.At))
	}
	for _, q := range plan.Promises {
		for _, c := range q.Why {
			fmt.Fprintf(&b, "why  %s: %s\n", q.Line, c)
		}
	}
	for _, u := range plan.Unplanned {
		fmt.Fprintf(&b, "not  %s%s %d: %s\n", u.Order, u.Item, u.Qty, u.Why[0])
	}
	return b.String()
}

// remarks are what an operation has beside the usual.
func remarks(p *schedule.Problem, o *schedule.Operation) string {
	var b strings.Builder
	if o.Mode > 0 {
		fmt.Fprintf(&b, " mode %d", o.Mode)
	}
	for _, r := range o.Resources {
		fmt.Fprintf(&b, " %s", r)
	}
	if o.Setup > 0 {
		fmt.Fprintf(&b, " setup %s", o.Setup)
	}
	for _, x := range []struct {
		is   bool
		word string
	}{{o.Overtime, "overtime"}, {o.Done, "done"}, {o.Started, "started"}} {
		if x.is {
			b.WriteString(" " + x.word)
		}
	}
	return b.String()
}

func stretch(from, to time.Time) string { return instant(from) + " - " + instant(to) }

// instant writes 1d06:30, or 06:30 on the first day.
func instant(t time.Time) string {
	d := t.Sub(scenario.Start())
	days, rest := d/(24*time.Hour), d%(24*time.Hour)
	clock := fmt.Sprintf("%02d:%02d", int(rest.Hours()), int(rest.Minutes())%60)
	if s := int(rest.Seconds()) % 60; s != 0 {
		clock += fmt.Sprintf(":%02d", s)
	}
	if days == 0 {
		return clock
	}
	return fmt.Sprintf("%dd%s", days, clock)
}
