package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// An outcome is what became of one production.
type outcome struct {
	production *production
	kind       kind
	text       string
}

type kind string

const (
	unchanged kind = "unchanged"                  // the ERP has it so already
	wouldSend kind = "would send"                 // dry run
	sent      kind = "sent"                       // and read back
	started   kind = "started, left alone"        // the shop is at work on it
	changed   kind = "changed by others, skipped" // since the snapshot
	refused   kind = "refused"                    // by the ERP, with its reason
	noEffect  kind = "no effect"                  // the ERP said yes and did nothing
	failed    kind = "failed"                     // unknown: it shows in the next run
)

var kinds = []kind{unchanged, wouldSend, sent, started, changed, refused, noEffect, failed}

// publish sends changes, or with commit unset, finds out what would become of
// them. One production's trouble does not keep back the others; only when the
// context ends the rest is left out.
func publish(ctx context.Context, c *client, changes []change, commit bool) []outcome {
	var list []outcome
	for i := range changes {
		if ctx.Err() != nil {
			break
		}
		list = append(list, publishOne(ctx, c, &changes[i], commit))
	}
	return list
}

func publishOne(ctx context.Context, c *client, x *change, commit bool) outcome {
	o := outcome{production: x.production, kind: unchanged, text: x.String()}
	switch {
	case x.begun():
		o.kind = started
		return o
	case x.empty():
		return o
	}
	s := &sending{ctx: ctx, client: c, change: x}
	err := s.check()
	if err == nil && !commit {
		o.kind = wouldSend
		return o
	}
	if err == nil {
		err = s.send()
	}
	o.kind = kindOf(err)
	if err != nil && o.kind != started && o.kind != changed {
		o.text = err.Error()
	}
	return o
}

var (
	errStarted  = errors.New("the shop has started it")
	errNoEffect = errors.New("the ERP did not do it")
)

func kindOf(err error) kind {
	var r *refusal
	switch {
	case err == nil:
		return sent
	case errors.Is(err, errStarted):
		return started
	case errors.Is(err, errChanged):
		return changed
	case errors.Is(err, errNoEffect):
		return noEffect
	case errors.As(err, &r):
		return refused
	}
	return failed
}

// A sending is one change on its way, with the records as last read.
type sending struct {
	ctx    context.Context
	client *client
	change *change
	record record
	works  []record
}

// A record is a production or a work, as far as it matters here.
type record struct {
	ID     int64
	State  string
	Stamp  string `json:"_timestamp"`
	Start  date   `json:"planned_start_date"`
	End    date   `json:"planned_date"`
	Centre int64  `json:"work_center"`
	Works  []int64
}

const (
	productionModel = "production"
	workModel       = "production.work"
)

// check reads the production and its works, and compares them with the
// snapshot: nothing is sent for what somebody has changed or started since.
func (s *sending) check() error {
	if err := s.read(); err != nil {
		return err
	}
	if begun(s.record.State) || slices.ContainsFunc(s.works, func(r record) bool { return work{state: r.State}.begun() }) {
		return errStarted
	}
	if s.record.Stamp != s.change.production.stamp {
		return errChanged
	}
	same := slices.EqualFunc(s.works, s.change.known, func(r record, w work) bool { return r.ID == w.id && r.Stamp == w.stamp })
	if !same {
		return errChanged
	}
	return nil
}

// send publishes in the order that Tryton asks for: the production with its
// dates and what a release takes; the release, which makes the works and picks
// their centres at random; the centres of the works. Each step is locked by
// what was read before it, and read back after it.
func (s *sending) send() error {
	if err := s.write(); err != nil {
		return err
	}
	if err := s.release(); err != nil {
		return err
	}
	return s.assign()
}

func (s *sending) write() error {
	values := s.change.values()
	if len(values) == 0 {
		return nil
	}
	if err := s.call(productionModel, "write", s.record, values); err != nil {
		return err
	}
	if err := s.read(); err != nil {
		return err
	}
	if s.record.Start.Date != s.change.start || s.record.End.Date != s.change.end {
		return fmt.Errorf("%w: its dates are %s and %s", errNoEffect, s.record.Start, s.record.End)
	}
	return nil
}

// release presses the buttons that bring a production to the shop. A button
// that does not fit the state does nothing and says nothing.
func (s *sending) release() error {
	if !s.change.release {
		return nil
	}
	for _, step := range []struct{ from, button, to string }{
		{"request", "draft", "draft"},
		{"draft", "wait", "waiting"},
	} {
		if s.record.State != step.from {
			continue
		}
		if err := s.call(productionModel, step.button, s.record); err != nil {
			return err
		}
		if err := s.read(); err != nil {
			return err
		}
		if s.record.State != step.to {
			return fmt.Errorf("%w: after %q its state is %q", errNoEffect, step.button, s.record.State)
		}
	}
	return nil
}

// assign moves works to the centres of the plan.
func (s *sending) assign() error {
	moves := false
	for i, w := range s.works {
		centre, ok := s.change.moved(i, w.Centre)
		if !ok {
			continue
		}
		if err := s.call(workModel, "write", w, map[string]any{"work_center": centre}); err != nil {
			return err
		}
		moves = true
	}
	if !moves {
		return nil
	}
	if err := s.read(); err != nil {
		return err
	}
	for i, w := range s.works {
		if centre, ok := s.change.moved(i, w.Centre); ok {
			return fmt.Errorf("%w: work %d is on centre %d, not %d", errNoEffect, i+1, w.Centre, centre)
		}
	}
	return nil
}

// call calls a method on a record, locked by its stamp.
func (s *sending) call(model, method string, r record, arguments ...any) error {
	lock := map[string]string{model + "," + strconv.FormatInt(r.ID, 10): r.Stamp}
	params := append([]any{[]int64{r.ID}}, arguments...)
	return s.client.call(s.ctx, "model."+model+"."+method, nil, lock, params...)
}

// read reads the production and its works.
func (s *sending) read() error {
	list, err := s.records(productionModel, []int64{s.change.production.id},
		"state", "_timestamp", "planned_start_date", "planned_date", "work_center", "works")
	if err != nil {
		return err
	}
	s.record, s.works = list[0], nil
	if len(s.record.Works) > 0 {
		s.works, err = s.records(workModel, s.record.Works, "state", "_timestamp", "work_center")
	}
	return err
}

// records reads records in the order of their IDs.
func (s *sending) records(model string, ids []int64, fields ...string) ([]record, error) {
	var list []record
	if err := s.client.call(s.ctx, "model."+model+".read", &list, nil, ids, fields); err != nil {
		return nil, err
	}
	sorted := make([]record, len(ids))
	for i, id := range ids {
		k := slices.IndexFunc(list, func(r record) bool { return r.ID == id })
		if k < 0 {
			return nil, &refusal{"", fmt.Sprintf("%s %d is gone", model, id)}
		}
		sorted[i] = list[k]
	}
	return sorted, nil
}
