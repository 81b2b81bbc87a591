// Command lot solves public lot-sizing instances and prints one line of JSON
// for each; see README.md.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/taktplan/takt/benchmarks/internal/lotfile"
	"github.com/taktplan/takt/internal/lotsize"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// A config is what the command line says.
type config struct {
	time    time.Duration
	steps   int64
	seed    uint64
	unit    bool
	carry   bool
	profile int
	files   []string
}

func parse(args []string, stderr io.Writer) (config, error) {
	var c config
	flags := flag.NewFlagSet("lot", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.DurationVar(&c.time, "time", 10*time.Second, "wall `time` for each instance")
	flags.Int64Var(&c.steps, "steps", 0, "linear programs to solve at most, instead of a time")
	flags.Uint64Var(&c.seed, "seed", 0, "seed of the search")
	flags.BoolVar(&c.unit, "unit", false, "take 1 for all unit times")
	flags.BoolVar(&c.carry, "carry", false, "let set-up states be carried over")
	flags.IntVar(&c.profile, "profile", 1, "set-up costs of a Tempelmeier instance")
	err := flags.Parse(args)
	c.files = flags.Args()
	return c, err
}

// run is the program: it returns the exit status, 2 for a wrong call and 1 if
// any instance failed.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c, err := parse(args, stderr)
	if err == flag.ErrHelp {
		return 0
	}
	if err != nil || len(c.files) == 0 {
		fmt.Fprintln(stderr, "lot: name the files of instances")
		return 2
	}
	status := 0
	for _, file := range c.files {
		if err := solve(ctx, c, file, stdout); err != nil {
			fmt.Fprintf(stderr, "lot: %s: %v\n", file, err)
			status = 1
		}
	}
	return status
}

// A line is what is printed of an instance.
type line struct {
	File    string  `json:"file"`
	Items   int     `json:"items"`
	Periods int     `json:"periods"`
	Cost    float64 `json:"cost"`
	Excess  float64 `json:"excess"`
	Bound   float64 `json:"bound"`
	Gap     float64 `json:"gap"`
	Optimal bool    `json:"optimal"`
	Steps   int64   `json:"steps"`
	Seconds float64 `json:"seconds"`
	First   float64 `json:"first_seconds"`
}

func solve(ctx context.Context, c config, file string, stdout io.Writer) error {
	p, err := lotfile.Read(file, c.profile)
	if err != nil {
		return err
	}
	p.CarryOver = c.carry
	if c.unit {
		for i := range p.Items {
			p.Items[i].UnitTime = 1
		}
	}
	if c.steps == 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, c.time)
		defer stop()
	}
	l := line{File: filepath.Base(file), Items: len(p.Items), Periods: p.Periods}
	begin := time.Now()
	s, err := lotsize.Solve(ctx, p, lotsize.Options{MaxSteps: c.steps, Seed: c.seed, Improved: func(cost float64) {
		if l.First == 0 {
			l.First = time.Since(begin).Seconds()
		}
	}})
	if err != nil {
		return err
	}
	l.Seconds = time.Since(begin).Seconds()
	if c.steps > 0 {
		l.Seconds, l.First = 0, 0
	}
	l.Cost, l.Excess, l.Bound, l.Optimal, l.Steps = s.Cost, s.Excess, s.Bound, s.Optimal, s.Steps
	l.Gap = s.Cost/s.Bound - 1
	return json.NewEncoder(stdout).Encode(l)
}
