package main

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/control"
	"github.com/taktplan/takt/schedule/daily"
)

// A policy is a way to run the shop.
type policy struct {
	name    string
	replans bool
	extent  control.Extent
}

// policies, the most patient first: to work by the first plan to the end, to
// shift what cannot stay, to look for a better plan every morning.
var policies = []policy{
	{name: "first plan"},
	{"wait", true, control.RightShift},
	{"replan", true, control.Full},
}

// Nervousness counts the launches of the three days behind the frozen shift that
// each morning's plan changed, against those that were planned.
type nervousness struct{ planned, changed int }

func (n *nervousness) count(before *schedule.Plan, r *control.Revision, now time.Time) {
	from, to := now.Add(8*time.Hour), now.Add(80*time.Hour)
	within := func(at time.Time) bool { return !at.Before(from) && at.Before(to) }
	for i := range before.Orders {
		if within(before.Orders[i].Release) {
			n.planned++
		}
	}
	for _, c := range r.Changes {
		if c.Step == "" && within(c.Before) {
			n.changed++
		}
	}
}

func (n nervousness) share() float64 { return float64(n.changed) / float64(max(1, n.planned)) }

// A score is what came of a month: of the contract lines due in it, the rush
// order among them, how many left on time, and what the others cost by its end.
type score struct {
	onTime, due int
	penalty     float64
	rhythm      float64 // R1 by decade, against the first plan
	nervousness float64
}

// score measures a month at its end.
func (m *month) score() (score, error) {
	s := score{nervousness: m.moved.share()}
	for i, l := range m.plant.Result().Lines {
		if l.Due.Before(m.until) {
			s.due++
			s.penalty += l.LateUnitDays * float64(m.truth.Lines[i].Late)
			if l.OnTimeInFull() {
				s.onTime++
			}
		}
	}
	desk, err := daily.NewDesk(m.desk.p, m.first, m.desk.ledger, m.until)
	if err != nil {
		return s, err
	}
	rhythm, err := desk.Rhythm(daily.Scope{From: m.desk.p.From, To: m.until})
	if err != nil {
		return s, err
	}
	s.rhythm = rhythm.Rows[len(rhythm.Rows)-1].WithinPlan
	return s, nil
}

// compare runs the months of some worlds by each policy. Random numbers are
// common: what differs is due to the policy.
func compare(ctx context.Context, w io.Writer, seed uint64, worlds, days int) error {
	if worlds < 1 {
		return nil
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "\n== %d worlds, run in %d ways\n", worlds, len(policies))
	fmt.Fprintln(t, "way\ton time\tpenalties\trhythm R1 by decade\tnervousness")
	for _, policy := range policies {
		var all score
		for i := range worlds {
			s, err := outcome(ctx, seed+uint64(i), days, policy)
			if err != nil {
				return err
			}
			all.add(s)
		}
		n := float64(worlds)
		fmt.Fprintf(t, "%s\t%d of %d\t%.0f\t%.2f\t%.2f\n", policy.name, all.onTime, all.due, all.penalty/n, all.rhythm/n, all.nervousness/n)
	}
	return t.Flush()
}

func outcome(ctx context.Context, seed uint64, days int, policy policy) (score, error) {
	m, err := begin(ctx, seed, days)
	if err != nil {
		return score{}, err
	}
	if err := m.run(ctx, policy, nil); err != nil {
		return score{}, err
	}
	return m.score()
}

func (s *score) add(o score) {
	s.onTime += o.onTime
	s.due += o.due
	s.penalty += o.penalty
	s.rhythm += o.rhythm
	s.nervousness += o.nervousness
}
