package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A set is a row of the table.
type set struct {
	name     string
	patterns []string   // of files, relative to the data
	due      string     // kind of due dates; empty for makespan
	rough    []instance // generated
}

func allSets() []set {
	return []set{
		{name: "ft, la, orb", patterns: []string{"jsp-ft/*", "jsp-la/*", "jsp-orb/*"}},
		{name: "ta01-10", patterns: []string{"jsp-ta/ta0?.txt", "jsp-ta/ta10.txt"}},
		{name: "ta11-20", patterns: []string{"jsp-ta/ta1[1-9].txt", "jsp-ta/ta20.txt"}},
		{name: "ta21-30", patterns: []string{"jsp-ta/ta2[1-9].txt", "jsp-ta/ta30.txt"}},
		{name: "ta31-40", patterns: []string{"jsp-ta/ta3[1-9].txt", "jsp-ta/ta40.txt"}},
		{name: "ta41-50", patterns: []string{"jsp-ta/ta4[1-9].txt", "jsp-ta/ta50.txt"}},
		{name: "ta51-80", patterns: []string{"jsp-ta/ta5[1-9].txt", "jsp-ta/ta[678]?.txt"}},
		{name: "bel", patterns: []string{"jsp-bel/*"}},
		{name: "mk", patterns: []string{"fjsp-mk/*"}},
		{name: "edata", patterns: []string{"fjsp-hurink-edata/*"}},
		{name: "rdata", patterns: []string{"fjsp-hurink-rdata/*"}},
		{name: "vdata", patterns: []string{"fjsp-hurink-vdata/*"}},
		{name: "tardiness sp13", due: "sp13"},
		{name: "tardiness sp15", due: "sp15"},
		{name: "tardiness sp16", due: "sp16"},
		{name: "tardiness spread06", due: "spread06"},
		{name: "tardiness spread10", due: "spread10"},
		{name: "rough shops 10x10", rough: smallRough()},
		{name: "rough shops", rough: largeRough()},
	}
}

// An instance is a file with or without due dates, or a rough shop.
type instance struct {
	file  string
	kind  string   // of due dates
	due   string   // file
	rough []string // flags of schedule/internal/duel
}

// key is the name under which a best-known value is listed.
func (x instance) key() string {
	if x.rough != nil {
		return strings.Join(x.rough, " ")
	}
	name, _, _ := strings.Cut(filepath.Base(x.file), ".")
	if x.kind != "" {
		name += "." + x.kind
	}
	return name
}

func (s set) instances(data string) ([]instance, error) {
	if s.rough != nil {
		return s.rough, nil
	}
	if s.due != "" {
		return withDue(data, s.due)
	}
	var all []instance
	for _, p := range s.patterns {
		files, err := filepath.Glob(filepath.Join(data, p))
		if err != nil || len(files) == 0 {
			return nil, fmt.Errorf("no files %s: %w", p, err)
		}
		for _, f := range files {
			all = append(all, instance{file: f})
		}
	}
	return all, nil
}

// withDue finds the instances that have due dates of a kind.
func withDue(data, kind string) ([]instance, error) {
	dues, err := filepath.Glob(filepath.Join(data, "due", "*."+kind+".csv"))
	if err != nil || len(dues) == 0 {
		return nil, fmt.Errorf("no due dates %s: %w", kind, err)
	}
	var all []instance
	for _, due := range dues {
		name := strings.TrimSuffix(filepath.Base(due), "."+kind+".csv")
		files, err := filepath.Glob(filepath.Join(data, "*", name+".*[ts]")) // .txt, .fjs
		if err != nil || len(files) != 1 {
			return nil, fmt.Errorf("%d files for %s: %w", len(files), due, err)
		}
		all = append(all, instance{file: files[0], kind: kind, due: due})
	}
	return all, nil
}

// roughness is what job shops are made rough with, in five ways.
var roughness = [][]string{
	{"-families", "5"},
	{"-shifts"},
	{"-operators"},
	{"-shifts", "-operators", "-alternates"},
	{"-shifts", "-families", "5", "-operators", "-alternates"},
}

// smallRough are job shops made rough in each way.
func smallRough() []instance {
	var all []instance
	for _, features := range roughness {
		all = append(all, roughCase("10", "10", features))
	}
	return all
}

// largeRough are job shops made rough in each way, in two of four sizes.
func largeRough() []instance {
	sizes := [][2]string{{"15", "15"}, {"20", "15"}, {"20", "20"}, {"30", "20"}}
	var all []instance
	for i, features := range roughness {
		for _, k := range []int{i, i + 2} {
			size := sizes[k%len(sizes)]
			all = append(all, roughCase(size[0], size[1], features))
		}
	}
	return all
}

func roughCase(jobs, machines string, features []string) instance {
	return instance{rough: slices.Concat([]string{"-jobs", jobs, "-machines", machines}, features)}
}

// readKnown reads the best-known values, by key.
func readKnown(data string) (map[string]int64, error) {
	known := make(map[string]int64)
	for file, column := range map[string]string{
		"bks-jsp.csv": "ub", "bks-fjsp.csv": "ub", "bks-twt.csv": "recalled_literature_value",
	} {
		f, err := os.Open(filepath.Join(data, file))
		if err != nil {
			return nil, err
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil || len(rows) == 0 {
			return nil, fmt.Errorf("%s: no table: %w", file, err)
		}
		value, factor := slices.Index(rows[0], column), slices.Index(rows[0], "f")
		for _, row := range rows[1:] {
			key := row[0]
			if factor >= 0 {
				key += ".sp" + strings.ReplaceAll(row[factor], ".", "")
			}
			if v, err := strconv.ParseInt(row[value], 10, 64); err == nil {
				known[key] = v
			}
		}
	}
	return known, nil
}
