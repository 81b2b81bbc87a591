package capacity

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/calendar"
)

const h = time.Hour

var monday = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func at(hours int) time.Time { return monday.Add(time.Duration(hours) * h) }

// twoShifts works from 6 to 22, the last two hours as overtime.
var twoShifts = calendar.Calendar{ID: "two", Patterns: []calendar.Pattern{{Weeks: []calendar.Week{calendar.EveryDay(
	calendar.Shift{Start: 6 * h, End: 20 * h},
	calendar.Shift{Start: 20 * h, End: 22 * h, Overtime: true},
)}}}}

func TestLevels(t *testing.T) {
	tl, err := twoShifts.Expand(at(0), at(72))
	require.NoError(t, err)
	r := Resource{ID: "mill", Units: 3, Efficiency: 900, From: at(8), To: at(56), Maintenance: []Outage{
		{From: at(10), To: at(30), Units: 1}, {From: at(12), To: at(14), Units: 1}, {From: at(13), To: at(15)},
	}}
	var got []string
	for _, l := range r.Levels(tl) {
		got = append(got, fmt.Sprintf("%d %s-%s rate %d overtime %v", l.Units, l.From.Format("02 15"), l.To.Format("15"), l.Rate, l.Overtime))
	}
	assert.Equal(t, []string{
		"3 23 08-10 rate 900 overtime false",
		"2 23 10-12 rate 900 overtime false",
		"1 23 12-13 rate 900 overtime false", // 13 to 15: all out
		"2 23 15-20 rate 900 overtime false",
		"2 23 20-22 rate 900 overtime true",
		"3 24 06-20 rate 900 overtime false",
		"3 24 20-22 rate 900 overtime true",
		"3 25 06-08 rate 900 overtime false",
	}, got)
}

func TestLookup(t *testing.T) {
	table := ChangeoverTable{ID: "paint", Default: Changeover{Time: 9 * h}, Entries: []Changeover{
		{From: "white", To: "black", Time: 1 * h, Cost: 5},
		{From: "", To: "black", Time: 2 * h},
		{From: "black", To: "", Time: 3 * h},
		{From: "black", To: "white", Forbidden: true},
		{From: "red", To: "red", Time: 4 * h},
	}}
	cases := []struct {
		from, to Family
		want     Changeover
	}{
		{"white", "black", Changeover{Time: 1 * h, Cost: 5}},
		{"red", "black", Changeover{Time: 2 * h}}, {"", "black", Changeover{Time: 2 * h}},
		{"black", "red", Changeover{Time: 3 * h}}, {"black", "white", Changeover{Forbidden: true}},
		{"black", "black", Changeover{}}, {"red", "red", Changeover{Time: 4 * h}},
		{"white", "red", Changeover{Time: 9 * h}}, {"", "white", Changeover{Time: 9 * h}}, {"white", "", Changeover{}},
	}
	families := []Family{"", "white", "black", "red"}
	matrix := table.Matrix(families)
	for _, c := range cases {
		c.want.From, c.want.To = c.from, c.to
		assert.Equal(t, c.want, table.Lookup(c.from, c.to))
	}
	for i, from := range families {
		for j, to := range families {
			assert.Equal(t, table.Lookup(from, to), matrix[i*len(families)+j])
		}
	}
}

// Overloads against a look at every hour.
func TestOverloadsHourByHour(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	span := func() (time.Time, time.Time) { from := r.IntN(40); return at(from), at(from + 1 + r.IntN(15)) }
	for range 2000 {
		m := Resource{ID: "m", Units: 1 + r.IntN(4)}
		if r.IntN(3) == 0 {
			m.From, m.To = span()
		}
		for range r.IntN(4) {
			from, to := span()
			m.Maintenance = append(m.Maintenance, Outage{From: from, To: to, Units: r.IntN(3)})
		}
		var loads []Load
		for range r.IntN(8) {
			from, to := span()
			loads = append(loads, Load{Resource: "m", From: from, To: to, Units: r.IntN(3)})
		}
		var want []Overload
		for hour := range 60 {
			asked, there := int64(0), int64(m.Units)
			for _, l := range loads {
				if !at(hour).Before(l.From) && at(hour).Before(l.To) {
					asked += int64(max(1, l.Units))
				}
			}
			for _, o := range m.Maintenance {
				if !at(hour).Before(o.From) && at(hour).Before(o.To) {
					there -= int64(o.Units)
					if o.Units == 0 {
						there = math.MinInt32
					}
				}
			}
			if there < 0 || !m.ExistsAt(at(hour)) {
				there = 0
			}
			if asked <= there {
				continue
			}
			if n := len(want); n > 0 && want[n-1].To.Equal(at(hour)) {
				want[n-1].To, want[n-1].Excess = at(hour+1), max(want[n-1].Excess, asked-there)
			} else {
				want = append(want, Overload{"m", at(hour), at(hour + 1), asked - there})
			}
		}
		got, err := Overloads([]Resource{m}, loads)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func TestProfiles(t *testing.T) {
	resources := []Resource{
		{ID: "mill", Shop: "machining", Units: 2, Calendar: "two"},
		{ID: "oven", Shop: "heat", Units: 1},
		{ID: "lathe", Shop: "machining", Units: 1, Calendar: "two", Efficiency: 500},
	}
	loads := []Load{
		{Resource: "mill", From: at(18), To: at(24 + 8), Units: 2}, // 18-22, 6-8
		{Resource: "mill", From: at(6), To: at(7), Setup: true},
		{Resource: "oven", From: at(0), To: at(48)},
		{Resource: "mill", From: at(23), To: at(25)}, // at night
		{Resource: "lathe", From: at(6), To: at(16)}, // at half speed
	}
	profiles, err := Profiles(resources, []calendar.Calendar{twoShifts}, loads, []time.Time{at(0), at(24), at(48)})
	require.NoError(t, err)
	assert.Equal(t, []Period{
		{at(0), at(24), 28 * Hour, 4 * Hour, 10 * Hour, 1 * Hour},
		{at(24), at(48), 28 * Hour, 4 * Hour, 5 * Hour, 0},
	}, profiles[0].Periods)
	assert.Equal(t, []Period{{at(0), at(24), 24 * Hour, 0, 24 * Hour, 0}, {at(24), at(48), 24 * Hour, 0, 24 * Hour, 0}}, profiles[1].Periods)
	assert.Equal(t, []Period{{at(0), at(24), 7 * Hour, 1 * Hour, 5 * Hour, 0}, {at(24), at(48), 7 * Hour, 1 * Hour, 0, 0}}, profiles[2].Periods)

	shops := ByShop(profiles)
	assert.Equal(t, []ShopID{"machining", "heat"}, []ShopID{shops[0].Shop, shops[1].Shop})
	assert.Equal(t, Period{at(0), at(48), 70 * Hour, 10 * Hour, 20 * Hour, 1 * Hour}, shops[0].Total())
	assert.InDelta(t, 20.0/70, shops[0].Total().LoadFactor(), 1e-15)
	assert.Equal(t, []float64{5.0 / 7, 0}, profiles[2].LoadFactors())

	ranked := Bottlenecks(profiles)
	assert.Equal(t, []ResourceID{"oven", "lathe", "mill"}, []ResourceID{ranked[0].Resource, ranked[1].Resource, ranked[2].Resource})
	assert.Equal(t, at(0), ranked[1].Peak.From)
}

// Whatever the cuts, the periods add up to the whole.
func TestProfilesAddUp(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		resources := []Resource{{ID: "m", Units: 1 + r.IntN(5), Calendar: "two", Efficiency: 1 + r.IntN(2000)}}
		var loads []Load
		for range 10 {
			from := at(0).Add(time.Duration(r.Int64N(int64(90 * h))))
			loads = append(loads, Load{Resource: "m", From: from, To: from.Add(1 + time.Duration(r.Int64N(int64(30*h)))), Units: r.IntN(4), Setup: r.IntN(2) == 0})
		}
		cuts := []time.Time{at(0), at(200)}
		for range r.IntN(9) {
			cuts = append(cuts, at(0).Add(1+time.Duration(r.Int64N(int64(200*h-1)))))
		}
		slices.SortFunc(cuts, time.Time.Compare)
		whole, err := Profiles(resources, []calendar.Calendar{twoShifts}, loads, []time.Time{at(0), at(200)})
		require.NoError(t, err)
		parts, err := Profiles(resources, []calendar.Calendar{twoShifts}, loads, slices.Compact(cuts))
		require.NoError(t, err)
		want, got := whole[0].Total(), parts[0].Total()
		require.Equal(t, want.Required, got.Required)
		require.Equal(t, want.Setup, got.Setup)
		require.InDelta(t, float64(want.Available), float64(got.Available), float64(len(cuts)), "but for a millisecond a cut")
	}
}

func TestLoadFactorWithoutTime(t *testing.T) {
	assert.Zero(t, Period{}.LoadFactor())
	assert.True(t, math.IsInf(Period{Required: 1}.LoadFactor(), 1))
	assert.Equal(t, Work(1), Period{Required: 1}.Excess())
	assert.Empty(t, Bottlenecks(nil))
	assert.Zero(t, Profile{}.Total())
}

func TestWork(t *testing.T) {
	century := 100 * 366 * 24 * h
	assert.Equal(t, Work(MaxUnits*century.Milliseconds()), Of(MaxUnits, century))
	assert.Equal(t, Work(math.MaxInt64), atRate(MaxUnits, maxRate, math.MaxInt64))
	assert.Equal(t, Work(math.MaxInt64), Work(math.MaxInt64).plus(1))
	assert.Equal(t, 1.5, (90 * Minute).Hours())
}

// Each code by the smallest input that has just that mistake.
func TestCodes(t *testing.T) {
	ok := Resource{ID: "m", Units: 1}
	resource := func(change func(*Resource)) []Resource {
		r := ok
		change(&r)
		return []Resource{r}
	}
	cases := []struct {
		code      Code
		path      string
		resources []Resource
		tables    []ChangeoverTable
	}{
		{MissingID, "Resources[0].ID", resource(func(r *Resource) { r.ID = "" }), nil},
		{MissingID, "Changeovers[0].ID", nil, []ChangeoverTable{{}}},
		{DuplicateID, `Resources["m"].ID`, []Resource{ok, ok}, nil},
		{DuplicateID, `Changeovers["t"].ID`, nil, []ChangeoverTable{{ID: "t"}, {ID: "t"}}},
		{DuplicateID, `Changeovers["t"].Entries[1]`, nil, []ChangeoverTable{{ID: "t", Entries: []Changeover{{From: "a"}, {From: "a"}}}}},
		{UnknownID, `Resources["m"].Calendar`, resource(func(r *Resource) { r.Calendar = "c" }), nil},
		{UnknownID, `Resources["m"].Changeovers`, resource(func(r *Resource) { r.Changeovers = "c" }), nil},
		{UnknownID, `Resources["m"].Pools[0]`, resource(func(r *Resource) { r.Pools = []ResourceID{"p"} }), nil},
		{UnknownKind, `Resources["m"].Kind`, resource(func(r *Resource) { r.Kind = "robot" }), nil},
		{OutOfRange, `Resources["m"].Units`, resource(func(r *Resource) { r.Units = 0 }), nil},
		{OutOfRange, `Resources["m"].Units`, resource(func(r *Resource) { r.Units = MaxUnits + 1 }), nil},
		{OutOfRange, `Resources["p"].Units`, []Resource{{ID: "m", Units: 1, Pools: []ResourceID{"p"}}, {ID: "p", Units: 1}}, nil},
		{OutOfRange, `Resources["m"].Efficiency`, resource(func(r *Resource) { r.Efficiency = 10001 }), nil},
		{OutOfRange, `Resources["m"].CostPerHour`, resource(func(r *Resource) { r.CostPerHour = -1 }), nil},
		{OutOfRange, `Resources["m"].OvertimePerHour`, resource(func(r *Resource) { r.OvertimePerHour = -1 }), nil},
		{OutOfRange, `Resources["m"].Maintenance[0].Units`, resource(func(r *Resource) { r.Maintenance = []Outage{{at(0), at(1), -1, ""}} }), nil},
		{OutOfRange, `Changeovers["t"].Default.Time`, nil, []ChangeoverTable{{ID: "t", Default: Changeover{Time: -1}}}},
		{OutOfRange, `Changeovers["t"].Default`, nil, []ChangeoverTable{{ID: "t", Default: Changeover{From: "a"}}}},
		{BadRange, `Resources["m"].Maintenance[0].To`, resource(func(r *Resource) { r.Maintenance = []Outage{{at(1), at(1), 1, ""}} }), nil},
		{BadRange, `Resources["m"].To`, resource(func(r *Resource) { r.From, r.To = at(1), at(0) }), nil},
		{NestedPool, `Resources["m"].Pools[0]`, []Resource{{ID: "a", Units: 1, Pools: []ResourceID{"m"}}, {ID: "m", Pools: []ResourceID{"p"}}, {ID: "p"}}, nil},
	}
	for _, c := range cases {
		requireOne(t, c.code, c.path, Validate(c.resources, c.tables, nil))
	}
	assert.NoError(t, Validate(resource(func(*Resource) {}), nil, nil))

	pool := []Resource{{ID: "m", Units: 1, Pools: []ResourceID{"p"}}, {ID: "p"}}
	for _, c := range []struct {
		code Code
		path string
		load Load
	}{
		{UnknownID, "Loads[0].Resource", Load{Resource: "x", From: at(0), To: at(1)}},
		{LoadOnPool, "Loads[0].Resource", Load{Resource: "p", From: at(0), To: at(1)}},
		{BadRange, "Loads[0].To", Load{Resource: "m", From: at(0), To: at(0)}},
		{OutOfRange, "Loads[0].Units", Load{Resource: "m", From: at(0), To: at(1), Units: -1}},
	} {
		_, err := Overloads(pool, []Load{c.load})
		requireOne(t, c.code, c.path, err)
		_, err = Profiles(pool, nil, []Load{c.load}, []time.Time{at(0), at(1)})
		requireOne(t, c.code, c.path, err)
	}
	_, err := Profiles(nil, nil, nil, []time.Time{at(1), at(0)})
	requireOne(t, BadRange, "Cuts[1]", err)
	_, err = Profiles(nil, nil, nil, nil)
	requireOne(t, OutOfRange, "Cuts", err)
}

func requireOne(t *testing.T, code Code, path string, err error) {
	t.Helper()
	var invalid *InvalidError
	require.ErrorAs(t, err, &invalid, "%s %s", code, path)
	require.Len(t, invalid.Issues, 1, "%v", invalid.Issues)
	require.Equal(t, code, invalid.Issues[0].Code)
	require.Equal(t, path, invalid.Issues[0].Path)
}

func TestMembers(t *testing.T) {
	resources := []Resource{{ID: "ann", Units: 1, Pools: []ResourceID{"fitters"}}, {ID: "fitters"}, {ID: "bob", Units: 1, Pools: []ResourceID{"welders", "fitters"}}}
	assert.Equal(t, []int{0, 2}, Members(resources, "fitters"))
	assert.Nil(t, Members(resources, "ann"))
}

func BenchmarkProfiles(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	resources := make([]Resource, 100)
	for i := range resources {
		resources[i] = Resource{ID: ResourceID(fmt.Sprint(i)), Units: 2, Calendar: "two"}
	}
	loads := make([]Load, 100_000)
	for i := range loads {
		from := r.IntN(8000)
		loads[i] = Load{Resource: resources[r.IntN(100)].ID, From: at(from), To: at(from + 1 + r.IntN(48))}
	}
	var cuts []time.Time
	for d := 0; d <= 366; d++ {
		cuts = append(cuts, at(24*d))
	}
	for b.Loop() {
		if _, err := Profiles(resources, []calendar.Calendar{twoShifts}, loads, cuts); err != nil {
			b.Fatal(err)
		}
	}
}
