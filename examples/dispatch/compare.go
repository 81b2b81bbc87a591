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

// policies, the most patient first; the last one is the one that is shown.
var policies = []policy{
	{name: "first plan"},
	{"wait", true, control.RightShift},
	{"replan", true, control.Full},
}

// Nervousness counts the launches of the three days behind the frozen shift
// that each morning's plan changed, against those planned (DOMAIN: the
// planner's form).
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

// A score is what came of a month.
type score struct {
	onTime, due int     // contract lines
	late        float64 // whole units × days, up to the end of the month
	penalty     float64
	rhythm      float64 // R1 by decade against the first plan
	nervousness float64
}

// score measures a month at its end.
func (m *month) score() (score, error) {
	s := score{nervousness: m.moved.share()}
	for _, l := range m.plant.Result().Lines {
		if l.Due.Before(m.until) {
			s.due++
			s.late += l.LateUnitDays
			s.penalty += l.LateUnitDays * float64(lineOf(m.desk.p, l.Line).Late)
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
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "\n== %d worlds, run in %d ways\n", worlds, len(policies))
	fmt.Fprintln(t, "way\ton time\tlate unit-days\trhythm R1 by decade\tnervousness")
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
		fmt.Fprintf(t, "%s\t%d of %d\t%.0f\t%.0f\t%.2f\t%.2f\n", policy.name, all.onTime, all.due, all.late/n, all.penalty/n, all.rhythm/n, all.nervousness/n)
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
	s.late += o.late
	s.penalty += o.penalty
	s.rhythm += o.rhythm
	s.nervousness += o.nervousness
}

func lineOf(p *schedule.Problem, id schedule.LineID) *schedule.ContractLine {
	if l := schedule.NewIndex(p).Lines.Find(id); l != nil {
		return l
	}
	return &schedule.ContractLine{Late: 120}
}
