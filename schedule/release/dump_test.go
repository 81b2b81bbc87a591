package release

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/sequence"
)

var Shop func() *schedule.Problem

func TestDump(t *testing.T) {
	if os.Getenv("DUMP") == "" {
		t.Skip()
	}
	p := Shop()
	o := &Options{}
	n, b, _ := program(context.Background(), p, o)
	sol, _ := solve(context.Background(), b, o)
	a := newAnswer(n, b, sol)
	hold, cost := 0.0, 0.0
	byClass := map[string]float64{}
	for i := range n.points {
		for tt := range n.periods() {
			x := 0.0
			for k := range int32(b.layers[i][tt]) {
				x += sol.X[b.stock[i][tt]+k]
			}
			hold += x * n.points[i].hold * n.length(tt)
			byClass[string(n.keys[i].Item)[:3]] += x * n.points[i].hold * n.length(tt)
		}
	}
	made := map[string]float64{}
	for k := range n.processes {
		for tt := range n.periods() {
			cost += a.start[k][tt] * n.processes[k].cost
			if n.origins[k].item >= 0 {
				made[fmt.Sprint(n.origins[k].kind, string(n.p.Items[n.origins[k].item].ID)[:3])] += a.start[k][tt]
			}
		}
	}
	fmt.Println("LP: hold", hold, byClass, "cost", cost, "made", made)
	q, lots := a.withLots()
	for name, pr := range map[string]*schedule.Problem{"lots": q, "sources": a.withSources(p)} {
		r, _ := heuristic.Plan(context.Background(), pr, heuristic.Options{MaxSteps: -1})
		if name == "lots" {
			fmt.Println(lots.own(a, r.Plan))
			r.Plan.Metrics, _ = schedule.Evaluate(p, r.Plan)
			before := r.Plan.Metrics
			res, err := sequence.Improve(context.Background(), p, r.Plan, sequence.Options{MaxSteps: 20000})
			fmt.Println("improved", err, before.Cost, res.Plan.Metrics.Cost, res.Plan.Metrics.OnTimeLines, res.Plan.Metrics.Terms)

		}
		fmt.Println(name, len(r.Plan.Orders), r.Plan.Metrics.OnTimeLines, r.Plan.Metrics.ShortLines, r.Plan.Metrics.Terms, "unplanned", len(r.Plan.Unplanned))
		byClass := map[string]float64{}
		for _, s := range schedule.StockProfile(p, r.Plan) {
			last := p.From
			bal := 0.0
			it := n.x.Items.Find(s.Item)
			for _, m := range s.Movements {
				byClass[string(s.Item)[:3]] += bal * days(m.At.Sub(last)) * float64(it.Holding)
				bal = float64(m.Balance)
				last = m.At
			}
			byClass[string(s.Item)[:3]] += bal * days(p.To.Sub(last)) * float64(it.Holding)
		}
		made := map[string]float64{}
		for _, o := range r.Plan.Orders {
			made["0"+string(o.Item)[:3]] += float64(o.Qty)
			if o.Item == "end00" && name == "lots" {
				fmt.Println(o.ID, o.Qty, o.Release.Format("0102 15h"), o.End.Format("0102 15h"), o.Routing)
			}
		}
		for _, o := range r.Plan.Purchases {
			made["1"+string(o.Item)[:3]] += float64(o.Qty)
		}
		pc, rc, oc := 0.0, 0.0, 0.0
		for _, o := range r.Plan.Purchases {
			pc += float64(n.x.Supplies.Find(o.Supply).Cost) * float64(o.Qty)
		}
		for _, o := range r.Plan.Orders {
			if n.x.Routings.Find(o.Routing) == nil {
				fmt.Println(o)
				continue
			}
			rc += float64(n.x.Routings.Find(o.Routing).Cost) * float64(o.Qty)
		}
		for _, o := range r.Plan.Operations {
			if o.Overtime {
				oc++
			}
		}
		for _, u := range r.Plan.Unplanned {
			fmt.Println("un", u)
		}
		fmt.Println("  ", byClass, made, "purch", pc, "routing", rc, "purchases", len(r.Plan.Purchases), "overtime ops", oc, "work", r.Plan.Metrics.Work.Hours())
	}
}
