package lp

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func loadNamed(b *testing.B, name string) *Problem {
	for _, k := range knownPrograms(b) {
		if k.name == name {
			return k.load(b)
		}
	}
	b.Fatal("no such file: " + name)
	return nil
}

// BenchmarkCold solves from nothing with the dual simplex.
func BenchmarkCold(b *testing.B) {
	for _, name := range []string{"25fv47", "degen3", "rel20", "rel50_pc", "rel50"} {
		b.Run(name, func(b *testing.B) {
			p := loadNamed(b, name)
			for b.Loop() {
				sol, err := Solve(context.Background(), p, Options{Method: Dual})
				require.NoError(b, err)
				require.Equal(b, Optimal, sol.Status)
			}
		})
	}
}

// BenchmarkWarm changes 5 % of the demands of rel50, forth and back.
func BenchmarkWarm(b *testing.B) {
	p, q := loadNamed(b, "rel50"), loadNamed(b, "rel50_p5")
	s, err := NewSolver(p)
	require.NoError(b, err)
	_, err = s.Solve(context.Background(), Options{})
	require.NoError(b, err)
	for b.Loop() {
		p, q = q, p
		for i := range p.RowLower {
			s.SetRowBounds(i, p.RowLower[i], p.RowUpper[i])
		}
		sol, err := s.Solve(context.Background(), Options{})
		require.NoError(b, err)
		require.Equal(b, Optimal, sol.Status)
	}
}
