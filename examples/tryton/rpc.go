package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/taktplan/takt/calendar"
)

// A client speaks Tryton's JSON-RPC: POST to the address of the database, a
// method with parameters of which the last is the context.
type client struct {
	url, user, password string
	http                *http.Client
	session             string
	context             map[string]any // the user's preferences: company, language
}

// dial logs in.
func dial(ctx context.Context, server, database, user, password string) (*client, error) {
	c := &client{
		url: strings.TrimRight(server, "/") + "/" + database + "/", user: user, password: password,
		http: &http.Client{Timeout: time.Minute},
	}
	if err := c.login(ctx); err != nil {
		return nil, err
	}
	return c, c.call(ctx, "model.res.user.get_preferences", &c.context, nil, true)
}

func (c *client) login(ctx context.Context) error {
	c.session = ""
	params := []any{c.user, map[string]string{"password": c.password}, "en"}
	data, err := c.post(ctx, "common.db.login", params)
	if errors.Is(err, errSession) {
		return fmt.Errorf("tryton does not know user %q with this password", c.user)
	}
	if err != nil {
		return err
	}
	var id json.Number
	var key string
	if err := json.Unmarshal(data, &[]any{&id, &key}); err != nil {
		return fmt.Errorf("login: %w", err)
	}
	c.session = base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "%s:%s:%s", c.user, id, key))
	return nil
}

// call calls a method and decodes what it returns into result, unless that is
// nil. Locks, if any, name records and their stamps: if one of these has
// another stamp when the server writes it, nothing is written and the error is
// errChanged.
//
// A session ends after some minutes without calls. The server has then done
// nothing, so the call is made again after a new login.
func (c *client) call(ctx context.Context, method string, result any, locks map[string]string, params ...any) error {
	with := maps.Clone(c.context)
	if with == nil {
		with = map[string]any{}
	}
	if len(locks) > 0 {
		with["_timestamp"] = locks
	}
	params = append(params, with)
	data, err := c.post(ctx, method, params)
	if errors.Is(err, errSession) {
		if err = c.login(ctx); err == nil {
			data, err = c.post(ctx, method, params)
		}
	}
	if err != nil || result == nil {
		return err
	}
	return json.Unmarshal(data, result)
}

var (
	// errChanged: somebody else has written the record in the meantime.
	errChanged = errors.New("records were modified in the meantime")
	// errSession: there is no session, or no longer.
	errSession = errors.New("not logged in")
)

// A refusal is what the server says against a call, in the language of the
// user.
type refusal struct{ kind, text string }

func (e *refusal) Error() string { return e.text }

func (c *client) post(ctx context.Context, method string, params []any) (json.RawMessage, error) {
	body, err := json.Marshal(map[string]any{"id": 1, "method": method, "params": params})
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	if c.session != "" {
		r.Header.Set("Authorization", "Session "+c.session)
	}
	response, err := c.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusOK:
		return decode(response.Body)
	case http.StatusUnauthorized:
		return nil, errSession
	default:
		return nil, fmt.Errorf("%s: the server says %s", method, response.Status)
	}
}

// decode takes a response apart. Errors come with status 200, as a list of
// their kind and what they say.
func decode(r io.Reader) (json.RawMessage, error) {
	var answer struct {
		Result json.RawMessage
		Error  []json.RawMessage
	}
	if err := json.NewDecoder(r).Decode(&answer); err != nil {
		return nil, fmt.Errorf("the answer of the server: %w", err)
	}
	if len(answer.Error) == 0 {
		return answer.Result, nil
	}
	var kind, text string
	json.Unmarshal(answer.Error[0], &kind)
	switch kind {
	case "ConcurrencyException":
		return nil, errChanged
	case "UserError": // message, description, domain
		text = stringAt(answer.Error, 0)
	case "UserWarning": // name, message, description
		text = stringAt(answer.Error, 1)
	default: // an exception of the server, by its text
		text = "server error: " + kind
	}
	return nil, &refusal{kind, text}
}

// stringAt returns the i-th text of what an error says, which is its second
// part.
func stringAt(parts []json.RawMessage, i int) string {
	var list []any
	if len(parts) < 2 || json.Unmarshal(parts[1], &list) != nil || i >= len(list) {
		return "no reason given"
	}
	return fmt.Sprint(list[i])
}

// A date is a day as JSON-RPC has it; no day is null.
type date struct{ calendar.Date }

type dateJSON struct {
	Class string     `json:"__class__"`
	Year  int        `json:"year"`
	Month time.Month `json:"month"`
	Day   int        `json:"day"`
}

func (d date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(dateJSON{"date", d.Year, d.Month, d.Day})
}

func (d *date) UnmarshalJSON(b []byte) error {
	var x dateJSON
	err := json.Unmarshal(b, &x)
	d.Date = calendar.Date{Year: x.Year, Month: x.Month, Day: x.Day}
	return err
}
