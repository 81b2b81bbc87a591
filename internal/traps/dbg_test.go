package traps

import (
	"context"
	"os"
	"strconv"
	"testing"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule/heuristic"
)

func TestDbg(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("SEED"))
	text := draft(uint64(n))
	p, _, _ := scenario.Parse(text)
	r, _ := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 3000})
	best, plan, _ := enumerate(p, 60000)
	t.Log(text, "\n", serviceOf(p, r.Plan), "\n", scenario.Format(r.Plan), r.Stop, r.Steps, "\n", best, "\n", scenario.Format(plan))
}
