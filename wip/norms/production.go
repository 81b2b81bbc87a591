package norms

// A ProductionType is how often work at a workplace changes.
type ProductionType int

const (
	MassProduction ProductionType = iota // one operation to a workplace
	LargeSeries                          // more than 1, to 10
	MediumSeries                         // more than 10, to 20
	SmallSeries                          // more than 20, to 40
	JobProduction                        // more than 40
)

func (t ProductionType) String() string {
	switch t {
	case MassProduction:
		return "mass"
	case LargeSeries:
		return "large series"
	case MediumSeries:
		return "medium series"
	case SmallSeries:
		return "small series"
	default:
		return "job"
	}
}

// TypeOfProduction returns the coefficient of operations per workplace
// («коэффициент закрепления операций»), the number of different operations in
// a month over that of workplaces, and the type of production by the ranges of
// GOST 14.004-83.
func TypeOfProduction(operations, workplaces int) (ProductionType, float64, error) {
	var c check
	c.notNegative("operations", int64(operations))
	c.positive("workplaces", int64(workplaces))
	if len(c) > 0 {
		return 0, 0, c.err()
	}
	k := float64(operations) / float64(workplaces)
	switch {
	case k <= 1:
		return MassProduction, k, nil
	case k <= 10:
		return LargeSeries, k, nil
	case k <= 20:
		return MediumSeries, k, nil
	case k <= 40:
		return SmallSeries, k, nil
	default:
		return JobProduction, k, nil
	}
}
