package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// An outcome is what a side came to; the zero value is no schedule.
type outcome struct {
	value  int64
	found  bool
	proven bool
}

func (o outcome) String() string {
	switch {
	case !o.found:
		return "-"
	case o.proven:
		return fmt.Sprint(o.value, "*")
	}
	return fmt.Sprint(o.value)
}

// best is the lower value of two sides of which one has found a schedule.
func best(a, b outcome) int64 {
	if !a.found || b.found && b.value < a.value {
		return b.value
	}
	return a.value
}

// takt solves an instance with the programs of this module.
func (c *config) takt(x instance) (outcome, error) {
	call := []string{"run", "./benchmarks/shop", "-time", c.time.String(), "-workers", fmt.Sprint(c.worker)}
	switch {
	case x.rough != nil:
		call = append([]string{"run", "./schedule/internal/duel", "-time", c.time.String(), "-workers", fmt.Sprint(c.worker)}, x.rough...)
	case x.due != "":
		call = append(call, "-objective", "weighted-tardiness", "-due", x.due, x.file)
	default:
		call = append(call, x.file)
	}
	var r struct {
		Value, Bound int64 // of a rough shop
		LowerBound   int64 `json:"lower_bound"`
	}
	err := lastLine(&r, "go", call...)
	return outcome{value: r.Value, found: err == nil, proven: r.Value <= max(r.Bound, r.LowerBound)}, err
}

// cpsat solves an instance with CP-SAT.
func (c *config) cpsat(x instance) (outcome, error) {
	limits := []string{"--time", fmt.Sprint(c.time.Seconds()), "--workers", fmt.Sprint(c.worker)}
	call := append([]string{c.script, x.file}, limits...)
	switch {
	case x.rough != nil:
		model := filepath.Join(os.TempDir(), "takt-duel.json")
		defer os.Remove(model)
		generate := append([]string{"run", "./schedule/internal/duel", "-time", "0", "-model", model}, x.rough...)
		if err := exec.Command("go", generate...).Run(); err != nil {
			return outcome{}, err
		}
		call = append([]string{"schedule/internal/duel/cpsat.py", model}, limits...)
	case x.due != "":
		call = append(call, "--objective", "twt", "--due", x.due)
	}
	var r struct {
		Value, Objective *float64
		Status           string
	}
	if err := lastLine(&r, c.python, call...); err != nil {
		return outcome{}, err
	}
	if r.Value == nil {
		r.Value = r.Objective
	}
	if r.Value == nil {
		return outcome{}, nil
	}
	return outcome{value: int64(*r.Value), found: true, proven: r.Status == "OPTIMAL"}, nil
}

// lastLine runs a program and decodes the last line of what it prints.
func lastLine(into any, program string, args ...string) error {
	cmd := exec.Command(program, args...)
	var errors bytes.Buffer
	cmd.Stderr = &errors
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", cmd, err, errors.Bytes())
	}
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	return json.Unmarshal(lines[len(lines)-1], into)
}
