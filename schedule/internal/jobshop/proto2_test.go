package jobshop

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func envInt(k string, d int) int {
	if v, err := strconv.Atoi(os.Getenv(k)); err == nil {
		return v
	}
	return d
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

func cpu() time.Duration {
	var ru syscall.Rusage
	syscall.Getrusage(0, &ru)
	return time.Duration(ru.Utime.Nano() + ru.Stime.Nano())
}

func TestBench(t *testing.T) {
	ub := bks()
	near := map[string]neighbourhood{"n5": n5, "n6": n6, "n7": n7, "": n7}[os.Getenv("NEAR")]
	secs := envInt("MS", 10000)
	par := make(chan bool, envInt("PAR", 1))
	var wg sync.WaitGroup
	names := strings.Fields(os.Getenv("BENCH"))
	out := make([]string, len(names))
	var total, count float64
	var mu sync.Mutex
	for i, name := range names {
		wg.Add(1)
		par <- true
		go func() {
			defer func() { <-par; wg.Done() }()
			fam := strings.TrimRight(name, "0123456789")
			s := readShop("/work/shared/data/shop/jsp-" + fam + "/" + name + ".txt")
			e := newTunedPool(s, newRandom(uint64(envInt("SEED", 1))), tuning{near: near, idle: envInt("IDLE", 12000), population: envInt("POP", 4), tmin: envInt("TMIN", 300), tspan: envInt("TSPAN", 400), stale0: envInt("STALE", 3)})
			t0 := time.Now()
			c0 := cpu()
			steps := 0
			hit := 0.0
			limit := envInt("STEPS", 0)
			for (limit == 0 && time.Since(t0) < time.Duration(secs)*time.Millisecond || steps < limit) && int(e.best.makespan) > ub[name] {
				for range 500 {
					b := e.best.makespan
					e.step()
					steps++
					if e.best.makespan < b {
						hit = time.Since(t0).Seconds()
					}
				}
			}
			rpd := 100 * float64(int(e.best.makespan)-ub[name]) / float64(ub[name])
			out[i] = fmt.Sprintf("%s %d %.2f%% at %.1fs %.2fus/it restarts %d", name, e.best.makespan, rpd, hit, float64((cpu()-c0).Microseconds())/float64(steps), e.restarts)
			if os.Getenv("V") != "" {
				fmt.Println(out[i])
			}
			mu.Lock()
			total += rpd
			count++
			mu.Unlock()
		}()
	}
	wg.Wait()
	if count > 0 {
		fmt.Printf("MEAN %.3f\n", total/count)
	}
}
