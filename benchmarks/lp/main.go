// Lp solves linear programs in MPS files and prints one JSON line per file.
//
//	go run ./benchmarks/lp [-method auto|dual|primal|ipm] [-time 300s] [-warm SECOND.mps] FILE.mps…
//
// With -warm, each file is solved first, and then SECOND.mps from the optimal
// basis of it, matched by the names of rows and columns. If the two differ in
// costs and bounds only, the solver of the first is changed and used again,
// with its factors and weights.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"github.com/taktplan/takt/internal/lp"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// A config is what the flags say.
type config struct {
	options lp.Options
	limit   time.Duration
	warm    string
	trace   bool
}

func run(args []string) error {
	flags := flag.NewFlagSet("lp", flag.ContinueOnError)
	var c config
	method := flags.String("method", "auto", "auto, dual, primal or ipm")
	flags.DurationVar(&c.limit, "time", 5*time.Minute, "time allowed per solve")
	flags.StringVar(&c.warm, "warm", "", "MPS file to solve from the basis of each FILE")
	flags.BoolVar(&c.options.NoPresolve, "nopresolve", false, "solve without presolve")
	flags.BoolVar(&c.trace, "v", false, "print progress to standard error")
	profile := flags.String("cpuprofile", "", "write a CPU profile to this file")
	if err := flags.Parse(args); err != nil {
		return err
	}
	methods := map[string]lp.Method{"auto": lp.Auto, "dual": lp.Dual, "primal": lp.Primal, "ipm": lp.IPM}
	var known bool
	if c.options.Method, known = methods[*method]; !known {
		return fmt.Errorf("unknown method %q", *method)
	}
	if *profile != "" {
		file, err := os.Create(*profile)
		if err != nil {
			return err
		}
		defer file.Close()
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	for _, path := range flags.Args() {
		line, err := c.solve(path)
		if err != nil {
			return err
		}
		if err := json.NewEncoder(os.Stdout).Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func read(path string) (*lp.Problem, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	p, err := lp.ReadMPS(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}

// A line is what is printed for a file.
type line struct {
	File            string  `json:"file"`
	Rows            int     `json:"rows"`
	Cols            int     `json:"cols"`
	Nonzeros        int     `json:"nonzeros"`
	Status          string  `json:"status"`
	Objective       float64 `json:"objective"`
	Iterations      int64   `json:"iterations"`
	Seconds         float64 `json:"seconds"`
	PresolveSeconds float64 `json:"presolve_seconds"`
	Method          string  `json:"method"`
	PrimalResidual  float64 `json:"primal_residual"`
	DualResidual    float64 `json:"dual_residual"`
	Complementarity float64 `json:"complementarity"`
	PeakBytes       int64   `json:"peak_bytes"`
	Warm            *line   `json:"warm,omitempty"`
}

// solve solves one file, and the second one after it if there is one.
func (c *config) solve(path string) (*line, error) {
	p, err := read(path)
	if err != nil {
		return nil, err
	}
	begin := time.Now()
	s, err := lp.NewSolver(p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	out, sol, err := c.measure(path, p, s, c.options, begin)
	if err != nil || c.warm == "" {
		return out, err
	}
	out.Warm, err = c.resolve(p, s, sol)
	return out, err
}

// resolve solves the second file from the solution of p in s.
func (c *config) resolve(p *lp.Problem, s *lp.Solver, sol *lp.Solution) (*line, error) {
	q, err := read(c.warm)
	if err != nil {
		return nil, err
	}
	options := c.options
	begin := time.Now()
	if sameMatrix(p, q) {
		change(s, p, q)
	} else {
		if s, err = lp.NewSolver(q); err != nil {
			return nil, fmt.Errorf("%s: %w", c.warm, err)
		}
		mapStart(&options, sol, p, q)
	}
	out, _, err := c.measure(c.warm, q, s, options, begin)
	return out, err
}

// measure solves p with s; the time counts from begin.
func (c *config) measure(path string, p *lp.Problem, s *lp.Solver, o lp.Options, begin time.Time) (*line, *lp.Solution, error) {
	ctx, cancel := context.WithTimeout(context.Background(), c.limit)
	defer cancel()
	var presolved time.Duration
	o.Progress = func(g lp.Progress) {
		if g.Iterations == 0 {
			presolved = time.Since(begin)
		}
		if c.trace {
			fmt.Fprintf(os.Stderr, "%-7s %8d  %.10g  %.3g  %.3g\n",
				methodName(g.Method), g.Iterations, g.Objective, g.PrimalInf, g.DualInf)
		}
	}
	sol, err := s.Solve(ctx, o)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return &line{
		File: filepath.Base(path), Rows: p.Rows(), Cols: p.Cols(), Nonzeros: p.Entries(),
		Status: statusName(sol.Status), Objective: finite(sol.Objective), Iterations: sol.Iterations,
		Seconds: time.Since(begin).Seconds(), PresolveSeconds: presolved.Seconds(),
		Method:         methodName(sol.Method),
		PrimalResidual: finite(sol.PrimalResidual), DualResidual: finite(sol.DualResidual),
		Complementarity: finite(sol.Complementarity), PeakBytes: peakBytes(),
	}, sol, nil
}

func statusName(s lp.Status) string {
	switch s {
	case lp.Optimal:
		return "optimal"
	case lp.Infeasible:
		return "infeasible"
	case lp.Unbounded:
		return "unbounded"
	case lp.IterationLimit:
		return "iteration limit"
	case lp.Cancelled:
		return "cancelled"
	}
	return "numerical"
}

func methodName(m lp.Method) string {
	switch m {
	case lp.Dual:
		return "dual"
	case lp.Primal:
		return "primal"
	case lp.IPM:
		return "ipm"
	}
	return "auto"
}
