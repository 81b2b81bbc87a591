package norms

import "math"

// The laws below are those of Hopp and Spearman, Factory Physics. They hold
// for tandem lines in the long run and want care elsewhere. Results are 0
// where a law has no meaning, as for a rate that is not positive.

// Little returns the stock of a stable system, throughput times cycle time.
func Little(throughput, cycle float64) float64 { return throughput * cycle }

// A Tandem is a line of stations one after the other.
type Tandem struct {
	Rate float64 // of the bottleneck, jobs a unit of time
	Raw  float64 // process time of a job through all stations without waiting
}

// CriticalWIP returns the stock at which the line, without variability, is
// just busy: r·T₀.
func (t Tandem) CriticalWIP() float64 { return t.Rate * t.Raw }

// A Flow is what a line does with a constant stock.
type Flow struct{ Throughput, Cycle float64 }

// Best returns the flow without any variability.
func (t Tandem) Best(wip float64) Flow {
	if wip <= 0 || t.Rate <= 0 || t.Raw <= 0 {
		return Flow{}
	}
	return Flow{min(wip/t.Raw, t.Rate), max(t.Raw, wip/t.Rate)}
}

// Worst returns the flow if all jobs move together.
func (t Tandem) Worst(wip float64) Flow {
	if wip <= 0 || t.Rate <= 0 || t.Raw <= 0 {
		return Flow{}
	}
	return Flow{1 / t.Raw, wip * t.Raw}
}

// PracticalWorst returns the flow of a balanced line of single machines with
// exponential times: a line below it is worse than it has to be.
func (t Tandem) PracticalWorst(wip float64) Flow {
	if wip <= 0 || t.Rate <= 0 || t.Raw <= 0 {
		return Flow{}
	}
	return Flow{wip / (t.CriticalWIP() + wip - 1) * t.Rate, t.Raw + (wip-1)/t.Rate}
}

// A Station is a number of equal machines with one queue.
type Station struct {
	Machines int     // 0 means 1
	Time     float64 // effective process time of a job
	Arrival  float64 // squared coefficient of variation of the times between arrivals
	Process  float64 // the same of the process times
}

// QueueTime returns the mean time in the queue at a utilisation from 0 to
// below 1: Kingman's approximation ((c²ₐ + c²ₑ)/2) · u/(1−u) · t, and that of
// Sakasegawa for several machines. It is infinite from a utilisation of 1 on.
func (s Station) QueueTime(utilisation float64) float64 {
	if utilisation >= 1 {
		return math.Inf(1)
	}
	if utilisation <= 0 || s.Time <= 0 {
		return 0
	}
	m := float64(max(1, s.Machines))
	busy := math.Pow(utilisation, math.Sqrt(2*(m+1))-1)
	return (s.Arrival + s.Process) / 2 * busy / (m * (1 - utilisation)) * s.Time
}

// Departure returns the squared coefficient of variation of the times between
// departures, for a station of one machine: u²c²ₑ + (1 − u²)c²ₐ.
func (s Station) Departure(utilisation float64) float64 {
	u2 := float64(utilisation * utilisation)
	return float64(u2*s.Process) + float64((1-u2)*s.Arrival)
}

// A Failing machine breaks down now and then. Times are in one unit.
type Failing struct {
	Time      float64 // process time of a job without breakdowns, greater than 0
	Variation float64 // its squared coefficient of variation
	// Between is the mean time from the end of a repair to the next failure,
	// Repair the mean time of a repair and RepairVariation its squared
	// coefficient of variation.
	Between, Repair, RepairVariation float64
}

// Effective returns availability A, effective process time t₀/A, and its
// squared coefficient of variation c²₀ + (1 + c²ᵣ) A (1 − A) MTTR/t₀: long
// rare failures do more harm than short frequent ones.
func (f Failing) Effective() (availability, time, variation float64) {
	if f.Between <= 0 || f.Time <= 0 || f.Repair < 0 {
		return 0, 0, 0
	}
	a := f.Between / (f.Between + f.Repair)
	return a, f.Time / a, f.Variation + float64((1+f.RepairVariation)*a*(1-a)*f.Repair/f.Time)
}
