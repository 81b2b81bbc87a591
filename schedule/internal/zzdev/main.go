package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"

	"github.com/taktplan/takt/schedule/internal/core"
	"github.com/taktplan/takt/schedule/internal/lns"
)

func read(f string) *core.Model {
	fh, _ := os.Open(f)
	sc := bufio.NewScanner(fh)
	sc.Buffer(nil, 1<<24)
	var rows [][]int64
	for sc.Scan() {
		l := strings.TrimSpace(sc.Text())
		if l == "" || l[0] == '#' {
			continue
		}
		var r []int64
		for _, x := range strings.Fields(l) {
			v, _ := strconv.ParseInt(x, 10, 64)
			r = append(r, v)
		}
		rows = append(rows, r)
	}
	var b core.Builder
	for range rows[0][1] {
		b.AddResource(core.Machine)
	}
	b.SetObjective(core.Objective{Makespan: 1})
	for _, r := range rows[1:] {
		j := b.AddJob(core.Job{Due: core.Never, Deadline: core.Never})
		last := int32(-1)
		for i := 0; i+1 < len(r); i += 2 {
			o := b.AddOp(j, 0)
			b.AddMode(r[i+1], core.Need{Resource: int32(r[i]), Units: 1})
			if last >= 0 {
				b.Follow(last, o)
			}
			last = o
		}
	}
	m, err := b.Build()
	if err != nil {
		panic(err)
	}
	return m
}

func main() {
	sec := flag.Float64("t", 5, "")
	prof := flag.String("prof", "", "")
	flag.Parse()
	if *prof != "" {
		f, _ := os.Create(*prof)
		pprof.StartCPUProfile(f)
		defer pprof.StopCPUProfile()
	}
	for _, f := range flag.Args() {
		m := read(f)
		e := lns.New(m, 1)
		t0 := time.Now()
		steps := int64(0)
		for time.Since(t0).Seconds() < *sec {
			steps += e.Run(nil, e.Pace()*10)
		}
		s := core.NewSchedule(m.Ops())
		c := e.Best(s)
		fmt.Println(f, c, e.Bound(), steps, len(m.Check(s)))
	}
}
