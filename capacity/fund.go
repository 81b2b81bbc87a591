package capacity

// NominalFund returns the time fund of one workplace in hours: working days
// times shifts a day times hours a shift.
func NominalFund(days, shifts, hoursPerShift float64) float64 { return days * shifts * hoursPerShift }

// EffectiveFund returns what is left of a nominal fund after planned repairs,
// which take a share of it, usually 0.03 to 0.12.
func EffectiveFund(nominal, repairShare float64) float64 { return nominal * (1 - repairShare) }

// A Programme is an amount of one operation to be done in a period.
type Programme struct {
	Pieces          float64
	MinutesPerPiece float64
}

// Workplaces returns how many workplaces a programme needs, before rounding up,
// if each has a fund of some hours. The factor of norm fulfilment is the norm
// time over the actual time: 1.1 where people are ten per cent faster than the
// norm. It is 0 if fund or factor is not positive.
func Workplaces(programme []Programme, fund, normFulfilment float64) float64 {
	minutes := 0.0
	for _, p := range programme {
		minutes += float64(p.Pieces * p.MinutesPerPiece)
	}
	return ratio(minutes, 60*fund*normFulfilment)
}

// LoadFactor returns the share of the workplaces that is needed.
func LoadFactor(needed, accepted float64) float64 { return ratio(needed, accepted) }

// ratio returns a/b, or 0 where b is not positive: there is no share of
// nothing.
func ratio(a, b float64) float64 {
	if b > 0 {
		return a / b
	}
	return 0
}
