package shop_test

import (
	"context"
	"fmt"

	"github.com/taktplan/takt/schedule/shop"
)

// The six-by-six job shop of Fisher and Thompson (1963), solved to its proven
// optimum.
func ExampleSolve() {
	routings := [][][2]int{ // per job: machine, time
		{{2, 1}, {0, 3}, {1, 6}, {3, 7}, {5, 3}, {4, 6}},
		{{1, 8}, {2, 5}, {4, 10}, {5, 10}, {0, 10}, {3, 4}},
		{{2, 5}, {3, 4}, {5, 8}, {0, 9}, {1, 1}, {4, 7}},
		{{1, 5}, {0, 5}, {2, 5}, {3, 3}, {4, 8}, {5, 9}},
		{{2, 9}, {1, 3}, {4, 5}, {5, 4}, {0, 3}, {3, 1}},
		{{1, 3}, {3, 3}, {5, 9}, {0, 10}, {4, 4}, {2, 1}},
	}
	p := &shop.Problem{Machines: 6}
	for _, routing := range routings {
		var job shop.Job
		for _, r := range routing {
			job.Ops = append(job.Ops, shop.Op{Modes: []shop.Mode{{Machine: r[0], Time: int64(r[1])}}})
		}
		p.Jobs = append(p.Jobs, job)
	}
	s, err := shop.Solve(context.Background(), p, shop.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Value, s.Bound, s.Optimal)
	// Output: 55 55 true
}

// An assembly with alternatives: two parts are made on either of two machines,
// then put together on a third.
func ExampleSolve_assembly() {
	either := shop.Op{Modes: []shop.Mode{{Machine: 0, Time: 4}, {Machine: 1, Time: 6}}}
	p := &shop.Problem{Machines: 3, Jobs: []shop.Job{{
		Ops:  []shop.Op{either, either, {Modes: []shop.Mode{{Machine: 2, Time: 5}}}},
		Arcs: [][2]int{{0, 2}, {1, 2}},
	}}}
	s, err := shop.Solve(context.Background(), p, shop.Options{MaxSteps: 100})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Value)
	// Output: 11
}
