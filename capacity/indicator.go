package capacity

import "time"

// Production is what one workplace did on one order, or in one period, as ISO
// 22400-2 names its times. Times are working times and not negative.
type Production struct {
	PlannedBusy time.Duration // that it was planned to be busy
	Busy        time.Duration // that it was busy: production, setup and delays
	Producing   time.Duration // actual production time: adding value
	Setup       time.Duration // actual setup time
	Execution   time.Duration // of the order, from its start to its end
	Produced    int64         // pieces, good and scrap
	Good        int64         // pieces
	PerPiece    time.Duration // planned run time
}

// Indicators are key performance indicators of ISO 22400-2. A ratio to nothing
// is 0.
type Indicators struct {
	Availability          float64 // producing / planned busy
	Effectiveness         float64 // planned run time of what was produced / producing
	Quality               float64 // good / produced
	OEE                   float64 // availability · effectiveness · quality
	UtilisationEfficiency float64 // producing / busy
	AllocationEfficiency  float64 // busy / planned busy
	SetupRatio            float64 // setup / processing, which is production and setup
	Throughput            float64 // produced an hour of execution
}

// Indicators returns the indicators of p. Availability is the counterpart of
// [ExtensiveUse], effectiveness that of [IntensiveUse], and both together of
// [IntegralUse].
func (p Production) Indicators() Indicators {
	producing := p.Producing.Hours()
	i := Indicators{
		Availability:          ratio(producing, p.PlannedBusy.Hours()),
		Effectiveness:         ratio(p.PerPiece.Hours()*float64(p.Produced), producing),
		Quality:               ratio(float64(p.Good), float64(p.Produced)),
		UtilisationEfficiency: ratio(producing, p.Busy.Hours()),
		AllocationEfficiency:  ratio(p.Busy.Hours(), p.PlannedBusy.Hours()),
		SetupRatio:            ratio(p.Setup.Hours(), (p.Producing + p.Setup).Hours()),
		Throughput:            ratio(float64(p.Produced), p.Execution.Hours()),
	}
	i.OEE = i.Availability * i.Effectiveness * i.Quality
	return i
}

// ProductionProcessRatio returns the share of the time of orders in which some
// workplace added value to them: the sum of production times over that of
// execution times.
func ProductionProcessRatio(orders []Production) float64 {
	producing, execution := 0.0, 0.0
	for _, p := range orders {
		producing += p.Producing.Hours()
		execution += p.Execution.Hours()
	}
	return ratio(producing, execution)
}
