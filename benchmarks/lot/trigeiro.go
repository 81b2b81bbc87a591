package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/taktplan/takt/internal/lotsize"
)

// readTrigeiro reads a problem of Trigeiro, Thomas and McClain (1989): items
// and periods, an unused cost, the capacity of a period, a line per item (unit
// time, holding cost, set-up time, set-up cost), and the demand, a line per
// period, in blocks of 15 items.
func readTrigeiro(r io.Reader) (*lotsize.Problem, error) {
	in := numbers{scan: bufio.NewScanner(r)}
	in.scan.Split(bufio.ScanWords)
	items, periods := in.count(), in.count()
	in.next()
	capacity := in.next()
	p := &lotsize.Problem{Periods: periods, Resources: []lotsize.Resource{{}}}
	for range periods {
		p.Resources[0].Capacity = append(p.Resources[0].Capacity, capacity)
	}
	for range items {
		p.Items = append(p.Items, lotsize.Item{
			UnitTime: in.next(), Holding: in.next(), SetupTime: in.next(), SetupCost: in.next(),
			Demand: make([]float64, periods),
		})
	}
	const block = 15
	for from := 0; from < items; from += block {
		for t := range periods {
			for i := from; i < min(items, from+block); i++ {
				p.Items[i].Demand[t] = in.next()
			}
		}
	}
	return p, in.err
}

// numbers reads numbers, and remembers the first mistake.
type numbers struct {
	scan *bufio.Scanner
	err  error
}

func (n *numbers) next() float64 {
	if n.err != nil {
		return 0
	}
	if !n.scan.Scan() {
		n.err = io.ErrUnexpectedEOF
		return 0
	}
	var x float64
	if _, err := fmt.Sscan(strings.TrimSuffix(n.scan.Text(), "."), &x); err != nil {
		n.err = fmt.Errorf("%q is not a number", n.scan.Text())
	}
	return x
}

func (n *numbers) count() int {
	const most = 10000
	x := n.next()
	if n.err == nil && !(x >= 1 && x <= most) {
		n.err = fmt.Errorf("%v is not a number from 1 to %d", x, most)
		return 0
	}
	return int(x)
}
