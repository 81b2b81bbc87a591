package schedule

// An Objective holds the price of each thing that a plan may do badly, in one
// money-like unit. Prices are integers so that two plans compare alike on
// every machine. The zero Objective counts as [OnTime].
type Objective struct {
	// Prices of lateness and shortage, where a line has none of its own:
	// per whole unit and day late, once per late line, per whole unit
	// never delivered, per whole unit and day delivered before Earliest.
	// No planner delivers so early, which the verifier would not allow; the
	// last price compares plans from elsewhere.
	Late, LateLine, Short, Early int64
	// BelowNorm and AboveNorm are per whole unit and day below the minimum
	// or above the maximum of a norm, where the norm has none of its own.
	BelowNorm, AboveNorm int64
	// Flow is per order and day from release to completion.
	Flow int64
	// Makespan is per hour until the last operation ends.
	Makespan int64
	// Setup is per hour of setup and changeover.
	Setup int64
	// Rhythm is per thousandth of 1 − R1 of each end item's daily output
	// against an even one; EvenLoad per thousandth of the variation of each
	// resource's daily load.
	Rhythm, EvenLoad int64
	// Change is per operation or release that differs from the previous
	// plan; see [Changes]. Planners weigh it; [Evaluate] sees one plan alone.
	Change int64
	// Money is the weight, in thousandths, of what the plan itself costs:
	// holding, overtime, machine hours, purchases, subcontracts, transport.
	Money int64
}

// OnTime keeps contracts first, then norms, then short flow.
func OnTime() Objective {
	return Objective{Late: 1000, LateLine: 10000, Short: 100000, Early: 1000, BelowNorm: 20, AboveNorm: 2, Flow: 5, Setup: 1}
}

// Flow keeps work in process short.
func Flow() Objective {
	return Objective{Late: 100, LateLine: 1000, Short: 100000, Early: 100, Flow: 1000, Setup: 10}
}

// Rhythm spreads output and load evenly over days while contracts are kept.
func Rhythm() Objective {
	o := OnTime()
	o.Rhythm, o.EvenLoad = 1000, 100
	return o
}

// Economy weighs everything in money.
func Economy() Objective {
	return Objective{Late: 100, LateLine: 1000, Short: 10000, Early: 10, BelowNorm: 10, AboveNorm: 1, Money: 1000}
}

// Throughput finishes everything as early as can be.
func Throughput() Objective {
	return Objective{Short: 100000, Makespan: 1000, Setup: 1}
}
