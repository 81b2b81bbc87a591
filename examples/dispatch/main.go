// Command dispatch is a month of a shop in fast motion.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	var s settings
	flag.Uint64Var(&s.seed, "seed", 1, "of the world: what breaks, what is late, who calls")
	flag.IntVar(&s.days, "days", 28, "how long the month is, up to 60")
	flag.BoolVar(&s.all, "all", false, "print every document of every morning")
	flag.StringVar(&s.csv, "csv", "", "write every document to this `folder`")
	flag.IntVar(&s.worlds, "worlds", 3, "in how many worlds ways to run the shop are compared")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, s); err != nil {
		fmt.Fprintln(os.Stderr, "dispatch:", err)
		os.Exit(1)
	}
}

// settings are what the command line says.
type settings struct {
	seed         uint64
	days, worlds int
	all          bool
	csv          string
}

func run(ctx context.Context, w io.Writer, s settings) error {
	m, err := begin(ctx, s.seed, s.days)
	if err != nil {
		return err
	}
	p := &printer{w, s.all, s.csv}
	if err := m.run(ctx, policies[len(policies)-1], p.day); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n== The month is over\n")
	papers, err := m.review(ctx, s.seed)
	if err != nil {
		return err
	}
	if err := p.papers(m.until, papers); err != nil {
		return err
	}
	return compare(ctx, w, s.seed, s.worlds, s.days)
}
