package lotfile

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/taktplan/takt/internal/lotsize"
)

// readTempelmeier reads the instance of a capacity file such as 1AA2_31.cap:
// class, structure, process, demand, utilisation and set-up times. The other
// files stand beside it: 1AA.dat, 1A_2.dem, 1_____1.set and, with the profile,
// 1A_21.sco.
func readTempelmeier(path string, profile int) (*lotsize.Problem, error) {
	dir, name := filepath.Split(path)
	if len(name) != len("1AA2_31.cap") {
		return nil, errors.New("the name is not like 1AA2_31.cap")
	}
	class, structure, demand, setups := name[:1], name[:2], name[3:4], name[6:7]
	p := &lotsize.Problem{}
	var errs []error
	read := func(file string, part func(*numbers)) {
		_, err := readFile(filepath.Join(dir, file), func(in *numbers) *lotsize.Problem {
			part(in)
			return p
		})
		errs = append(errs, err)
	}
	read(name[:3]+".dat", func(in *numbers) { readStructure(in, p) })
	read(name, func(in *numbers) {
		for r := range p.Resources {
			in.next()
			p.Resources[r].Capacity = in.list(p.Periods)
		}
	})
	read(structure+"_"+demand+".dem", func(in *numbers) { readDemand(in, p) })
	read(class+"_____"+setups+".set", func(in *numbers) {
		for i := range p.Items {
			in.next()
			p.Items[i].SetupTime = in.next()
		}
	})
	read(fmt.Sprintf("%s_%s%d.sco", structure, demand, profile), func(in *numbers) {
		for i := range p.Items {
			in.next()
			p.Items[i].SetupCost = in.next()
		}
	})
	return p, errors.Join(errs...)
}

// readStructure reads items, resources and periods, a line per item (number,
// holding cost, unit time, resource), and the uses (component, parent,
// quantity, lead time of the component).
func readStructure(in *numbers, p *lotsize.Problem) {
	items, resources := in.count(), in.count()
	p.Periods = in.count()
	p.Resources = make([]lotsize.Resource, resources)
	for range items {
		in.next()
		it := lotsize.Item{Holding: in.next(), UnitTime: in.next()}
		it.Resource = in.index(resources)
		p.Items = append(p.Items, it)
	}
	for range in.count() {
		component, parent := in.index(items), in.index(items)
		p.Items[parent].Uses = append(p.Items[parent].Uses, lotsize.Use{Item: component, Qty: in.next()})
		p.Items[component].Ready = after(p.Periods, int(in.next()))
	}
}

// after returns when lots of each period can be used that take a number of
// periods.
func after(periods, lead int) []int {
	ready := make([]int, periods)
	for t := range ready {
		ready[t] = t + lead
	}
	return ready
}

// readDemand reads a heading, a line per period (period, demand of each item),
// and a line per item (number, initial stock, production before the horizon).
func readDemand(in *numbers, p *lotsize.Problem) {
	for range in.count() {
		in.next()
	}
	for i := range p.Items {
		p.Items[i].Demand = make([]float64, p.Periods)
	}
	for t := range p.Periods {
		in.next()
		for i := range p.Items {
			p.Items[i].Demand[t] = in.next()
		}
	}
	for i := range p.Items {
		in.next()
		p.Items[i].Initial = in.next()
		in.next()
	}
}
