// Command duel runs a fixed sample of the public instances with Takt and with
// OR-Tools CP-SAT, one after the other with the same workers and seconds, and
// prints the comparison as a table; see ../README.md.
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"time"
)

// A config is what the command line says.
type config struct {
	data   string
	python string
	script string // solves instance files with CP-SAT
	time   time.Duration
	worker int
	every  int
	sets   *regexp.Regexp
}

func main() {
	c := &config{}
	flag.StringVar(&c.data, "data", "", "`folder` of the instances")
	flag.StringVar(&c.python, "python", "python3", "Python that has ortools")
	flag.StringVar(&c.script, "cpsat", "", "`script` that solves an instance file with CP-SAT; none runs Takt alone")
	flag.DurationVar(&c.time, "time", 10*time.Second, "wall time of solving, each instance and side")
	flag.IntVar(&c.worker, "workers", 2, "workers of each side")
	flag.IntVar(&c.every, "every", 3, "take the first of every so many instances of a set")
	sets := flag.String("sets", "", "only sets whose names match this regular expression")
	flag.Parse()
	if err := c.run(*sets); err != nil {
		fmt.Fprintln(os.Stderr, "duel:", err)
		os.Exit(1)
	}
}

func (c *config) run(sets string) (err error) {
	if c.sets, err = regexp.Compile(sets); err != nil {
		return err
	}
	if c.every < 1 || c.data == "" {
		return fmt.Errorf("-data is needed, and -every of 1 or more")
	}
	known, err := readKnown(c.data)
	if err != nil {
		return err
	}
	printHeading(c.script == "")
	for _, s := range allSets() {
		if !c.sets.MatchString(s.name) {
			continue
		}
		r, err := c.fight(s, known)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		r.print(c.script == "")
	}
	return nil
}

// fight runs the sample of a set.
func (c *config) fight(s set, known map[string]int64) (*row, error) {
	all, err := s.instances(c.data)
	if err != nil {
		return nil, err
	}
	r := &row{name: s.name}
	for i := 0; i < len(all); i += c.every {
		ours, err := c.takt(all[i])
		if err != nil {
			return nil, err
		}
		var theirs outcome
		if c.script != "" {
			if theirs, err = c.cpsat(all[i]); err != nil {
				return nil, err
			}
		}
		reference, ok := known[all[i].key()]
		if !ok {
			reference = best(ours, theirs)
		}
		r.add(ours, theirs, reference)
		fmt.Fprintln(os.Stderr, all[i].key(), reference, ours, theirs)
	}
	return r, nil
}
