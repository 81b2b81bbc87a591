package heuristic_test

import (
	"context"
	"fmt"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
	"os"
	"strconv"
	"testing"
)

func TestOne(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("SEED"))
	p := scenario.Random(uint64(n))
	r, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: -1})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("now", p.Now, "fence", p.ReleaseFrom)
	for _, o := range p.Items {
		fmt.Printf("item %+v\n", o)
	}
	for _, o := range p.Lanes {
		fmt.Printf("lane %+v\n", o)
	}
	for _, o := range p.Lines {
		fmt.Printf("line %+v\n", o)
	}
	for _, o := range p.Stock {
		fmt.Printf("stock %+v\n", o)
	}
	for _, o := range p.Receipts {
		fmt.Printf("receipt %+v\n", o)
	}
	for _, o := range p.Orders {
		fmt.Printf("order %+v\n", o)
	}
	for _, o := range p.Routings {
		fmt.Printf("routing %s links %+v\n", o.ID, o.Links)
		for _, x := range o.Steps {
			fmt.Printf("  rstep %s %s y%d tr%d ba%d fam %q pause %v q%v m%v sub %v modes %+v\n", o.ID, x.ID, x.Yield, x.Transfer, x.Batch, x.Family, x.Pausable, x.Queue, x.Move, x.Subcontract != nil, x.Modes)
		}
	}
	for _, o := range p.Resources {
		fmt.Printf("res %+v\n", o)
	}
	for _, o := range r.Plan.Orders {
		fmt.Println("O", o)
	}
	for _, o := range r.Plan.Operations {
		fmt.Println("op", o)
	}
	for _, o := range r.Plan.Deliveries {
		fmt.Println("D", o)
	}
	for _, o := range r.Plan.Purchases {
		fmt.Println("B", o)
	}
	for _, o := range r.Plan.Transfers {
		fmt.Println("T", o)
	}
	for _, o := range r.Plan.Pegs {
		fmt.Println("peg", o)
	}
	for _, o := range r.Plan.Promises {
		fmt.Println("promise", o)
	}
	for _, o := range r.Plan.Unplanned {
		fmt.Println("unpl", o)
	}
	for _, v := range verify.Check(p, r.Plan) {
		fmt.Println("VIOL", v)
	}
}
