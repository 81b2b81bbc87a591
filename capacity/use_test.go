package capacity

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// The worked examples of the textbooks.
func TestWorkedExamples(t *testing.T) {
	cases := []struct {
		name      string
		got, want float64
	}{
		{"shift coefficient: 18 + 12 + 4 of 20 machines", ShiftCoefficient([]int{18, 12, 4}, 20), 1.7},
		{"use of a regime of two shifts", ShiftRegimeUse(1.7, 2), 0.85},
		{"extensive use", ExtensiveUse(3400, 4000), 0.85},
		{"intensive use", IntensiveUse(45, 50), 0.90},
		{"integral use", IntegralUse(ExtensiveUse(3400, 4000), IntensiveUse(45, 50)), 0.765},
		{"floor area", FloorAreaLoad([]Occupation{{Pieces: 60, Area: 8, Days: 3}}, 100, 20), 0.72},
		{"trips of a vehicle", haul.Trips(), 11.333333333333334},
		{"tonnes a vehicle and day", haul.PerVehicle(), 45.333333333333336},
		{"vehicles", haul.Vehicles(), 4},

		// 21 days of two shifts of 8 hours, 5 % repair; 5000 pieces of 12
		// minutes and 3000 of 7, at 1.1 of the norm, want 4.0 of 5 places.
		{"nominal fund", NominalFund(21, 2, 8), 336},
		{"effective fund", EffectiveFund(336, 0.05), 319.2},
		{"workplaces", Workplaces([]Programme{{5000, 12}, {3000, 7}}, 319.2, 1.1), 81000 / (60 * 319.2 * 1.1)},
		{"load factor", LoadFactor(4, 5), 0.8},

		{"evenness of equal loads", Evenness([]float64{0.7, 0.7, 0.7}), 1},
		{"evenness: mean 0.8, deviation 0.1", Evenness([]float64{0.7, 0.9}), 0.875},
		{"peak factor", PeakFactor([]float64{0.7, 0.9}), 1.125},
		{"use of the capacity of vehicles", LoadUse(4, 5), 0.8},
		{"loaded run", LoadedRun(30, 40), 0.75},
		{"detention", Detention(1.5, 1), 0.5},
	}
	for _, c := range cases {
		assert.InDelta(t, c.want, c.got, 1e-12, c.name)
	}
}

var haul = Haul{PerDay: 180, Capacity: 5, LoadFactor: 0.8, TripHours: 1.2, Hours: 16, TimeUse: 0.85}

func TestNothingToDivideBy(t *testing.T) {
	for _, got := range []float64{
		ShiftCoefficient(nil, 0), ShiftRegimeUse(1, 0), ExtensiveUse(1, 0), IntensiveUse(1, 0), FloorAreaLoad(nil, 0, 0),
		Workplaces([]Programme{{1, 1}}, 0, 1), LoadFactor(1, 0), Evenness(nil), Evenness([]float64{0, 0}),
		PeakFactor(nil), Haul{}.Trips(), Haul{}.Vehicles(), LoadUse(1, 0), LoadedRun(1, 0), Detention(1, 2),
	} {
		assert.Zero(t, got)
	}
	assert.True(t, math.IsInf(Haul{PerDay: 1}.Vehicles(), 1))
}

// Rounding in the division does not call for a fourth vehicle.
func TestVehiclesExactly(t *testing.T) {
	h := haul
	h.PerDay = 136 // 3 · 45⅓
	assert.Equal(t, 3.0, h.Vehicles())
	h.PerDay = 136.001
	assert.Equal(t, 4.0, h.Vehicles())
}
