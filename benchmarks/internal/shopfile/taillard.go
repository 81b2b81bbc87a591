package shopfile

import (
	"fmt"

	"github.com/taktplan/takt/schedule/shop"
)

// TaillardJobShop returns number 1…80 of Taillard's job shops ("Benchmarks for
// basic scheduling problems", European Journal of Operational Research 64,
// 1993), named ta01…ta80: eight sets of ten from 15×15 to 100×20, made by the
// generator and from the seeds that the paper prints.
func TaillardJobShop(number int) (*Instance, error) {
	if number < 1 || number > len(jobShopSeeds) {
		return nil, fmt.Errorf("Taillard job shop %d: want 1 to %d", number, len(jobShopSeeds))
	}
	size := jobShopSizes[(number-1)/10]
	seeds := jobShopSeeds[number-1]
	x := RandomJobShop(size[0], size[1], seeds[0], seeds[1])
	x.Name = fmt.Sprintf("ta%02d", number)
	return x, nil
}

// RandomJobShop returns a job shop of any size made by Taillard's generator:
// times from 1 to 99, routings drawn machine by machine. The seeds are from 1
// to 2³¹−2.
func RandomJobShop(jobs, machines int, timeSeed, machineSeed int64) *Instance {
	x := &Instance{Name: fmt.Sprintf("random_%d_%d", jobs, machines), Format: JSPLIB, Machines: machines}
	times, routings := lehmer(timeSeed), lehmer(machineSeed)
	modes := make([][][]shop.Mode, jobs)
	for j := range modes {
		modes[j] = make([][]shop.Mode, machines)
		for i := range modes[j] {
			modes[j][i] = []shop.Mode{{Machine: i, Time: times.uniform(1, 99)}}
		}
	}
	for j := range modes {
		for i := range modes[j] {
			k := routings.uniform(int64(i)+1, int64(machines)) - 1
			a, b := &modes[j][i][0].Machine, &modes[j][k][0].Machine
			*a, *b = *b, *a
		}
		x.addJob(modes[j])
	}
	return x
}

// TaillardFlowShop returns number 1…120 of Taillard's flow shops from the same
// paper, named fta001…fta120: twelve sets of ten from 20×5 to 500×20. Every job
// visits the machines in their order; the schedules sought may differ from
// machine to machine, which the paper's, being permutations, may not.
func TaillardFlowShop(number int) (*Instance, error) {
	if number < 1 || number > len(flowShopSeeds) {
		return nil, fmt.Errorf("Taillard flow shop %d: want 1 to %d", number, len(flowShopSeeds))
	}
	size := flowShopSizes[(number-1)/10]
	times := lehmer(flowShopSeeds[number-1])
	x := &Instance{Name: fmt.Sprintf("fta%03d", number), Format: JSPLIB, Machines: size[1]}
	jobs := make([][][]shop.Mode, size[0])
	for m := range size[1] { // machine by machine
		for j := range jobs {
			jobs[j] = append(jobs[j], []shop.Mode{{Machine: m, Time: times.uniform(1, 99)}})
		}
	}
	for j := range jobs {
		x.addJob(jobs[j])
	}
	return x, nil
}

// lehmer is the generator of Bratley, Fox and Schrage that the paper uses:
// x ← 16807·x mod 2³¹−1.
type lehmer int64

// uniform draws an integer from low to high.
func (s *lehmer) uniform(low, high int64) int64 {
	const modulus = 1<<31 - 1
	*s = *s * 16807 % modulus
	return low + int64(float64(*s)/modulus*float64(high-low+1))
}

// Jobs and machines of each ten instances.
var (
	jobShopSizes  = [][2]int{{15, 15}, {20, 15}, {20, 20}, {30, 15}, {30, 20}, {50, 15}, {50, 20}, {100, 20}}
	flowShopSizes = [][2]int{{20, 5}, {20, 10}, {20, 20}, {50, 5}, {50, 10}, {50, 20}, {100, 5}, {100, 10}, {100, 20}, {200, 10}, {200, 20}, {500, 20}}
)
