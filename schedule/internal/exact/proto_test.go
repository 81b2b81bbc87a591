package exact

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/taktplan/takt/schedule/internal/plain"
)

func readShop(path string) *plain.Shop {
	f, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	var rows [][]int
	for sc.Scan() {
		fs := strings.Fields(sc.Text())
		if len(fs) == 0 {
			continue
		}
		var r []int
		for _, x := range fs {
			v, _ := strconv.Atoi(x)
			r = append(r, v)
		}
		rows = append(rows, r)
	}
	s := &plain.Shop{Machines: rows[0][1]}
	for _, r := range rows[1:] {
		s.JobStart = append(s.JobStart, int32(len(s.Machine)))
		s.Release = append(s.Release, 0)
		s.Tail = append(s.Tail, 0)
		for i := 0; i+1 < len(r); i += 2 {
			s.Machine = append(s.Machine, int32(r[i]))
			s.Time = append(s.Time, int32(r[i+1]))
		}
	}
	s.JobStart = append(s.JobStart, int32(len(s.Machine)))
	return s
}

func bks() map[string]int {
	b, _ := os.ReadFile("/work/shared/data/shop/bks-jsp.csv")
	m := map[string]int{}
	for _, l := range strings.Split(string(b), "\n")[1:] {
		f := strings.Split(l, ",")
		if len(f) > 6 {
			m[f[0]], _ = strconv.Atoi(f[6])
		}
	}
	return m
}

func TestBench(t *testing.T) {
	ub := bks()
	for _, name := range strings.Fields(os.Getenv("BENCH")) {
		fam := strings.TrimRight(name, "0123456789")
		s := readShop("/work/shared/data/shop/jsp-" + fam + "/" + name + ".txt")
		hint := make([]int32, 0)
		for v := range s.Ops() {
			hint = append(hint, int32(v))
		}
		for d := range 2 {
			t0 := time.Now()
			x := New(s, int32(ub[name]-1+d), hint, 1<<envMem())
			steps := 0
			for x.Status() == Open && time.Since(t0) < 20*time.Second {
				for range 100 {
					x.Step()
					steps++
				}
			}
			fmt.Println(name, ub[name]-1+d, []string{"open", "feasible", "infeasible"}[x.Status()], time.Since(t0), "steps", steps, "conflicts", x.conflicts, "undecided", len(x.orders.lits)-len(x.trail))
		}
	}
}

func envMem() int {
	v, err := strconv.Atoi(os.Getenv("MEM"))
	if err != nil {
		return 20
	}
	return v
}
