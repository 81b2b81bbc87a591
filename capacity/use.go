package capacity

import "math"

// The coefficients below are ratios; where the denominator is not positive they
// are 0. Their names in ISO 22400-2, where it has them, are given beside. Where
// products are summed, they are converted to float64 first: that keeps the two
// operations from being fused, which rounds differently from machine to
// machine.

// ShiftCoefficient returns the number of shifts that a machine works on average
// a day, of the machines installed. Worked holds the machines that worked in
// each shift of the day.
func ShiftCoefficient(worked []int, installed int) float64 {
	sum := 0.0
	for _, n := range worked {
		sum += float64(n)
	}
	return ratio(sum, float64(installed))
}

// ShiftRegimeUse returns the share of the shifts of the regime that is worked.
func ShiftRegimeUse(shiftCoefficient, shifts float64) float64 { return ratio(shiftCoefficient, shifts) }

// ExtensiveUse returns the use of time: actual hours over the hours of the
// effective or regime fund (availability).
func ExtensiveUse(actualHours, fundHours float64) float64 { return ratio(actualHours, fundHours) }

// IntensiveUse returns the use of speed: actual output an hour over that of the
// norm (effectiveness).
func IntensiveUse(actualPerHour, normPerHour float64) float64 {
	return ratio(actualPerHour, normPerHour)
}

// IntegralUse returns the use of time and speed together (the overall equipment
// effectiveness, without quality).
func IntegralUse(extensive, intensive float64) float64 { return extensive * intensive }

// An Occupation is floor that products take up while they are worked on.
type Occupation struct {
	Pieces float64
	Area   float64 // of one, in m² or the unit of the floor
	Days   float64 // that one stands there
}

// FloorAreaLoad returns the share of a floor area that is taken up over some
// days.
func FloorAreaLoad(occupations []Occupation, area, days float64) float64 {
	sum := 0.0
	for _, o := range occupations {
		sum += float64(o.Pieces * o.Area * o.Days)
	}
	return ratio(sum, area*days)
}

// Evenness returns how even loads are, over days or over workplaces: one less
// their coefficient of variation, which is the standard deviation (of the
// whole population) over the mean. It is 1 for equal loads and can be
// negative; without loads it is 0.
func Evenness(loads []float64) float64 {
	m := mean(loads)
	if m <= 0 {
		return 0
	}
	squares := 0.0
	for _, x := range loads {
		squares += float64((x - m) * (x - m))
	}
	return 1 - math.Sqrt(squares/float64(len(loads)))/m
}

// PeakFactor returns the largest of the loads over their mean.
func PeakFactor(loads []float64) float64 {
	peak := 0.0
	for _, x := range loads {
		peak = max(peak, x)
	}
	return ratio(peak, mean(loads))
}

func mean(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return ratio(sum, float64(len(xs)))
}
