package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/calendar"
)

func atUTC(d calendar.Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// planned returns the changes that a plan made of a snapshot asks for.
func planned(t *testing.T, s *snapshot) []change {
	o := settings{steps: 200, release: 3}
	p, err := readPlant("")
	require.NoError(t, err)
	zone, err := time.LoadLocation(p.Zone)
	require.NoError(t, err)
	now, err := o.now(zone)
	require.NoError(t, err)
	// Rows are copied: the fake's may change while changes are sent.
	c := *s
	c.orders, c.works = slices.Clone(s.orders), slices.Clone(s.works)
	m := newMapping(&c, p, zone, now)
	plan, err := makePlan(t.Context(), m, o.steps)
	require.NoError(t, err)
	return m.differences(plan, now.AddDate(0, 0, o.release))
}

// count returns how many outcomes are of each kind, those of none left out.
func count(list []outcome) map[kind]int {
	m := map[kind]int{}
	for _, o := range list {
		m[o.kind]++
	}
	return m
}

func find(t *testing.T, list []outcome, number string) outcome {
	i := slices.IndexFunc(list, func(o outcome) bool { return o.production.number == number })
	require.GreaterOrEqual(t, i, 0, "no outcome of production %s", number)
	return list[i]
}

// wanted returns changes made by hand: of 8 the dates, of 13 the centre of a
// work, of 15 the dates and a release, of 9 nothing, and of 14, which runs, the
// dates.
func wanted(f *fake) []change {
	day := func(d int) calendar.Date { return calendar.Date{Year: 2026, Month: time.December, Day: d} }
	to := func(id int64, start, end int, works ...int64) change {
		p := *f.production(id)
		c := change{production: &p, start: day(start), end: day(end), works: works}
		for _, w := range f.works {
			if w.production == id {
				c.known = append(c.known, w)
			}
		}
		return c
	}
	kept, works, release := to(9, 7, 10), to(13, 0, 0, 3, 2, 5), to(15, 1, 2, 2, 3, 5)
	works.start, works.end = dayOf(works.production.start), dayOf(works.production.end)
	release.release, release.centre = true, 1
	return []change{to(8, 3, 4), kept, works, to(14, 3, 4), release}
}

func TestFakeDryRunSendsNothing(t *testing.T) {
	f, c := newFake(t)
	list := publish(t.Context(), c, wanted(f), false)
	assert.Empty(t, f.sent)
	assert.Equal(t, map[kind]int{wouldSend: 3, unchanged: 1, started: 1}, count(list))
	assert.Equal(t, "planned date 2026-12-02, planned start date 2026-12-01, release", find(t, list, "15").text)
	assert.Equal(t, "work 1 to centre 3, work 2 to centre 2", find(t, list, "13").text)
}

// The order in which Tryton takes it, and not a call more.
func TestFakeOrder(t *testing.T) {
	f, c := newFake(t)
	list := publish(t.Context(), c, wanted(f), true)
	assert.Equal(t, map[kind]int{sent: 3, unchanged: 1, started: 1}, count(list))
	assert.Equal(t, []string{"write production 8", "write production.work 18", "write production.work 19",
		"write production 15", "draft production 15", "wait production 15", "write production.work 105", "write production.work 107"}, f.sent)
}

func TestFakePublishTwice(t *testing.T) {
	f, c := newFake(t)
	before := *f.production(14)
	changes := planned(t, f.snapshot)
	list := publish(t.Context(), c, changes, true)
	assert.Equal(t, 1, count(list)[started])
	assert.Equal(t, len(list)-1, count(list)[sent]+count(list)[unchanged], "%v", list)
	for _, x := range changes {
		if x.begun() {
			continue
		}
		p := f.production(x.production.id)
		assert.Equal(t, x.start, dayOf(p.start))
		assert.Equal(t, x.end, dayOf(p.end))
		if x.release {
			assert.Equal(t, "waiting", p.state)
		}
		i := 0
		for _, w := range f.works {
			if w.production == p.id {
				assert.Equal(t, x.works[i], w.centre)
				i++
			}
		}
		assert.Equal(t, p.state == "waiting", i > 0, "what is released has works: production %s", p.number)
	}
	assert.Equal(t, before, *f.production(14), "started work is not touched")

	f.sent = nil
	list = publish(t.Context(), c, planned(t, f.snapshot), true)
	assert.Empty(t, f.sent, "a second publish sends nothing")
	assert.Equal(t, map[kind]int{unchanged: len(list) - 1, started: 1}, count(list))
}

func TestFakeChangedBeforeIsSkipped(t *testing.T) {
	f, c := newFake(t)
	changes := wanted(f)
	p, w := f.production(8), f.work(18) // of production 13
	p.end.Time, p.stamp = p.end.Time.AddDate(0, 0, 5), f.tick()
	w.stamp = f.tick()
	foreman := *p
	f.production(15).state = "running"
	list := publish(t.Context(), c, changes, true)
	assert.Equal(t, changed, find(t, list, "8").kind)
	assert.Equal(t, changed, find(t, list, "13").kind, "a work was changed")
	assert.Equal(t, started, find(t, list, "15").kind)
	assert.Equal(t, foreman, *f.production(8), "what the foreman wrote stands")
	assert.Empty(t, f.sent)
}

// The shop may book work on a production that the ERP has not seen started.
func TestFakeBegunWork(t *testing.T) {
	f, c := newFake(t)
	changes := wanted(f)
	f.work(18).state = "finished"
	before := find(t, publish(t.Context(), c, wanted(f), true), "13")
	meanwhile := find(t, publish(t.Context(), c, changes, true), "13")
	assert.Equal(t, []kind{started, started}, []kind{before.kind, meanwhile.kind})
	assert.NotContains(t, f.sent, "write production.work 18")
	assert.NotContains(t, f.sent, "write production.work 19")
}

// Somebody writes between our reading and our writing: then the ERP's own lock
// has to hold.
func TestFakeChangedMeanwhileIsSkipped(t *testing.T) {
	f, c := newFake(t)
	changes := wanted(f)
	f.before = func(method string, id int64) any {
		if method == "model.production.write" && id == 8 || method == "model.production.wait" && id == 15 {
			f.production(id).stamp = f.tick()
		}
		return nil
	}
	list := publish(t.Context(), c, changes, true)
	assert.Equal(t, changed, find(t, list, "8").kind)
	assert.Equal(t, changed, find(t, list, "15").kind)
	assert.Equal(t, "draft", f.production(15).state)
}

// What a server says to one production, and what is made of it.
func TestFakeTrouble(t *testing.T) {
	for name, c := range map[string]struct {
		method string
		answer any
		kind   kind
		text   string
	}{
		"refused":       {"model.production.write", userError("The date is in a closed period."), refused, "The date is in a closed period."},
		"warning":       {"model.production.wait", rpcFailure{"UserWarning", []any{"key", "Are you sure?", ""}}, refused, "Are you sure?"},
		"exception":     {"model.production.write", rpcFailure{"'nosuch'", ""}, refused, "server error: 'nosuch'"},
		"lock":          {"model.production.write", conflict, changed, ""},
		"forbidden":     {"model.production.draft", http.StatusForbidden, failed, "model.production.draft: the server says 403 Forbidden"},
		"down":          {"model.production.read", http.StatusBadGateway, failed, "model.production.read: the server says 502 Bad Gateway"},
		"gone":          {"model.production.read", []any{}, refused, "production 15 is gone"},
		"silent write":  {"model.production.write", json.RawMessage("null"), noEffect, "the ERP did not do it: its dates are 2026-11-20 and 2026-11-23"},
		"silent button": {"model.production.wait", json.RawMessage("null"), noEffect, `the ERP did not do it: after "wait" its state is "draft"`},
		"bad centre":    {"model.production.work.write", userError("not valid according to its domain."), refused, "not valid according to its domain."},
		"silent work":   {"model.production.work.write", json.RawMessage("null"), noEffect, ""},
	} {
		t.Run(name, func(t *testing.T) {
			f, client := newFake(t)
			changes := wanted(f)
			f.before = func(method string, id int64) any {
				if w := f.work(id); method == c.method && (id == 15 || w != nil && w.production == 15 && method == "model.production.work.write") {
					return c.answer
				}
				return nil
			}
			list := publish(t.Context(), client, changes, true)
			o := find(t, list, "15")
			assert.Equal(t, c.kind, o.kind, o.text)
			if c.text != "" {
				assert.Equal(t, c.text, o.text)
			}
			assert.Equal(t, []kind{sent, unchanged, sent, started}, []kind{list[0].kind, list[1].kind, list[2].kind, list[3].kind}, "the others are published")
		})
	}
}

func TestFakeSessionExpires(t *testing.T) {
	f, c := newFake(t)
	changes := wanted(f)
	lost := map[int]bool{}
	f.before = func(method string, id int64) any {
		if len(f.sent)%2 == 1 && !lost[len(f.sent)] {
			lost[len(f.sent)] = true
			f.session = "another" // from the next call on
		}
		return nil
	}
	list := publish(t.Context(), c, changes, true)
	assert.Equal(t, map[kind]int{sent: 3, unchanged: 1, started: 1}, count(list))
	assert.Greater(t, f.logins, 2)
}

func TestFakeWrongPassword(t *testing.T) {
	_, c := newFake(t)
	c.password = "wrong"
	assert.ErrorContains(t, c.login(t.Context()), `does not know user "admin"`)
}

func TestFakeCancelled(t *testing.T) {
	f, c := newFake(t)
	changes := wanted(f)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	assert.Empty(t, publish(ctx, c, changes, true))
	assert.Empty(t, f.sent)
}

// The program itself, against the fake.
func TestFakeRun(t *testing.T) {
	f, c := newFake(t)
	t.Setenv("TRYTON_PASSWORD", "secret")
	o := settings{steps: 200, publish: c.url[:len(c.url)-len("tryton/")], database: "tryton", user: "admin", release: 3}
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), &out, o))
	assert.Empty(t, f.sent)
	assert.Contains(t, out.String(), "== Publishing")
	assert.Contains(t, out.String(), "\nsent: 0\n")
}

// TestServer lets a foreman and a planner work on a real server at the same
// time. Its address and a role that may read are given by the environment.
func TestServer(t *testing.T) {
	dsn, url := os.Getenv("TRYTON_DSN"), os.Getenv("TRYTON_URL")
	if dsn == "" || url == "" {
		t.Skip("TRYTON_DSN and TRYTON_URL name no server")
	}
	ctx := t.Context()
	planner, err := dial(ctx, url, "tryton", "admin", os.Getenv("TRYTON_PASSWORD"))
	require.NoError(t, err)
	foreman := newForeman(t, planner, url)
	o := settings{dsn: dsn, today: os.Getenv("TRYTON_TODAY"), steps: 2000, release: 28}
	read := func() (*mapping, []change) {
		m, err := load(ctx, o)
		require.NoError(t, err)
		plan, err := makePlan(ctx, m, o.steps)
		require.NoError(t, err)
		return m, m.differences(plan, m.problem.Now.AddDate(0, 0, o.release))
	}

	// The foreman moves three productions, and the planner makes a plan.
	_, changes := read()
	var mine []int64
	for _, c := range changes {
		if c.production.state == "waiting" && len(mine) < 3 {
			mine = append(mine, c.production.id)
		}
	}
	require.Len(t, mine, 3, "nothing was released: publish before")
	for _, id := range mine {
		foreman.move(id, 1)
	}
	_, changes = read()
	// Before it is published, he moves the first one again and starts the
	// second.
	foreman.move(mine[0], 2)
	foreman.start(mine[1])
	kept := []record{foreman.read(mine[0]), foreman.read(mine[1])}
	list := publish(ctx, planner, changes, true)

	kinds := map[int64]kind{}
	for _, x := range list {
		kinds[x.production.id] = x.kind
	}
	assert.Equal(t, changed, kinds[mine[0]])
	assert.Equal(t, started, kinds[mine[1]])
	assert.Equal(t, sent, kinds[mine[2]])
	assert.Equal(t, kept, []record{foreman.read(mine[0]), foreman.read(mine[1])}, "what the foreman did stands")
}

// A foreman is another user.
type foreman struct {
	t *testing.T
	*client
}

func newForeman(t *testing.T, admin *client, url string) foreman {
	login := time.Now().Format("foreman150405.000")
	user := map[string]any{"name": "Foreman", "login": login, "password": "kJ8-wet-floor", "company": 1,
		"companies": []any{[]any{"add", []int{1}}}, "groups": []any{[]any{"add", admin.context["groups"]}}}
	require.NoError(t, admin.call(t.Context(), "model.res.user.create", nil, nil, []any{user}))
	c, err := dial(t.Context(), url, "tryton", login, "kJ8-wet-floor")
	require.NoError(t, err)
	return foreman{t, c}
}

func (f foreman) read(id int64) record {
	s := sending{ctx: f.t.Context(), client: f.client, change: &change{production: &production{id: id}}}
	require.NoError(f.t, s.read())
	return s.record
}

// move puts a production some days later.
func (f foreman) move(id int64, days int) {
	r := f.read(id)
	values := map[string]any{"planned_start_date": date{r.Start.Add(days)}, "planned_date": date{r.End.Add(days)}}
	require.NoError(f.t, f.call(f.t.Context(), "model.production.write", nil, nil, []int64{id}, values))
}

// start reserves the material of a production and starts it.
func (f foreman) start(id int64) {
	for _, button := range []string{"assign_try", "run"} {
		require.NoError(f.t, f.call(f.t.Context(), "model.production."+button, nil, nil, []int64{id}))
	}
	require.Equal(f.t, "running", f.read(id).State)
}
