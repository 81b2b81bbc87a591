package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/taktplan/takt/benchmarks/internal/shopfile"
	"github.com/taktplan/takt/schedule/shop"
)

// A config is what the command line says.
type config struct {
	time      time.Duration
	steps     int64
	workers   int
	seed      uint64
	objective shop.Objective
	format    shopfile.Format
	due       string
	dueKind   string
	out       string
	bks       string
	taillard  []int
	flowShops []int
	random    [2]int // jobs, machines; 0 for none
	files     []string
}

func parse(args []string, stderr io.Writer) (*config, error) {
	c := &config{}
	f := flag.NewFlagSet("shop", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.DurationVar(&c.time, "time", 10*time.Second, "wall time of solving each instance")
	f.Int64Var(&c.steps, "steps", 0, "steps of each worker instead of -time: the output is the same on any machine")
	f.IntVar(&c.workers, "workers", 2, "searches side by side")
	f.Uint64Var(&c.seed, "seed", 1, "seed of the search")
	objective := f.String("objective", "makespan", "makespan or weighted-tardiness")
	format := f.String("format", "auto", "auto, jsplib, reentrant, fjs or fajs")
	f.StringVar(&c.due, "due", "", "due-date `file`, or folder of INSTANCE.KIND.csv")
	f.StringVar(&c.dueKind, "due-kind", "", "kind of due dates, for a folder")
	f.StringVar(&c.out, "out", "", "folder for the schedules")
	f.StringVar(&c.bks, "bks", "", "CSV `file` of best-known values: ends with a table of deviations")
	taillard := f.String("taillard", "", "generate these of Taillard's job shops: 1-80")
	flowShops := f.String("taillard-flow", "", "generate these of Taillard's flow shops: 1-120")
	random := f.String("random", "", "generate a job shop of this `size`, such as 1000x1000")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	c.files = f.Args()
	return c, errors.Join(
		c.setObjective(*objective),
		c.setFormat(*format),
		c.setNumbers(*taillard, *flowShops),
		c.setRandom(*random),
		c.check(),
	)
}

func (c *config) setObjective(name string) error {
	switch name {
	case "makespan":
		c.objective = shop.Makespan
	case "weighted-tardiness":
		c.objective = shop.WeightedTardiness
	default:
		return fmt.Errorf("-objective %q: want makespan or weighted-tardiness", name)
	}
	return nil
}

func (c *config) setFormat(name string) (err error) {
	c.format, err = shopfile.ParseFormat(name)
	return err
}

func (c *config) setNumbers(taillard, flowShops string) (err error) {
	if c.taillard, err = numbers(taillard, 80); err != nil {
		return fmt.Errorf("-taillard: %w", err)
	}
	if c.flowShops, err = numbers(flowShops, 120); err != nil {
		return fmt.Errorf("-taillard-flow: %w", err)
	}
	return nil
}

func (c *config) setRandom(size string) error {
	if size == "" {
		return nil
	}
	jobs, machines, _ := strings.Cut(size, "x")
	n, errN := strconv.Atoi(jobs)
	m, errM := strconv.Atoi(machines)
	if errN != nil || errM != nil || min(n, m) < 1 || max(n, m) > 1e6 || n*m > 1e8 {
		return fmt.Errorf("-random %q: want JOBSxMACHINES, at most 10⁸ operations", size)
	}
	c.random = [2]int{n, m}
	return nil
}

func (c *config) check() error {
	switch {
	case c.time <= 0 && c.steps <= 0:
		return errors.New("-time or -steps must be positive")
	case c.workers < 1 || c.workers > 1024:
		return fmt.Errorf("-workers %d: want 1 to 1024", c.workers)
	case c.objective == shop.WeightedTardiness && c.due == "":
		return errors.New("-objective weighted-tardiness needs -due")
	case len(c.files)+len(c.taillard)+len(c.flowShops)+c.random[0] == 0:
		return errors.New("no instances: name files, or use -taillard")
	}
	return nil
}

// numbers reads a list such as "1-10,21" of numbers from 1 to limit.
func numbers(list string, limit int) (all []int, err error) {
	if list == "" {
		return nil, nil
	}
	for part := range strings.SplitSeq(list, ",") {
		low, high, ok := strings.Cut(part, "-")
		if !ok {
			high = low
		}
		a, errA := strconv.Atoi(low)
		b, errB := strconv.Atoi(high)
		if errA != nil || errB != nil || a < 1 || b < a || b > limit {
			return nil, fmt.Errorf("%q: want a number or a range within 1-%d", part, limit)
		}
		for k := a; k <= b; k++ {
			all = append(all, k)
		}
	}
	return all, nil
}

// A source reads or generates an instance.
type source func() (*shopfile.Instance, error)

func (c *config) sources() []source {
	var all []source
	for _, k := range c.taillard {
		all = append(all, func() (*shopfile.Instance, error) { return shopfile.TaillardJobShop(k) })
	}
	for _, k := range c.flowShops {
		all = append(all, func() (*shopfile.Instance, error) { return shopfile.TaillardFlowShop(k) })
	}
	if n, m := c.random[0], c.random[1]; n > 0 {
		all = append(all, func() (*shopfile.Instance, error) { return shopfile.RandomJobShop(n, m, 840612802, 398197754), nil })
	}
	for _, name := range c.files {
		all = append(all, func() (*shopfile.Instance, error) { return readFile(name, c.format) })
	}
	return all
}

func readFile(name string, format shopfile.Format) (*shopfile.Instance, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return shopfile.Read(name, format, f)
}

// readDue reads the due dates of an instance, if there are to be any.
func (c *config) readDue(x *shopfile.Instance) error {
	if c.due == "" {
		return nil
	}
	name := c.due
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		if c.dueKind == "" {
			return errors.New("-due is a folder: say -due-kind")
		}
		name = filepath.Join(name, x.Name+"."+c.dueKind+".csv")
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	x.Due, err = shopfile.ReadDue(name, x.Jobs, f)
	return err
}
