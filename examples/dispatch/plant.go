package main

import (
	"bytes"
	_ "embed"
	"math/rand/v2"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/codec"
	"github.com/taktplan/takt/wip"
)

// The pump works of examples/quickstart, as a problem file.
//
//go:embed pumpworks.json
var pumpworks []byte

// readPlant returns what is known of the pump works on the first morning.
func readPlant() (*schedule.Problem, error) {
	p, err := codec.DecodeProblem(bytes.NewReader(pumpworks))
	if err != nil {
		return nil, err
	}
	prudent(p)
	return p, p.Validate()
}

// prudent has plans made for a world that does not keep to them: pieces are
// spoilt on lathe and grinder, and pumps are to be ready two days before they
// have to go. The partner takes what comes, as the simulated one does.
func prudent(p *schedule.Problem) {
	for i := range p.Routings {
		for k := range p.Routings[i].Steps {
			switch s := &p.Routings[i].Steps[k]; s.ID {
			case "turn", "grind":
				s.Yield = 980
			}
		}
	}
	for i := range p.Items {
		if p.Items[i].Holding > 0 {
			p.Items[i].SafetyTime = 48 * time.Hour
		}
	}
	for i := range p.Partners {
		p.Partners[i].Capacity = schedule.Limit{}
	}
}

// A rush is an order that comes in during the month.
type rush struct {
	line schedule.ContractLine
	at   time.Time // the morning on which the customer calls
}

// drawRush returns the rush order of a world: the shipyard needs pumps soon.
func drawRush(p *schedule.Problem, seed uint64) rush {
	draw := rand.NewPCG(seed, 1)
	workdays := []int{7, 8, 9, 10, 11} // of the second week
	at := p.From.AddDate(0, 0, workdays[draw.Uint64()%5]).Add(morning)
	return rush{at: at, line: schedule.ContractLine{
		ID: "C5/rush", Contract: "C5", Item: "P80", Qty: 4 + 2*wip.Qty(draw.Uint64()%4),
		Due: at.AddDate(0, 0, 10), Late: 120, Price: 1400,
	}}
}
