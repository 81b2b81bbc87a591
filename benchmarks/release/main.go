// Command release compares release and planning strategies in simulation: all
// meet the same worlds, each is tuned on training seeds with the same number of
// settings, and what is reported comes from other seeds.
//
//	go run ./benchmarks/release -scenario jobshop -replications 10 -out results
//	go run ./benchmarks/release -scenario wafer -data FOLDER
//
// It prints a table in Markdown for each scenario, and writes every single run
// as CSV into the folder given. See README.md for the scenarios and what each
// strategy knows.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
)

func main() {
	name := flag.String("scenario", "", "scenario: jobshop, three, seasonal, contracts, wafer; none means all, wafer only with data")
	data := flag.String("data", "", "folder of a wafer fab in the form of SMT2020")
	replications := flag.Int("replications", 10, "held-out seeds")
	training := flag.Int("training", 3, "seeds that settings are chosen on")
	only := flag.String("only", "", "strategies whose names contain one of these words, separated by commas; none means all")
	out := flag.String("out", "", "folder for one CSV a scenario")
	even := flag.Bool("even", false, "only say what even output costs in the contract shop at the least")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if *even {
		if err := printEvenness(ctx, os.Stdout, *replications); err != nil {
			fmt.Fprintln(os.Stderr, "release:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(ctx, *name, *data, *only, *training, *replications, *out); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, name, data, only string, training, replications int, out string) error {
	if training < 1 || replications < 1 {
		return fmt.Errorf("training on %d seeds and reporting on %d: both must be at least 1", training, replications)
	}
	list, err := chosen(name, data)
	if err != nil {
		return err
	}
	for _, sc := range list {
		e := &evaluation{scenario: sc, training: training, replications: replications}
		if err := e.run(ctx, only); err != nil {
			return err
		}
		e.print(os.Stdout)
		if out != "" {
			if err := e.write(filepath.Join(out, sc.name+".csv")); err != nil {
				return err
			}
		}
	}
	return nil
}

// A scenario is a world and the strategies that are compared in it.
type scenario struct {
	name, title string
	unit        string // of cost
	reference   string // strategy that the others are compared with
	strategies  []strategy
}

// A kind is what a strategy decides by. The best of each are compared.
type kind int

const (
	byRule kind = iota
	byTakt      // heuristic
	byTaktLP
	reference // a bound, or what nobody can know
)

// A strategy is tuned by trying its settings.
type strategy struct {
	name     string
	kind     kind
	settings []setting
}

// A setting runs a strategy in the world of a seed.
type setting struct {
	label string
	run   func(ctx context.Context, seed uint64) (outcome, error)
}

// An outcome is what came of a strategy in one world. Times are in periods of
// the scenario.
type outcome struct {
	cost, wipCost, stockCost, lateCost, other float64
	onTime, tardiness, tardiness95            float64
	lateness                                  float64 // standard deviation
	shop, total                               float64
	wip                                       float64
	promise                                   float64 // mean absolute error of planned ends; negative if there is none
	planning                                  float64 // seconds for one plan
	variation                                 float64 // of daily output: V of the rhythm measures
	changed                                   float64 // share of the releases of the next three periods that the plan before had otherwise
	overtime                                  float64 // hours a day
}

// chosen returns the scenario of a name, or all; that of wafers needs data.
func chosen(name, data string) ([]scenario, error) {
	list := []scenario{jobShop(), threeMachines(false), threeMachines(true), contracts()}
	if data != "" && (name == "" || name == "wafer") {
		w, err := wafer(data)
		if err != nil {
			return nil, err
		}
		list = append(list, w)
	}
	if name == "" {
		return list, nil
	}
	if i := slices.IndexFunc(list, func(s scenario) bool { return s.name == name }); i >= 0 {
		return list[i : i+1], nil
	}
	if name == "wafer" {
		return nil, errors.New("the scenario wafer needs -data")
	}
	return nil, fmt.Errorf("there is no scenario %q", name)
}
