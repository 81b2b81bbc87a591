package capacity

import "math"

// A Haul is the transport of an amount a day by equal vehicles.
type Haul struct {
	PerDay     float64 // amount to be carried a day, such as tonnes
	Capacity   float64 // of one vehicle, in the same unit
	LoadFactor float64 // share of the capacity that is used, 0 to 1
	TripHours  float64 // loading, run, unloading and return
	Hours      float64 // that a vehicle is at work a day
	TimeUse    float64 // share of those that goes into trips, 0 to 1
}

// Trips returns the number of trips that a vehicle makes a day on average.
func (h Haul) Trips() float64 { return ratio(h.Hours*h.TimeUse, h.TripHours) }

// PerVehicle returns the amount that a vehicle carries a day.
func (h Haul) PerVehicle() float64 { return h.Capacity * h.LoadFactor * h.Trips() }

// Vehicles returns the number of vehicles needed, a whole one. It is infinite
// if there is something to carry and a vehicle can carry nothing.
func (h Haul) Vehicles() float64 {
	if h.PerDay <= 0 {
		return 0
	}
	if h.PerVehicle() <= 0 {
		return math.Inf(1)
	}
	// What is due to rounding must not call for one more vehicle.
	const slack = 1e-9
	return math.Ceil(h.PerDay/h.PerVehicle() - slack)
}

// LoadUse returns the share of the capacity of vehicles that their loads take.
func LoadUse(loaded, capacity float64) float64 { return ratio(loaded, capacity) }

// LoadedRun returns the share of the distance that vehicles run loaded.
func LoadedRun(loadedDistance, distance float64) float64 { return ratio(loadedDistance, distance) }

// Detention returns the hours that vehicles wait beyond the norm for loading
// and unloading.
func Detention(actualHours, normHours float64) float64 { return max(0, actualHours-normHours) }
