// Command duel measures the sequencer on job shops made rough (see
// [generate.Roughen]) and writes the same models for another solver:
//
//	go run ./schedule/internal/duel -jobs 20 -machines 15 -shifts -operators -time 10s -model m.json
//	python schedule/internal/duel/cpsat.py --time 10 --workers 2 m.json
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/generate"
	"github.com/taktplan/takt/schedule/internal/search"
)

func main() {
	var rough generate.Rough
	jobs := flag.Int("jobs", 20, "jobs")
	machines := flag.Int("machines", 15, "machines")
	seed := flag.Uint64("seed", 1, "of the instance")
	flag.BoolVar(&rough.Shifts, "shifts", false, "machines work in shifts")
	flag.IntVar(&rough.Families, "families", 0, "changeovers between this many families")
	flag.BoolVar(&rough.Operators, "operators", false, "operations need an operator and a tool")
	flag.BoolVar(&rough.Alternates, "alternates", false, "some operations have a second machine")
	limit := flag.Duration("time", 10*time.Second, "of the search; 0 does not search")
	steps := flag.Int64("steps", 0, "limit of steps instead of -time")
	workers := flag.Int("workers", 2, "workers")
	model := flag.String("model", "", "file to write the model to")
	flag.Parse()
	rough.Seed = *seed
	if err := duel(generate.JobShop(*jobs, *machines, 99, *seed), rough, *limit, *steps, *workers, *model); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func duel(plain *core.Model, rough generate.Rough, limit time.Duration, steps int64, workers int, file string) error {
	m, err := generate.Roughen(plain, rough)
	if err != nil {
		return err
	}
	if file != "" {
		data, err := json.Marshal(m)
		if err != nil {
			return err
		}
		if err := os.WriteFile(file, data, 0o666); err != nil {
			return err
		}
	}
	if limit == 0 {
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	if steps == 0 {
		ctx, cancel = context.WithTimeout(ctx, limit)
	}
	defer cancel()
	start := time.Now()
	r := search.Solve(ctx, m, search.Options{Seed: 1, MaxSteps: steps, Workers: workers, Progress: func(p search.Progress) {
		fmt.Fprintf(os.Stderr, "%.2fs %d\n", time.Since(start).Seconds(), p.Cost.Value)
	}})
	if broken := m.Check(r.Schedule); len(broken) > 0 {
		return fmt.Errorf("broken: %v", broken[0])
	}
	fmt.Printf(`{"operations":%d,"value":%d,"bound":%d,"seconds":%.2f,"steps":%d}`+"\n", m.Ops(), r.Value, r.Bound, time.Since(start).Seconds(), r.Steps)
	return nil
}
