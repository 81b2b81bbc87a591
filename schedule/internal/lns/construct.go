package lns

import (
	"math/bits"
	"math/rand/v2"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/dispatch"
)

// A constructor makes the schedules that the search and its phases begin from,
// one after another, in a generator.
type constructor struct {
	stage stage
	pass  *dispatch.Pass
	rules []dispatch.Rule
	rule  int // under way
	// leader is the best rule, and best what it costs.
	leader int
	best   core.Cost

	beam      *dispatch.Beam // nil if not wanted
	back      *dispatch.Backward
	backRules []dispatch.Rule // empty if not wanted
}

// A stage of construction. The first schedules come from the stages in order.
type stage uint8

const (
	byRules    stage = iota // a pass by each rule of the portfolio
	byBeam                  // beam search near the best of these
	backwards               // from the due dates
	resting                 // nothing under way
	restarting              // a pass by a rule and chance
)

// Beam search places some beamWidth times n operations for each of n units; for
// the makespan alone it finds little. A backward pass sorts its units at once.
const (
	beamUnits     = 1000
	beamWidth     = 2
	backwardUnits = 5000
)

// newConstructor begins with the first rule. Jobs that are not due are wanted at
// last.
func newConstructor(g *dispatch.Generator, last int64) constructor {
	m := g.M
	c := constructor{pass: dispatch.NewPass(g, dispatch.NewFacts(m)), rules: dispatch.Portfolio(m), best: core.NoCost}
	if g.U.Len() <= beamUnits && !m.OnlyMakespan() {
		c.beam = dispatch.NewBeam(c.pass, beamWidth)
	}
	if c.backRules = dispatch.BackwardPortfolio(m); g.U.Len() > backwardUnits {
		c.backRules = nil
	}
	if len(c.backRules) > 0 {
		c.back = dispatch.NewBackward(g, last)
	}
	c.pass.Begin(c.rules[0], 0, nil)
	return c
}

// run places a unit and reports whether the schedule is complete.
func (c *constructor) run() bool {
	if c.stage == backwards {
		return c.back.Run(1)
	}
	return c.pass.Run(1)
}

// next begins another schedule, given the cost of the one that is complete, or
// rests.
func (c *constructor) next(cost core.Cost) {
	switch c.stage {
	case byRules:
		c.nextRule(cost)
	case byBeam:
		if !c.beam.Next(cost) {
			c.beginBackwards()
		}
	case backwards:
		c.rule++
		c.beginBackwards()
	case restarting:
		c.stage = resting
	}
}

func (c *constructor) nextRule(cost core.Cost) {
	if cost.Less(c.best) {
		c.leader, c.best = c.rule, cost
	}
	c.rule++
	switch {
	case c.rule < len(c.rules):
		c.pass.Begin(c.rules[c.rule], 0, nil)
	case c.beam != nil:
		c.stage, c.rule = byBeam, 0
		c.beam.Begin(c.rules[c.leader].LookingAhead(dispatch.Patient))
	default:
		c.rule = 0
		c.beginBackwards()
	}
}

func (c *constructor) beginBackwards() {
	if c.rule == len(c.backRules) {
		c.stage, c.beam, c.back = resting, nil, nil
		return
	}
	c.stage = backwards
	c.back.Begin(c.backRules[c.rule])
}

// maxNoise is how much the keys of a rule vary when a pass begins again, in 256.
const maxNoise = 64

// again begins a pass by any rule and chance.
func (c *constructor) again(rng *rand.PCG) {
	rule, _ := bits.Mul64(rng.Uint64(), uint64(len(c.rules)))
	c.stage = restarting
	c.pass.Begin(c.rules[rule], maxNoise, rng)
}
