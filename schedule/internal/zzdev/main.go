package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime/pprof"
	"syscall"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/generate"
	"github.com/taktplan/takt/schedule/internal/lns"
)

var _ = json.Marshal

func cpu() float64 {
	var r syscall.Rusage
	syscall.Getrusage(0, &r)
	return float64(r.Utime.Sec) + float64(r.Utime.Usec)/1e6
}

func main() {
	sec := flag.Float64("t", 5, "cpu s")
	prof := flag.String("prof", "", "")
	jobs := flag.Int("jobs", 20, "")
	mach := flag.Int("machines", 15, "")
	only := flag.Int("only", -1, "")
	seeds := flag.Int("seeds", 1, "")
	flag.Parse()
	if *prof != "" {
		f, _ := os.Create(*prof)
		pprof.StartCPUProfile(f)
		defer pprof.StopCPUProfile()
	}
	for i, r := range []generate.Rough{{}, {Shifts: true, Operators: true, Alternates: true}, {Families: 5}, {Families: 5, Shifts: true, Operators: true}, {Operators: true}} {
		if *only >= 0 && i != *only {
			continue
		}
		r.Seed = 1
		m, err := generate.Roughen(generate.JobShop(*jobs, *mach, 99, 1), r)
		if err != nil {
			panic(err)
		}
		for seed := range *seeds {
			e := lns.New(m, uint64(seed))
			t0 := cpu()
			steps := int64(0)
			last := 0.0
			tr := ""
			for {
				steps += e.Run(nil, e.Pace())
				t := cpu() - t0
				if t > *sec {
					break
				}
				if t > last+*sec/5 {
					last = t
					tr += fmt.Sprintf(" %d", e.Best(nil).Value)
				}
			}
			s := core.NewSchedule(m.Ops())
			c := e.Best(s)
			fmt.Println(i, tr, c, steps/e.Pace(), len(m.Check(s)), e.Info())
		}
	}
}
