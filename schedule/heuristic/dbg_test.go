package heuristic_test

import (
	"context"
	"fmt"
	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
	"os"
	"strconv"
	"testing"
	"time"
)

func TestDbg(t *testing.T) {
	codes := map[string]int{}
	ex := map[string]string{}
	n := 300
	if s := os.Getenv("N"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	short, lines, late := 0, 0, 0
	for seed := uint64(0); seed < uint64(n); seed++ {
		p := scenario.Random(seed)
		if err := p.Validate(); err != nil {
			codes["invalid"]++
			ex["invalid"] = fmt.Sprint(seed, err)
			continue
		}
		ctx, c := context.WithTimeout(context.Background(), 5*time.Second)
		t0 := time.Now()
		r, err := heuristic.Plan(ctx, p, heuristic.Options{MaxSteps: 20})
		c()
		if time.Since(t0) > 2*time.Second {
			fmt.Println("SLOW", seed, time.Since(t0))
		}
		if err != nil {
			codes["err"]++
			ex["err"] = fmt.Sprint(seed, err)
			continue
		}
		lines += r.Plan.Metrics.Lines
		short += r.Plan.Metrics.ShortLines
		late += r.Plan.Metrics.LateLines
		for _, v := range verify.Check(p, r.Plan) {
			codes[string(v.Code)]++
			if _, ok := ex[string(v.Code)]; !ok {
				ex[string(v.Code)] = fmt.Sprint(seed, " ", v)
			}
		}
	}
	fmt.Println("lines", lines, "late", late, "short", short)
	for k, v := range codes {
		fmt.Println(k, v, ex[k])
	}
}
