package core

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// randomCalendar has windows of 1 to 6 ticks, some touching, some with rates.
func randomCalendar(rng *rand.Rand) Calendar {
	var c Calendar
	rated := rng.IntN(2) == 0
	for t := rng.Int64N(4); len(c.From) < 6; {
		to := t + 1 + rng.Int64N(6)
		c.From, c.To = append(c.From, t), append(c.To, to)
		if rated {
			c.Rate = append(c.Rate, 200+rng.Int32N(1500))
		}
		t = to + rng.Int64N(4)
	}
	return c
}

// twin answers tick by tick.
type twin struct{ rate []int64 }

func newTwin(c *Calendar) twin {
	w := twin{make([]int64, 200)}
	for i := range c.From {
		for t := c.From[i]; t < c.To[i]; t++ {
			w.rate[t] = 1000
			if c.Rate != nil {
				w.rate[t] = int64(c.Rate[i])
			}
		}
	}
	return w
}

func (w twin) earliest(x, work int64, pausable bool) (int64, int64) {
	for s := x; s < int64(len(w.rate)); s++ {
		if w.rate[s] == 0 {
			continue
		}
		done := int64(0)
		for t := s; t < int64(len(w.rate)) && (pausable || w.rate[t] > 0); t++ {
			if done += w.rate[t]; done >= work*1000 {
				return s, t + 1
			}
		}
	}
	return Never, Never
}

func (w twin) latest(x, work int64, pausable bool) (int64, int64) {
	for s := x - 1; s >= 0; s-- {
		if from, end := w.earliest(s, work, pausable); from == s && end <= x {
			return from, end
		}
	}
	return -1, -1
}

func TestTimelineAgainstTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		c := randomCalendar(rng)
		line, w := newTimeline(&c), newTwin(&c)
		for range 60 {
			x, work, pausable := rng.Int64N(50), 1+rng.Int64N(8), rng.IntN(2) == 0
			s, e := line.Earliest(x, work, pausable)
			ws, we := w.earliest(x, work, pausable)
			require.Equal(t, [2]int64{ws, we}, [2]int64{s, e}, "earliest %d of %d, %v: %+v", work, x, pausable, c)
			s, e = line.Latest(x, work, pausable)
			ws, we = w.latest(x, work, pausable)
			require.Equal(t, [2]int64{ws, we}, [2]int64{s, e}, "latest %d of %d, %v: %+v", work, x, pausable, c)
		}
	}
}

func TestCommonWindows(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		a, b := randomCalendar(rng), randomCalendar(rng)
		c := common(&a, &b)
		wa, wb, wc := newTwin(&a), newTwin(&b), newTwin(&c)
		for x := range wc.rate {
			want := int64(0)
			if wb.rate[x] > 0 {
				want = wa.rate[x]
			}
			require.Equal(t, want, wc.rate[x])
		}
	}
}

func TestNoTimelineWorksAlways(t *testing.T) {
	var line *Timeline
	s, e := line.Earliest(3, 4, false)
	require.Equal(t, [2]int64{3, 7}, [2]int64{s, e})
	s, e = line.Latest(3, 4, true)
	require.EqualValues(t, -1, s, e)
	require.EqualValues(t, 5, line.Next(5))
}

// plant is a model with one of everything, and a schedule that keeps it.
func plant(t *testing.T) (*Model, *Schedule) {
	var b Builder
	shifts := b.AddCalendar(Calendar{From: []int64{0, 20}, To: []int64{10, 60}})
	table := b.AddSetup(SetupTable{Families: 3, Time: []int64{0, 2, Never, 3, 0, 1, 1, 1, 0}, Cost: []int64{0, 5, 0, 7, 0, 1, 1, 1, 0}})
	saw := Machine
	saw.Calendar, saw.Setup, saw.Initial = shifts, table, 0
	b.AddResource(saw)
	b.AddResource(Machine)
	b.AddResource(Resource{Capacity: 2, Calendar: -1, Setup: -1, Initial: -1})
	j := b.AddJob(Job{Release: 1, Due: 20, Deadline: 50, Tardiness: 3, Late: 10, Flow: 1})
	k := b.AddJob(Job{Due: 60, Deadline: Never, Earliness: 2})

	b.AddOp(j, 0) // 0: [1, 6) on the saw after a changeover of 2
	b.AddMode(3, Need{0, 1}, Need{2, 1})
	b.SetFamily(0, 1)
	b.AddOp(j, Pausable) // 1: [6, 21) on the saw, over the break
	b.AddMode(5, Need{0, 1})
	b.SetFamily(1, 1)
	b.Follow(0, 1)
	b.AddOp(j, Blocking) // 2: [21, 24) on machine 1, held until 30
	b.AddMode(3, Need{1, 1}, Need{2, 2})
	b.AddArc(Arc{From: 1, To: 2, Max: 4})
	b.AddOp(j, 0) // 3: [30, 33) on the saw
	b.AddMode(9, Need{1, 1})
	b.AddMode(3, Need{0, 1})
	b.SetRelease(3, 28)
	b.Follow(2, 3)
	b.AddOp(k, 0) // 4: [30, 34) on machine 1, frozen
	b.AddMode(4, Need{1, 1})
	b.Fix(4, 30, 0)
	b.SetObjective(Objective{Makespan: 2, Setup: 4, SetupCost: 1})
	m, err := b.Build()
	require.NoError(t, err)
	return m, &Schedule{
		Mode:  []int32{0, 0, 0, 1, 0},
		Start: []int64{1, 6, 21, 30, 30},
		End:   []int64{6, 21, 24, 33, 34},
	}
}

func TestEvaluate(t *testing.T) {
	m, s := plant(t)
	require.Empty(t, m.Check(s))
	// Job 0 ends at 33: 13 late, 32 of flow; job 1 ends 26 early. One
	// changeover of 2 that costs 5.
	require.Equal(t, Cost{Value: 2*34 + 3*13 + 10 + 32 + 2*26 + 4*2 + 5}, m.Evaluate(s))
	s.Start[4] = -1
	require.Equal(t, 1, m.Evaluate(s).Missing)
}

func TestEvaluateDoesNotOverflow(t *testing.T) {
	var b Builder
	b.AddResource(Machine)
	b.AddOp(b.AddJob(Job{Due: 0, Deadline: Never, Tardiness: math.MaxInt64}), 0)
	b.AddMode(1000, Need{0, 1})
	m, err := b.Build()
	require.NoError(t, err)
	require.Equal(t, int64(math.MaxInt64), m.Evaluate(&Schedule{Mode: []int32{0}, Start: []int64{0}, End: []int64{1000}}).Value)
}

// TestCheckFindsEachViolation spoils the good schedule in one way at a time.
func TestCheckFindsEachViolation(t *testing.T) {
	for kind, spoil := range map[ViolationKind]func(*Model, *Schedule){
		Missing:    func(_ *Model, s *Schedule) { s.Start[3] = -1 },
		BadMode:    func(_ *Model, s *Schedule) { s.Mode[3] = 2 },
		Released:   func(m *Model, _ *Schedule) { m.OpRelease[3] = 31 },
		Moved:      func(_ *Model, s *Schedule) { s.Start[4], s.End[4] = 34, 38 },
		Idle:       func(_ *Model, s *Schedule) { s.Start[1] = 11 },
		Broken:     func(m *Model, _ *Schedule) { m.OpFlags[1] = 0 },
		Unfinished: func(_ *Model, s *Schedule) { s.End[3] = 32 },
		Overdone:   func(_ *Model, s *Schedule) { s.End[3] = 34 },
		TooSoon:    func(m *Model, _ *Schedule) { m.Arcs[1].Min = 1 },
		TooLate:    func(_ *Model, s *Schedule) { s.Start[2], s.End[2] = 26, 29 },
		Capacity:   func(_ *Model, s *Schedule) { s.Mode[3], s.End[3] = 0, 39 },
		Sequence:   func(_ *Model, s *Schedule) { s.Start[1], s.End[1] = 5, 10 },
		Forbidden:  func(m *Model, _ *Schedule) { m.OpFamily[0] = 2 },
		Deadline:   func(m *Model, _ *Schedule) { m.Jobs[0].Deadline = 32 },
	} {
		m, s := plant(t)
		spoil(m, s)
		var kinds []ViolationKind
		for _, v := range m.Check(s) {
			require.NotEmpty(t, v.String())
			kinds = append(kinds, v.Kind)
		}
		require.Contains(t, kinds, kind, violationNames[kind])
	}
}

// TestBlockedMachineIsHeld starts something where a blocking operation still
// stands.
func TestBlockedMachineIsHeld(t *testing.T) {
	m, s := plant(t)
	m.FixedStart[4] = 25
	s.Start[4], s.End[4] = 25, 29
	require.Equal(t, []Violation{{Capacity, 4, 1, 1, 2}}, m.Check(s))
	m.OpFlags[2] = 0
	require.Empty(t, m.Check(s))
}

func TestBuildListsAllMistakes(t *testing.T) {
	var b Builder
	b.AddResource(Resource{Capacity: 0, Calendar: 3, Setup: -1})
	b.AddCalendar(Calendar{From: []int64{5}, To: []int64{5}})
	b.AddSetup(SetupTable{Families: 2, Time: []int64{1}})
	b.AddJob(Job{Release: -1, Tardiness: -1})
	_, err := b.Build()
	for _, part := range []string{"capacity 0", "no calendar 3", "window 0", "not 2 × 2", "release -1", "price is negative"} {
		require.ErrorContains(t, err, part)
	}

	b = Builder{}
	b.AddResource(Machine)
	o := b.AddOp(b.AddJob(Job{}), 0)
	b.AddMode(-4, Need{7, 1})
	b.AddArc(Arc{From: o, To: 9})
	_, err = b.Build()
	for _, part := range []string{"work -4", "no resource 7", "no such operations 0 and 9"} {
		require.ErrorContains(t, err, part)
	}
}

func TestBuildFindsCyclesAndClashes(t *testing.T) {
	ring := func(frozen bool) error {
		var b Builder
		r := b.AddResource(Machine)
		j := b.AddJob(Job{Deadline: Never})
		for range 3 {
			b.AddOp(j, 0)
			b.AddMode(2, Need{r, 1})
		}
		b.Follow(0, 1)
		b.Follow(1, 2)
		if frozen {
			b.Fix(0, 0, 0)
			b.Fix(1, 1, 0)
		} else {
			b.Follow(2, 1)
		}
		_, err := b.Build()
		return err
	}
	require.ErrorContains(t, ring(false), "cycle")
	require.ErrorContains(t, ring(true), "frozen operations clash")
}

func TestShape(t *testing.T) {
	build := func(change func(b *Builder)) Shape {
		var b Builder
		r := b.AddResource(Machine)
		b.AddResource(Machine)
		j := b.AddJob(Job{Due: Never, Deadline: Never})
		for range 2 {
			b.AddOp(j, 0)
			b.AddMode(2, Need{r, 1})
		}
		b.Follow(0, 1)
		change(&b)
		m, err := b.Build()
		require.NoError(t, err)
		return m.Shape()
	}
	require.Equal(t, JobShop, build(func(*Builder) {}))
	require.Equal(t, Flexible, build(func(b *Builder) { b.AddMode(3, Need{1, 1}) }))
	require.Equal(t, General, build(func(b *Builder) { b.Fix(0, 0, 0) }))
	require.Equal(t, General, build(func(b *Builder) { b.AddOp(0, 0); b.AddMode(1, Need{0, 1}); b.Follow(0, 2) }))
	require.Equal(t, General, build(func(b *Builder) { b.AddMode(1, Need{0, 1}, Need{1, 1}) }))
}

func TestUnitsOfTheFirstNeed(t *testing.T) {
	for _, units := range [][]int32{{3, 1}, {1, 3}, {3, 2, 1}, {1, 1}} {
		var b Builder
		pool := Machine
		pool.Capacity = 4
		r := b.AddResource(pool)
		job := b.AddJob(Job{Due: Never, Deadline: Never})
		for _, n := range units {
			b.AddOp(job, 0)
			b.AddMode(1, Need{Resource: r, Units: n})
		}
		m, err := b.Build()
		require.NoError(t, err)
		for k, n := range units {
			require.Equal(t, n, m.Units(int32(k)), "%v", units)
		}
	}
}
