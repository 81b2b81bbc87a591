package traps

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/release"
	"github.com/taktplan/takt/schedule/verify"
)

// A trap is a problem and the best service that any plan has: "on time", or
// what is late and short of each priority.
type trap struct {
	title string
	p     *schedule.Problem
	best  string
}

// traps reads the cases in testdata: a title, why it is a trap, the problem in
// the language of package scenario, and the best service.
func traps(t *testing.T) (list []trap) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, c := range strings.Split(string(text), "\n== ")[1:] {
			title, body, _ := strings.Cut(c, "\n")
			_, body, _ = strings.Cut(body, "\n") // why it is one
			problem, best, found := strings.Cut(body, "\n----\n")
			require.True(t, found, "%s: no line ----", title)
			p, _, err := scenario.Parse(problem)
			require.NoError(t, err, title)
			require.NoError(t, p.Validate(), title)
			list = append(list, trap{title, p, strings.TrimSpace(best)})
		}
	}
	return list
}

// The planner finds the best service in every trap, with a plan that is
// allowed.
func TestPlannerSolvesAll(t *testing.T) {
	list := traps(t)
	require.GreaterOrEqual(t, len(list), 40)
	for _, c := range list {
		t.Run(c.title, func(t *testing.T) {
			r, err := heuristic.Plan(context.Background(), c.p, heuristic.Options{MaxSteps: 5000})
			require.NoError(t, err)
			assert.Empty(t, verify.Check(c.p, r.Plan))
			assert.Equal(t, c.best, serviceOf(c.p, r.Plan).String(), "\n%s", scenario.Format(r.Plan))
		})
	}
}

// What is stated as best is the best: nothing is better than on time, and the
// rest is enumerated.
func TestBestIsBest(t *testing.T) {
	enumerated := 0
	for _, c := range traps(t) {
		if !enumerable(c.p) {
			assert.Equal(t, "on time", c.best, c.title)
			continue
		}
		best, plan, complete := enumerate(c.p, 300_000)
		if !complete {
			assert.Equal(t, "on time", c.best, c.title)
			t.Logf("too large to enumerate: %s", c.title)
			continue
		}
		enumerated++
		if !hasAlternates(c.p) {
			assert.Empty(t, verify.Check(c.p, plan), c.title)
		}
		assert.Equal(t, c.best, best.String(), c.title)
	}
	t.Logf("%d enumerated", enumerated)
	assert.GreaterOrEqual(t, enumerated, 20)
}

// The traps are traps: a planner that serves line after line and stops there
// falls into most of them, and so do plain material requirements planning,
// whose plans overload machines, and serving the lines one after the other
// with what is left of stock and capacity.
func TestTrapsBite(t *testing.T) {
	list := traps(t)
	onePass, mrp := 0, 0
	for _, c := range list {
		r, err := heuristic.Plan(context.Background(), c.p, heuristic.Options{MaxSteps: -1})
		require.NoError(t, err)
		if serviceOf(c.p, r.Plan).String() != c.best {
			onePass++
		} else {
			t.Logf("one pass is enough: %s", c.title)
		}
		r, err = heuristic.Plan(context.Background(), c.p, heuristic.Options{Mode: heuristic.Infinite, MaxSteps: -1})
		require.NoError(t, err)
		if serviceOf(c.p, r.Plan).String() != c.best || len(verify.Check(c.p, r.Plan)) > 0 {
			mrp++
		}
	}
	t.Logf("of %d traps, one pass falls into %d and plain MRP into %d", len(list), onePass, mrp)
	assert.GreaterOrEqual(t, onePass, len(list)/2)
	assert.GreaterOrEqual(t, mrp, len(list)/2)
}

// The planner that looks at the whole does no worse.
func TestReleaseSolvesAll(t *testing.T) {
	for _, c := range traps(t) {
		t.Run(c.title, func(t *testing.T) {
			r, err := release.Plan(context.Background(), c.p, release.Options{MaxSteps: 5000})
			require.NoError(t, err)
			assert.Empty(t, verify.Check(c.p, r.Plan))
			assert.Equal(t, c.best, serviceOf(c.p, r.Plan).String(), "\n%s", scenario.Format(r.Plan))
		})
	}
}

// A service is what is late and short of lines of each priority.
type service map[int]shortfall

// A shortfall is what is late, in whole units × seconds, shortages counted to
// the end of the horizon, whole units never delivered, and lines with either.
type shortfall struct{ late, short, lines int64 }

// cost is what a shortfall costs by the prices of [schedule.OnTime], times the
// seconds of a day.
func (f shortfall) cost() int64 {
	o := schedule.OnTime()
	return f.late*o.Late + (f.lines*o.LateLine+f.short*o.Short)*24*3600
}

func serviceOf(p *schedule.Problem, plan *schedule.Plan) service {
	v := service{}
	for i := range p.Lines {
		l := &p.Lines[i]
		missing, f := int64(l.Qty), v[l.Priority]
		was := f.late
		for _, d := range plan.Deliveries {
			if d.Line == l.ID {
				missing -= int64(d.Qty)
				f.late += int64(d.Qty) * seconds(d.At.Sub(l.Due))
			}
		}
		f.late += missing * seconds(p.To.Sub(l.Due))
		f.short += missing
		if f.late > was {
			f.lines++
		}
		v[l.Priority] = f
	}
	return v
}

func seconds(d time.Duration) int64 { return int64(max(0, d) / time.Second) }

// String writes a service as testdata has it.
func (v service) String() string {
	var words []string
	for _, priority := range slices.Sorted(maps.Keys(v)) {
		f := v[priority]
		if f.late == 0 {
			continue
		}
		word := fmt.Sprintf("priority %d: %.5g unit-days late", priority, float64(f.late)/(24*3600))
		if f.short > 0 {
			word += fmt.Sprintf(", %d short", f.short)
		}
		words = append(words, word)
	}
	if words == nil {
		return "on time"
	}
	return strings.Join(words, "\n")
}
