package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/simulate"
	"github.com/taktplan/takt/wip"
)

// morning is when the dispatcher comes in.
const morning = 6 * time.Hour

// A month is a stretch of a works, and of the dispatcher who runs it.
type month struct {
	seed  uint64
	plant *simulate.Plant
	truth *schedule.Problem // what the plant knows
	rush  rush
	desk  *dispatcher
	until time.Time
	news  []wip.Event // since the last morning
	last  time.Time   // morning

	first  *schedule.Plan // of the first morning
	worked worked
	moved  nervousness
}

// longest is how many days a month may have: as far as plans reach, and two
// weeks less.
const longest = 56

// begin sets up the month of a world.
func begin(ctx context.Context, seed uint64, days int) (*month, error) {
	if days < 1 || days > longest {
		return nil, fmt.Errorf("a month has 1 to %d days, not %d", longest, days)
	}
	p, err := readPlant()
	if err != nil {
		return nil, err
	}
	m := &month{seed: seed, rush: drawRush(p, seed), until: p.Now.AddDate(0, 0, days)}
	if m.desk, err = newDispatcher(ctx, p); err != nil {
		return nil, err
	}
	m.first, m.last = m.desk.plan, p.Now
	// The plant knows of the rush order all along, its dispatcher does not.
	truth := *p
	truth.Lines = append(slices.Clip(truth.Lines), m.rush.line)
	m.truth = &truth
	m.plant, err = simulate.New(m.truth, m.first, world(seed, m.report))
	return m, err
}

// report takes down what has happened, to the minute as people do.
func (m *month) report(e wip.Event) {
	e.At = e.At.Truncate(time.Minute)
	m.news = append(m.news, e)
}

// run goes through the month. Every working morning the books are brought up to
// date and the plan is corrected; show, if not nil, sees each of them. Without
// replanning the first plan is executed as well as it can be.
func (m *month) run(ctx context.Context, policy policy, show func(*day) error) error {
	for m.plant.Now().Before(m.until) {
		next := m.plant.Now().AddDate(0, 0, 1)
		if err := m.plant.Run(ctx, next); err != nil {
			return err
		}
		if weekday := next.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
			continue
		}
		if err := m.morning(ctx, policy, show); err != nil {
			return err
		}
	}
	return m.desk.enter(m.news) // what the last plan has begun at once
}

// morning is a day's work of the dispatcher.
func (m *month) morning(ctx context.Context, policy policy, show func(*day) error) error {
	d := &day{month: m, at: m.plant.Now(), last: m.last, before: m.desk.plan}
	m.last = d.at
	if err := m.desk.enter(m.news); err != nil {
		return err
	}
	m.worked.note(m.desk.plan, m.news)
	m.news = nil
	if policy.replans {
		if err := d.decide(ctx, policy.extent, show != nil); err != nil {
			return err
		}
		m.moved.count(d.before, d.revision, d.at)
		if err := m.plant.Follow(m.desk.plan); err != nil {
			return err
		}
	}
	if show == nil {
		return nil
	}
	return show(d)
}
