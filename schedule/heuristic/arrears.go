package heuristic

import (
	"cmp"
	"slices"

	"github.com/taktplan/takt/schedule"
)

// demotes reports whether a plan serves lines of some rank worse than an old
// one, and none of a higher rank better.
func demotes(p *schedule.Problem, old, plan *schedule.Plan) bool {
	return slices.Compare(arrears(p, plan), arrears(p, old)) > 0
}

// ranks returns the rank of each line, from 0 for the most important, by status
// and priority.
func ranks(p *schedule.Problem) []int {
	compare := func(a, b *schedule.ContractLine) int {
		return cmp.Or(cmp.Compare(a.Status, b.Status), cmp.Compare(a.Priority, b.Priority))
	}
	order := make([]int, len(p.Lines))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return compare(&p.Lines[i], &p.Lines[j]) })
	rank := make([]int, len(p.Lines))
	for n, i := range order[min(1, len(order)):] {
		rank[i] = rank[order[n]]
		if compare(&p.Lines[order[n]], &p.Lines[i]) != 0 {
			rank[i]++
		}
	}
	return rank
}

// arrears returns what is delivered late by rank, in money.
func arrears(p *schedule.Problem, plan *schedule.Plan) []int64 {
	x := schedule.NewIndex(p)
	rank := ranks(p)
	list := make([]int64, slices.Max(append(rank, -1))+1)
	for _, d := range plan.Deliveries {
		i := x.Lines.Position(d.Line)
		l := &p.Lines[i]
		list[rank[i]] += perUnitDay(latePrice(p, l), int64(d.Qty), x.Items.Find(l.Item).Scale(), max(0, int64(d.At.Sub(l.Due))))
	}
	return list
}

// latePrice is that of a unit and day late.
func latePrice(p *schedule.Problem, l *schedule.ContractLine) int64 {
	objective := p.Objective
	if objective == (schedule.Objective{}) {
		objective = schedule.OnTime()
	}
	return cmp.Or(l.Late, objective.Late)
}

// byRank returns a problem in which lateness of a rank costs a hundred times
// that of the next one; beyond the third, ranks cost alike.
func byRank(p *schedule.Problem) *schedule.Problem {
	q := *p
	q.Lines = slices.Clone(p.Lines)
	for i, rank := range ranks(p) {
		weight := []int64{10_000, 100, 1}[min(rank, 2)]
		q.Lines[i].Late = min(latePrice(p, &q.Lines[i]), maxPrice) * weight
	}
	return &q
}

// maxPrice keeps weighted prices within what sums over a plan can hold.
const maxPrice = 1e6
