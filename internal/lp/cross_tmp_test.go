package lp

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestCrossTmp(t *testing.T) {
	for _, n := range strings.Fields(os.Getenv("FILES")) {
		k := known{path: filepath.Join(os.Getenv("DIR"), n+".mps")}
		p := k.load(t)
		sc := newScaling(p)
		t0 := time.Now()
		sm := newSimplex(p, sc)
		chol := false
		var in *interior
		b, its, st := interiorBasis(context.Background(), p, sc, sm.a, 0, func(s *interior) {
			in = s
			_, chol = s.kkt.(*normalMatrix)
			if os.Getenv("V") != "" {
				fmt.Printf("  %d p %.2e d %.2e gap %.2e mu %.2e obj %.8e\n", s.iterations, s.primalInf, s.dualInf, s.gap, s.mu, s.objective)
			}
		})
		fmt.Printf("%-10s chol %5t ipm st %d it %d %.1e %.1e %.1e %v", n, chol, st, its, in.primalInf, in.dualInf, in.gap, time.Since(t0).Round(time.Millisecond))
		if b == nil {
			fmt.Println()
			continue
		}
		for _, m := range []Method{Auto} {
			t2 := time.Now()
			sm.loadBasis(b)
			sm.place()
			sol := sm.solve(context.Background(), p, Options{Method: m})
			fmt.Printf("; m %d simplex st %d it %d obj %.10e %v\n", m, sol.Status, sol.Iterations, sol.Objective, time.Since(t2).Round(time.Millisecond))
		}
	}
}
