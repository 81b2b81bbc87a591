// Command plant measures the heuristic planner on a generated plant of any
// size and prints one JSON object on one line.
//
//	go run ./benchmarks/plant -lines 20000 -items 100 -machines 60 -seed 1
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"time"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule/codec"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
)

// A report is what is measured.
type report struct {
	Lines        int     `json:"lines"`
	Orders       int     `json:"orders"`
	Operations   int     `json:"operations"`
	Purchases    int     `json:"purchases"`
	Seconds      float64 `json:"seconds"`
	PeakBytes    uint64  `json:"peak_bytes"`
	OnTime       int     `json:"on_time"`
	Late         int     `json:"late"`
	Short        int     `json:"short"`
	LateUnitDays float64 `json:"late_unit_days"`
	Steps        int64   `json:"steps"`
	Cost         int64   `json:"cost"`
	Violations   int     `json:"violations"`
}

func main() {
	var plant scenario.Plant
	flag.IntVar(&plant.Lines, "lines", 20000, "contract lines")
	flag.IntVar(&plant.Items, "items", 100, "end items")
	flag.IntVar(&plant.Machines, "machines", 60, "machines")
	flag.IntVar(&plant.Components, "components", 200, "purchased components")
	flag.Uint64Var(&plant.Seed, "seed", 1, "seed of the generator")
	flag.BoolVar(&plant.Shifts, "shifts", false, "machines work two shifts on weekdays")
	percent := flag.Int("gc", 50, "how much garbage, in percent of what is in use, is left until it is collected; see GOGC")
	steps := flag.Int64("steps", -1, "tries of improvement; negative: make the plan only, 0: until -time")
	limit := flag.Duration("time", 0, "time for planning; 0: no limit")
	file := flag.String("write", "", "write the problem as JSON to this file")
	profile := flag.String("cpuprofile", "", "write a CPU profile to this file")
	flag.Parse()
	debug.SetGCPercent(*percent)
	if *file != "" {
		if err := write(plant, *file); err != nil {
			fmt.Fprintln(os.Stderr, "plant:", err)
			os.Exit(1)
		}
	}
	r, err := run(plant, *steps, *limit, *profile)
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(r)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "plant:", err)
		os.Exit(1)
	}
}

func write(plant scenario.Plant, file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	return errors.Join(codec.EncodeProblem(f, plant.Problem()), f.Close())
}

func run(plant scenario.Plant, steps int64, limit time.Duration, profile string) (*report, error) {
	p := plant.Problem()
	ctx := context.Background()
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	if profile != "" {
		f, err := os.Create(profile)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return nil, err
		}
		defer pprof.StopCPUProfile()
	}
	runtime.GC()
	start := time.Now()
	res, err := heuristic.Plan(ctx, p, heuristic.Options{MaxSteps: steps})
	if err != nil {
		return nil, err
	}
	seconds := time.Since(start).Seconds()
	m := &res.Plan.Metrics
	return &report{
		Lines: m.Lines, Orders: m.Orders, Operations: m.Operations, Purchases: len(res.Plan.Purchases),
		Seconds: seconds, PeakBytes: peakBytes(),
		OnTime: m.OnTimeLines, Late: m.LateLines, Short: m.ShortLines, LateUnitDays: m.LateUnitDays,
		Steps: res.Steps, Cost: m.Cost, Violations: len(verify.Check(p, res.Plan)),
	}, nil
}

// peakBytes is the memory that the process has taken from the system.
func peakBytes() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}
