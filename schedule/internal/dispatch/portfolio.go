package dispatch

import "github.com/taktplan/takt/schedule/internal/core"

// Portfolio lists the rules worth a pass for the model's objective, the most
// promising first.
func Portfolio(m *core.Model) []Rule {
	if m.OnlyMakespan() {
		return []Rule{RelativeWork, MWKR, WINQ, FIFO}
	}
	rules := []Rule{ATC(8), COVERT, MOD, ATC(16), ATC(4), Bottleneck(8), WSPT, SlackSPT, EDD, CR,
		COVERT.LookingAhead(Patient), ATC(16).LookingAhead(Patient), Bottleneck(8).LookingAhead(Patient)}
	if len(m.Setups) > 0 {
		rules = append([]Rule{ATCS(8, 2), ATCS(8, 8), ATCS(4, 1), ATCS(16, 4),
			ATCS(8, 2).LookingAhead(Patient), ATCS(16, 4).LookingAhead(Patient)}, rules...)
	}
	if m.Objective.Makespan > 0 {
		rules = append(rules, RelativeWork, MWKR)
	}
	return rules
}

// BackwardPortfolio lists the rules worth a [Backward] pass: none unless the
// makespan or earliness has a price. For tardiness alone it is no match for
// rules that go forwards.
func BackwardPortfolio(m *core.Model) []Rule {
	if m.Objective.Makespan == 0 && m.Regular() {
		return nil
	}
	return []Rule{MOD, RelativeWork, MST}
}
