package dispatch

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/generate"
)

// specs has each kind of constraint alone, and all together.
var specs = map[string]generate.Spec{
	"job shop":  {Jobs: 8, OpsPerJob: 5, Machines: 4, MaxWork: 9, Makespan: true},
	"flexible":  {Jobs: 8, OpsPerJob: 5, Machines: 4, Modes: 3, MaxWork: 9, Tardiness: true},
	"calendars": {Jobs: 6, OpsPerJob: 5, Machines: 4, MaxWork: 6, Horizon: 2000, Pausable: true, Rates: true, Makespan: true},
	"setups":    {Jobs: 8, OpsPerJob: 5, Machines: 3, MaxWork: 9, Families: 3, Others: true},
	"pools":     {Jobs: 8, OpsPerJob: 5, Machines: 4, Pools: 2, MaxWork: 9, Makespan: true},
	"networks":  {Jobs: 4, OpsPerJob: 9, Machines: 4, MaxWork: 9, Networks: true, Releases: true, Makespan: true},
	"waits":     {Jobs: 6, OpsPerJob: 5, Machines: 4, MaxWork: 9, Waits: true, Makespan: true},
	"no-wait":   {Jobs: 8, OpsPerJob: 5, Machines: 4, MaxWork: 9, NoWait: true, Makespan: true},
	"blocking":  {Jobs: 8, OpsPerJob: 5, Machines: 4, MaxWork: 9, Blocking: true, Makespan: true},
	"all": {Jobs: 8, OpsPerJob: 5, Machines: 4, Modes: 3, MaxWork: 6, Horizon: 4000, Pausable: true, Rates: true, Families: 3,
		Pools: 2, Networks: true, Waits: true, NoWait: true, Blocking: true, Releases: true, Frozen: true, Makespan: true, Tardiness: true},
}

var allRules = []Rule{EDD, FIFO, MST, SPT, WSPT, MWKR, RelativeWork, CR, MOD, COVERT, ATC(8), ATCS(8, 4), SlackSPT, WINQ, Bottleneck(8),
	EDD.LookingAhead(16), ATCS(8, 4).LookingAhead(Patient)}

func TestPassKeepsEveryConstraint(t *testing.T) {
	for name, spec := range specs {
		for seed := range uint64(20) {
			m, err := generate.Random(spec, seed)
			require.NoError(t, err)
			g := NewGenerator(m, NewUnits(m))
			p := NewPass(g, NewFacts(m))
			for _, rule := range allRules {
				p.Begin(rule, 20, rand.NewPCG(seed, 1))
				require.True(t, p.Run(m.Ops()+1))
				for _, v := range m.Check(&g.S) {
					// Networks of waits may have no solution, and the group
					// heuristic may not find one.
					if v.Kind == core.Missing && spec.Waits {
						continue
					}
					t.Errorf("%s, seed %d, rule %s: %v", name, seed, rule.Name, v)
				}
				if t.Failed() {
					t.FailNow()
				}
			}
		}
	}
}

func TestRepeatedPassIsEqual(t *testing.T) {
	m, err := generate.Random(specs["all"], 3)
	require.NoError(t, err)
	g := NewGenerator(m, NewUnits(m))
	p := NewPass(g, NewFacts(m))
	run := func() string {
		p.Begin(ATC(8), 30, rand.NewPCG(1, 2))
		for !p.Run(3) {
		}
		return fmt.Sprint(g.S)
	}
	require.Equal(t, run(), run())
}
