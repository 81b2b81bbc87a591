package jobshop

import (
	"bufio"
	"fmt"
	"github.com/taktplan/takt/schedule/internal/plain"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
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

func TestProto(t *testing.T) {
	for _, name := range strings.Fields(os.Getenv("PROTO")) {
		s := readShop("/work/shared/data/shop/" + name + ".txt")
		order := make([]int32, 0)
		for k := int32(0); len(order) < s.Ops(); k++ {
			for j := range s.Jobs() {
				if o := s.JobStart[j] + k; o < s.JobStart[j+1] {
					order = append(order, o)
				}
			}
		}
		for k, near := range []neighbourhood{n5, n6, n7} {
			tb := newTabu(s, near, newRandom(1))
			tb.restart(order)
			t0 := time.Now()
			n := 200000
			mv := 0
			for range n {
				if !tb.iterate() {
					break
				}
				mv += len(tb.moves)
			}
			d := time.Since(t0)
			fmt.Println(name, k, tb.best, d/time.Duration(n), "moves", mv/n, "path", len(tb.walk.path), len(tb.walk.blocks))
		}
	}
}
