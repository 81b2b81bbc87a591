package main

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
)

// A machine is busy with jobs of several families, between which it has to be
// changed over. Times are in hours.
type machine struct {
	jobs   []job
	change [families][families]int // from the first to the second
}

type job struct{ family, work, due int }

const (
	families  = 5
	priceLate = 24_000 // per day, so that an hour late is worth
	priceHour = 100    // ten hours of setup
)

// generate draws a machine: changeovers of one to four hours, jobs of one to
// eight, and due dates as far as the work with an average changeover for every
// second job reaches.
func generate(jobs int, seed uint64) *machine {
	pcg := rand.NewPCG(seed, uint64(jobs))
	draw := func(lo, hi int) int { return lo + int(pcg.Uint64()%uint64(hi-lo+1)) }
	m := &machine{}
	for a := range families {
		for b := range families {
			if a != b {
				m.change[a][b] = draw(1, 4)
			}
		}
	}
	total := 0
	for range jobs {
		m.jobs = append(m.jobs, job{family: draw(0, families-1), work: draw(1, 8)})
		total += m.jobs[len(m.jobs)-1].work + 1
	}
	for i := range m.jobs {
		m.jobs[i].due = draw(m.jobs[i].work, total*5/4)
	}
	return m
}

// problem is the machine as a problem: an item, a routing and a line for each
// job, all of one piece.
func (m *machine) problem() *schedule.Problem {
	p := &schedule.Problem{
		Name: "machine", From: scenario.Start(), To: scenario.Start().AddDate(1, 0, 0), Tick: time.Hour,
		Resources: []capacity.Resource{{ID: "M", Units: 1, Changeovers: "table"}},
		Objective: schedule.Objective{Late: priceLate, Setup: priceHour},
	}
	table := capacity.ChangeoverTable{ID: "table"}
	for a := range families {
		for b := range families {
			if a != b {
				table.Entries = append(table.Entries, capacity.Changeover{
					From: family(a), To: family(b), Time: time.Duration(m.change[a][b]) * time.Hour,
				})
			}
		}
	}
	p.Changeovers = []capacity.ChangeoverTable{table}
	for i, j := range m.jobs {
		id := schedule.ItemID(fmt.Sprintf("item%03d", i))
		p.Items = append(p.Items, schedule.Item{ID: id})
		p.Routings = append(p.Routings, schedule.Routing{ID: schedule.RoutingID(id), Item: id, Steps: []schedule.Step{{
			ID: "s", Family: family(j.family),
			Modes: []schedule.Mode{{Uses: []schedule.Use{{Resource: "M"}}, Fixed: time.Duration(j.work) * time.Hour}},
		}}})
		p.Lines = append(p.Lines, schedule.ContractLine{
			ID: schedule.LineID(id), Item: id, Qty: 1, Due: p.From.Add(time.Duration(j.due) * time.Hour),
		})
	}
	return p
}

func family(i int) capacity.Family { return capacity.Family(fmt.Sprint("family", i)) }

// A result is what a sequence takes, in hours.
type result struct{ setup, late int }

func (r result) cost() int { return r.late*priceLate/24 + r.setup*priceHour }

// inSequence computes what a sequence takes. The first job needs no changeover.
func (m *machine) inSequence(sequence []int) (r result) {
	at := 0
	for n, i := range sequence {
		if n > 0 {
			change := m.change[m.jobs[sequence[n-1]].family][m.jobs[i].family]
			r.setup += change
			at += change
		}
		at += m.jobs[i].work
		r.late += max(0, at-m.jobs[i].due)
	}
	return r
}

// byDue is the order of due dates.
func (m *machine) byDue() []int {
	sequence := make([]int, len(m.jobs))
	for i := range sequence {
		sequence[i] = i
	}
	slices.SortFunc(sequence, func(i, j int) int { return cmp.Or(cmp.Compare(m.jobs[i].due, m.jobs[j].due), cmp.Compare(i, j)) })
	return sequence
}

// best tries all sequences, but for what already costs more than the best.
func (m *machine) best() result {
	least := m.inSequence(m.byDue())
	sequence := m.byDue()
	var extend func(n, at int, so result)
	extend = func(n, at int, so result) {
		if so.cost() >= least.cost() {
			return
		}
		if n == len(sequence) {
			least = so
			return
		}
		for k := n; k < len(sequence); k++ {
			sequence[n], sequence[k] = sequence[k], sequence[n]
			j, next := m.jobs[sequence[n]], so
			change := 0
			if n > 0 {
				change = m.change[m.jobs[sequence[n-1]].family][j.family]
			}
			end := at + change + j.work
			next.setup += change
			next.late += max(0, end-j.due)
			extend(n+1, end, next)
			sequence[n], sequence[k] = sequence[k], sequence[n]
		}
	}
	extend(0, 0, result{})
	return least
}

// planned is what the planner makes of a machine. A job has no setup of its
// own, so all setup is changeover.
func (m *machine) planned(ctx context.Context, steps int64) (result, error) {
	p := m.problem()
	r, err := heuristic.Plan(ctx, p, heuristic.Options{MaxSteps: steps})
	if err != nil {
		return result{}, err
	}
	if _, err := allowed(p, r.Plan); err != nil {
		return result{}, err
	}
	return result{int(r.Plan.Metrics.Setup.Hours()), int(r.Plan.Metrics.Tardiness.Hours())}, nil
}

// A sequenced row sums up some cases of a size.
type sequenced struct {
	Jobs       int     `json:"jobs"`
	Cases      int     `json:"cases"`
	DueSetup   float64 `json:"due_setup_hours"`
	Setup      float64 `json:"setup_hours"`
	DueLate    float64 `json:"due_late_days"`
	Late       float64 `json:"late_days"`
	NoLater    int     `json:"no_later"` // cases that are no later than by due date
	Enumerated bool    `json:"enumerated"`
	Optimal    int     `json:"optimal"` // cases, if enumerated
	Seconds    float64 `json:"seconds"`
}

// enumerable is up to how many jobs all sequences are tried.
const enumerable = 10

func sequences(ctx context.Context, steps int64) (rows []sequenced, err error) {
	for _, jobs := range []int{8, 10, 20, 50, 100} {
		r := sequenced{Jobs: jobs, Cases: 10, Enumerated: jobs <= enumerable}
		for seed := range uint64(r.Cases) {
			if err := r.add(ctx, generate(jobs, seed), steps); err != nil {
				return nil, err
			}
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func (r *sequenced) add(ctx context.Context, m *machine, steps int64) error {
	start := time.Now()
	planned, err := m.planned(ctx, steps)
	if err != nil {
		return err
	}
	r.Seconds += time.Since(start).Seconds()
	due := m.inSequence(m.byDue())
	r.DueSetup += float64(due.setup)
	r.Setup += float64(planned.setup)
	r.DueLate += float64(due.late) / 24
	r.Late += float64(planned.late) / 24
	if planned.late <= due.late {
		r.NoLater++
	}
	if r.Enumerated && planned.cost() == m.best().cost() {
		r.Optimal++
	}
	return nil
}
