// Command shop solves public shop scheduling instances and prints one line of
// JSON for each; see README.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program: it returns the exit status, 2 for a wrong call and 1 if
// any instance failed.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c, err := parse(args, stderr)
	if err == flag.ErrHelp {
		return 0
	}
	if err != nil {
		fmt.Fprintln(stderr, "shop:", err)
		return 2
	}
	table, err := newTable(c.bks, c.objective, c.dueKind)
	if err != nil {
		fmt.Fprintln(stderr, "shop:", err)
		return 2
	}
	status := 0
	for _, source := range c.sources() {
		line, err := solve(ctx, c, source, stderr)
		if err == nil {
			err = line.print(stdout)
		}
		if err != nil {
			fmt.Fprintln(stderr, "shop:", err)
			status = 1
			continue
		}
		table.add(line)
	}
	if table != nil {
		table.print(stdout)
	}
	return status
}
