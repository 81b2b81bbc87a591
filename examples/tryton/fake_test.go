package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A fake is a Tryton server as far as publishing sees it. It answers as
// Tryton 6.0 was seen to: errors come with status 200, a lost session is a
// bare 401, a button that does not fit the state does nothing and says
// nothing, and the server itself keeps nobody from writing started work.
type fake struct {
	*snapshot
	t       *testing.T
	session string
	logins  int
	clock   int
	sent    []string // methods called that write
	// before, if set, is called before each method and may answer in its
	// stead.
	before func(method string, id int64) (answer any)
}

// An rpcFailure is an error as Tryton writes it.
type rpcFailure []any

var conflict = rpcFailure{"ConcurrencyException", "Records were modified in the meanwhile"}

func userError(text string) rpcFailure { return rpcFailure{"UserError", []any{text, "", nil}} }

// newFake returns a server that has the tables of the example, and a client
// that is logged in.
func newFake(t *testing.T) (*fake, *client) {
	s, err := readTables(t.Context(), "WH")
	require.NoError(t, err)
	f := &fake{snapshot: s, t: t}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	c, err := dial(t.Context(), server.URL, "tryton", "admin", "secret")
	require.NoError(t, err)
	return f, c
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var call struct {
		Method string
		Params []json.RawMessage
	}
	require.NoError(f.t, json.NewDecoder(r.Body).Decode(&call))
	require.Equal(f.t, "/tryton/", r.URL.Path)
	if call.Method == "common.db.login" {
		f.login(w, call.Params)
		return
	}
	key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(r.Header.Get("Authorization"), "Session "))
	if string(key) != "admin:1:"+f.session {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	var result any
	if call.Method == "model.res.user.get_preferences" {
		result = map[string]any{"company": 1, "language": "en"}
	} else {
		result = f.model(call.Method, call.Params)
	}
	f.answer(w, result)
}

func (f *fake) login(w http.ResponseWriter, params []json.RawMessage) {
	if string(params[1]) != `{"password":"secret"}` {
		http.Error(w, "<!doctype html><title>401 Unauthorized</title>", http.StatusUnauthorized)
		return
	}
	f.logins++
	f.session = fmt.Sprint("session", f.logins)
	f.answer(w, []any{1, f.session})
}

func (f *fake) answer(w http.ResponseWriter, result any) {
	key := "result"
	switch x := result.(type) {
	case int:
		w.WriteHeader(x)
		return
	case rpcFailure:
		key = "error"
	}
	require.NoError(f.t, json.NewEncoder(w).Encode(map[string]any{"id": 1, key: result}))
}

// model calls a method of production or production.work on one record, or
// reads several.
func (f *fake) model(method string, params []json.RawMessage) any {
	var ids []int64
	f.decode(params[0], &ids)
	if f.before != nil {
		if answer := f.before(method, ids[0]); answer != nil {
			return answer
		}
	}
	model, name := method[len("model."):strings.LastIndex(method, ".")], method[strings.LastIndex(method, ".")+1:]
	if name == "read" {
		return f.read(model, ids)
	}
	f.sent = append(f.sent, fmt.Sprint(name, " ", model, " ", ids[0]))
	var context struct {
		Company   int
		Timestamp map[string]string `json:"_timestamp"`
	}
	f.decode(params[len(params)-1], &context)
	require.Equal(f.t, 1, context.Company, "the user's preferences are the context")
	stamp, ok := context.Timestamp[fmt.Sprintf("%s,%d", model, ids[0])]
	require.True(f.t, ok, "%s is not locked", method)
	if stamp != f.record(model, ids[0])["_timestamp"] {
		return conflict
	}
	switch {
	case name == "write" && model == "production":
		return f.writeProduction(f.production(ids[0]), params[1])
	case name == "write":
		return f.writeWork(f.work(ids[0]), params[1])
	}
	return f.press(f.production(ids[0]), name)
}

func (f *fake) decode(data json.RawMessage, to any) { require.NoError(f.t, json.Unmarshal(data, to)) }

func (f *fake) read(model string, ids []int64) any {
	var list []any
	for _, id := range slices.Backward(ids) { // in no order that one may trust
		r := f.record(model, id)
		if r == nil {
			return userError(fmt.Sprintf(`You are not allowed to read records "%d" of %q because of at least one of these rules:`, id, model))
		}
		list = append(list, r)
	}
	return list
}

// record returns a record as JSON, nil if there is none.
func (f *fake) record(model string, id int64) map[string]any {
	if model == "production.work" {
		if w := f.work(id); w != nil {
			return map[string]any{"id": id, "state": w.state, "_timestamp": w.stamp, "work_center": w.centre}
		}
		return nil
	}
	p := f.production(id)
	if p == nil {
		return nil
	}
	ids := []int64{}
	for _, w := range f.works {
		if w.production == id {
			ids = append(ids, w.id)
		}
	}
	return map[string]any{"id": id, "state": p.state, "_timestamp": p.stamp, "work_center": orNull(p.centre), "works": ids,
		"planned_start_date": date{dayOf(p.start)}, "planned_date": date{dayOf(p.end)}}
}

func orNull(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

func (f *fake) production(id int64) *production {
	for i := range f.orders {
		if f.orders[i].id == id {
			return &f.orders[i]
		}
	}
	return nil
}

func (f *fake) work(id int64) *work {
	for i := range f.works {
		if f.works[i].id == id {
			return &f.works[i]
		}
	}
	return nil
}

// tick returns the stamp of a change: a later one than all before.
func (f *fake) tick() string {
	f.clock++
	return fmt.Sprintf("1795500000.%06d", f.clock)
}

func (f *fake) writeProduction(p *production, data json.RawMessage) any {
	v := struct {
		Start   date   `json:"planned_start_date"`
		End     date   `json:"planned_date"`
		Routing *int64 `json:"routing"`
		Centre  *int64 `json:"work_center"`
	}{Start: date{dayOf(p.start)}, End: date{dayOf(p.end)}}
	f.decode(data, &v)
	p.start.Time, p.end.Time = atUTC(v.Start.Date), atUTC(v.End.Date)
	if v.Routing != nil {
		p.routing = *v.Routing
	}
	if v.Centre != nil {
		p.centre = *v.Centre
	}
	if p.routing != 0 && p.centre == 0 && p.state != "request" {
		return userError(`A value is required for field "Work Center" in "Production".`)
	}
	p.stamp = f.tick()
	return nil
}

func (f *fake) writeWork(w *work, data json.RawMessage) any {
	var v struct {
		Centre int64 `json:"work_center"`
	}
	f.decode(data, &v)
	if f.categoryOf(v.Centre) != f.operationOf(w.operation).category {
		return userError(`The value for field "Work Center" in "Production Work" is not valid according to its domain.`)
	}
	w.centre, w.stamp = v.Centre, f.tick()
	return nil
}

func (f *fake) categoryOf(id int64) int64 {
	i := slices.IndexFunc(f.centres, func(c centre) bool { return c.id == id })
	return f.centres[i].category
}

func (f *fake) operationOf(id int64) operation {
	i := slices.IndexFunc(f.operations, func(o operation) bool { return o.id == id })
	return f.operations[i]
}

// press presses a button: what does not fit the state is passed over.
func (f *fake) press(p *production, button string) any {
	switch {
	case button == "draft" && p.state == "request":
		p.state = "draft"
	case button == "wait" && p.state == "draft":
		p.state = "waiting"
		f.makeWorks(p)
	default:
		return nil
	}
	if p.routing != 0 && p.centre == 0 {
		return userError(`A value is required for field "Work Center" in "Production".`)
	}
	p.stamp = f.tick()
	return nil
}

// makeWorks makes one work for each step of the routing, on the last work
// centre of its category: Tryton draws lots.
func (f *fake) makeWorks(p *production) {
	for _, s := range f.steps {
		if s.routing != p.routing || p.routing == 0 {
			continue
		}
		w := work{id: int64(100 + len(f.works)), production: p.id, operation: s.operation, sequence: s.sequence, state: "request", stamp: f.tick()}
		for _, c := range f.centres {
			if c.category == f.operationOf(s.operation).category {
				w.centre = c.id
			}
		}
		f.works = append(f.works, w)
	}
}
