package schedule_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

func TestLeft(t *testing.T) {
	const h, m = time.Hour, time.Minute
	piecewise := schedule.Mode{Setup: h, PerUnit: h}
	for _, c := range []struct {
		name       string
		step       schedule.Step
		mode       schedule.Mode
		qty        wip.Qty
		efficiency int
		state      *schedule.StepState
		setup, run time.Duration
	}{
		{"nothing known", schedule.Step{}, piecewise, 10, 0, nil, h, 10 * h},
		{"not begun", schedule.Step{}, piecewise, 10, 0, &schedule.StepState{}, h, 10 * h},
		{"begun", schedule.Step{}, piecewise, 10, 0, at(0, 0, 0), 0, 10 * h},
		{"in the setup", schedule.Step{}, piecewise, 10, 0, at(0, 20*m, h), 40 * m, 10 * h},
		{"after the setup", schedule.Step{}, piecewise, 10, 0, at(0, 90*m, h), 0, 9*h + 30*m},
		{"one piece in hand", schedule.Step{}, piecewise, 1, 0, at(0, 45*m, 0), 0, 15 * m},
		{"one piece, overdue", schedule.Step{}, piecewise, 1, 0, at(0, 90*m, 0), 0, time.Second},
		{"pieces out", schedule.Step{}, piecewise, 10, 0, at(4, 5*h, h), 0, 6 * h},
		{"pieces out, the fifth in hand", schedule.Step{}, piecewise, 10, 0, at(4, 5*h+15*m, h), 0, 5*h + 45*m},
		{"pieces out, slow", schedule.Step{}, piecewise, 10, 0, at(4, 9*h, h), 0, 5 * h},
		{"pieces out, fast", schedule.Step{}, piecewise, 10, 0, at(4, 2*h, h), 0, 6 * h},
		{"all out", schedule.Step{}, piecewise, 10, 0, at(10, 11*h, h), 0, 0},
		{"slow machine", schedule.Step{}, piecewise, 10, 500, at(4, 9*h+30*m, h), 0, 11*h + 30*m},
		{"a fixed time", schedule.Step{}, schedule.Mode{Fixed: 4 * h}, 10, 0, at(0, 3*h, 0), 0, h},
		{"a fixed time, something out", schedule.Step{}, schedule.Mode{Fixed: 4 * h, PerUnit: h}, 3, 0, at(1, 5*h, 0), 0, 2 * h},
		{"a fixed time at the end", schedule.Step{}, schedule.Mode{Fixed: 4 * h, PerUnit: h}, 3, 0, at(2, 2*h, 0), 0, 5 * h},
		{"batches", schedule.Step{Batch: 4}, schedule.Mode{PerBatch: 2 * h}, 10, 0, at(4, 3*h, 0), 0, 3 * h},
		{"the whole lot a batch", schedule.Step{}, schedule.Mode{PerBatch: 2 * h}, 10, 0, at(0, 90*m, 0), 0, 30 * m},
		{"transfer lots", schedule.Step{Transfer: 5}, piecewise, 20, 0, at(5, 5*h+3*h, 0), 0, 12 * h},
		{"put aside", schedule.Step{}, piecewise, 10, 0, &schedule.StepState{Progress: wip.Progress{Good: 4, Spent: 9 * h}}, h, 6 * h},
	} {
		lot := schedule.Processing{Step: &c.step, Mode: &c.mode, Qty: c.qty, Scale: 1, Efficiency: c.efficiency, Tick: time.Second}
		setup, run := lot.Left(c.state)
		assert.Equal(t, [2]time.Duration{c.setup, c.run}, [2]time.Duration{setup, run}, c.name)
	}
}

func at(good wip.Qty, spent, setup time.Duration) *schedule.StepState {
	return &schedule.StepState{Started: true, Setup: setup, Progress: wip.Progress{Good: good, Spent: spent}}
}

// Work that keeps to its standard never has more or less before it than the
// standard says, however often it is looked at.
func TestLeftOfWorkToStandard(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	minutes := func(n int64) time.Duration { return time.Duration(rng.Int64N(n)) * time.Minute }
	for range 2000 {
		m := schedule.Mode{Setup: minutes(60), Fixed: minutes(60), PerUnit: time.Minute + minutes(90)}
		lot := schedule.Processing{Step: &schedule.Step{}, Mode: &m, Qty: wip.Qty(1 + rng.Int64N(9)), Scale: 1, Tick: time.Minute}
		setup, run := lot.Time()
		spent := time.Duration(rng.Int64N(int64((setup + run) / time.Minute)))
		spent *= time.Minute
		good := wip.Qty(max(0, spent-setup-m.Fixed) / m.PerUnit)
		s, r := lot.Left(at(good, spent, setup))
		assert.Equal(t, setup+run-spent, s+r, "%+v %+v good %d spent %s", lot, m, good, spent)
	}
}
