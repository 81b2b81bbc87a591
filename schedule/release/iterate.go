package release

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/taktplan/takt/schedule"
)

// An Observation is how a plan did: in simulation, in a detailed schedule, or on
// the floor.
type Observation struct {
	// Cost is what plans are compared by; less is better.
	Cost float64
	// LeadTimes are what orders took from release to stock. A routing that is
	// not listed keeps the lead time that it was planned with.
	LeadTimes []LeadTime
}

// An Observer executes a plan and reports how it did. It may keep neither
// argument.
type Observer func(ctx context.Context, p *schedule.Problem, plan *schedule.Plan) (Observation, error)

// Iteration says how to iterate. The zero value is ready to use.
type Iteration struct {
	// Rounds is how many plans are made at most. 0 means five.
	Rounds int
	// Damping is the weight of observed lead times against those planned with
	// before, in (0, 1]. 0 means a half.
	Damping float64
	// Settled ends the iteration when no lead time changes by more. 0 means an
	// hour.
	Settled time.Duration
}

// A Round is one plan of an iteration, how it did, and the lead times that it
// was made with, as far as they were observed before.
type Round struct {
	Result    *Result
	Observed  Observation
	LeadTimes []LeadTime
}

// Iterate makes plans with the lead times that plans turn out to have, as Hung
// and Leachman (1996) do: it plans, has the plan observed, moves its lead times
// a part of the way to those observed, and plans again. It returns all rounds,
// and the number of the one that was observed to cost least; since such
// iterations need not converge (Missbauer 2020), the last is not the best.
//
// observe nil means [Scheduled]. Options.LeadTimes are those of the first round.
// Errors are those of [Plan] and of observe, and an [*OptionError]; rounds that
// were complete by then are returned too.
func Iterate(ctx context.Context, p *schedule.Problem, o Options, how Iteration, observe Observer) ([]Round, int, error) {
	if err := how.validate(); err != nil {
		return nil, -1, err
	}
	if observe == nil {
		observe = Scheduled
	}
	var rounds []Round
	best := -1
	for range how.rounds() {
		r, err := Plan(ctx, p, o)
		if err != nil {
			return rounds, best, err
		}
		seen, err := observe(ctx, p, r.Plan)
		if err != nil {
			return rounds, best, err
		}
		rounds = append(rounds, Round{r, seen, o.LeadTimes})
		if n := len(rounds) - 1; best < 0 || seen.Cost < rounds[best].Observed.Cost {
			best = n
		}
		next, moved := how.towards(p, o.LeadTimes, r.LeadTimes, seen.LeadTimes)
		if moved <= how.settled() {
			break
		}
		o.LeadTimes = next
	}
	return rounds, best, nil
}

// Scheduled observes a plan in itself: what it costs, and how long its orders
// take in the finite schedule.
func Scheduled(_ context.Context, p *schedule.Problem, plan *schedule.Plan) (Observation, error) {
	seen := Observation{Cost: float64(plan.Metrics.Cost)}
	total, count := map[schedule.RoutingID]time.Duration{}, map[schedule.RoutingID]time.Duration{}
	for i := range plan.Orders {
		if o := &plan.Orders[i]; !o.Existing {
			total[o.Routing] += o.End.Sub(o.Release)
			count[o.Routing]++
		}
	}
	for i := range p.Routings {
		if id := p.Routings[i].ID; count[id] > 0 {
			seen.LeadTimes = append(seen.LeadTimes, LeadTime{id, total[id] / count[id]})
		}
	}
	return seen, nil
}

// towards returns the lead times of the next round, in the order of the problem,
// and by how much one of them changes at most. Given are those set before, those
// planned with, and those observed.
func (how *Iteration) towards(p *schedule.Problem, set, planned, seen []LeadTime) ([]LeadTime, time.Duration) {
	now := map[schedule.RoutingID]time.Duration{}
	for _, l := range slices.Concat(planned, set) {
		now[l.Routing] = l.Time
	}
	next, moved := map[schedule.RoutingID]time.Duration{}, time.Duration(0)
	for _, l := range set {
		next[l.Routing] = l.Time
	}
	for _, l := range seen {
		was, known := now[l.Routing]
		if !known {
			was = l.Time
		}
		by := time.Duration(float64(max(0, l.Time)-was) * how.damping())
		next[l.Routing] = was + by
		moved = max(moved, by, -by)
	}
	var list []LeadTime
	for i := range p.Routings {
		if t, ok := next[p.Routings[i].ID]; ok {
			list = append(list, LeadTime{p.Routings[i].ID, t})
		}
	}
	return list, moved
}

func (how *Iteration) rounds() int            { return cmp.Or(how.Rounds, 5) }
func (how *Iteration) damping() float64       { return cmp.Or(how.Damping, 0.5) }
func (how *Iteration) settled() time.Duration { return cmp.Or(how.Settled, time.Hour) }

func (how *Iteration) validate() error {
	var issues []OptionIssue
	if how.Rounds < 0 {
		issues = append(issues, OptionIssue{"Rounds", "it is negative"})
	}
	if !(how.Damping >= 0 && how.Damping <= 1) {
		issues = append(issues, OptionIssue{"Damping", "it is not between 0 and 1"})
	}
	if how.Settled < 0 {
		issues = append(issues, OptionIssue{"Settled", "it is negative"})
	}
	if len(issues) == 0 {
		return nil
	}
	return &OptionError{issues}
}
