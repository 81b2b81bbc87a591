package window

import (
	"testing"

	"github.com/taktplan/takt/schedule/internal/generate"
)

// BenchmarkStep measures a step on job shops of 300 operations.
func BenchmarkStep(b *testing.B) {
	for name, rough := range map[string]generate.Rough{
		"operators": {Operators: true},
		"shifts":    {Shifts: true, Operators: true, Alternates: true},
	} {
		m, err := generate.Roughen(generate.JobShop(20, 15, 99, 1), rough)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			e := New(m, 1)
			e.Run(nil, 100)
			for b.Loop() {
				e.Run(nil, 1)
			}
		})
	}
}
