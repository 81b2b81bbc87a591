package main

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/taktplan/takt/benchmarks/internal/shopfile"
	"github.com/taktplan/takt/schedule/shop"
)

// The file written for each instance with -out.
type schedule struct {
	Objective  int64       `json:"objective"`
	Operations []operation `json:"operations"`
}

type operation struct {
	Job     int   `json:"job"`
	Op      int   `json:"op"`
	Machine int   `json:"machine"`
	Start   int64 `json:"start"`
	End     int64 `json:"end"`
}

// writeSchedule writes DIR/INSTANCE.json, with the operations in file order.
func writeSchedule(dir string, x *shopfile.Instance, number [][]int, s *shop.Solution) error {
	out := schedule{Objective: s.Value, Operations: make([]operation, len(x.Ops))}
	for j := range number {
		for i, o := range number[j] {
			p := s.Jobs[j][i]
			out.Operations[o] = operation{j, x.Ops[o].Index, p.Machine, p.Start, p.End}
		}
	}
	text, err := json.Marshal(out)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, x.Name+".json"), append(text, '\n'), 0o644)
}
