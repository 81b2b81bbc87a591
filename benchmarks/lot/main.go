package main

import (
	"context"
	"fmt"
	"os"
	"time"
	"flag"

	"github.com/taktplan/takt/internal/lotsize"
)

func main() {
	d := flag.Duration("time", 10*time.Second, "")
	unit := flag.Bool("unit", false, "")
	flag.Parse()
	for _, f := range flag.Args() {
		r, err := os.Open(f)
		if err != nil {
			panic(err)
		}
		p, err := readTrigeiro(r)
		if err != nil {
			panic(err)
		}
		if *unit {
			for i := range p.Items { p.Items[i].UnitTime = 1 }
		}
		ctx, c := context.WithTimeout(context.Background(), *d)
		t := time.Now()
		s, err := lotsize.Solve(ctx, p, lotsize.Options{})
		c()
		if err != nil {
			fmt.Println(f, err)
			continue
		}
		fmt.Println(f, s.Cost, s.Excess, s.Bound, s.Optimal, s.Steps, time.Since(t))
	}
}
