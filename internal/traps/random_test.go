package traps

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/verify"
)

// draft writes a random small problem: two or three products on two machines,
// with alternates, lots that take the same time whatever their size, parts in
// stock, bought or made, and up to four lines of two priorities.
func draft(seed uint64) string {
	pcg := rand.NewPCG(seed, 7)
	draw := func(lo, hi int) int { return lo + int(pcg.Uint64()%uint64(hi-lo+1)) }
	pick := func(words ...string) string { return words[draw(0, len(words)-1)] }
	var b strings.Builder
	b.WriteString("resource M\nresource N\npartner P\nitem C\nitem D\n")
	made := draw(0, 2) == 0
	if made {
		fmt.Fprintf(&b, "routing RC C\n  step c %s fixed=%dh\n", pick("M", "N"), draw(2, 6))
	} else {
		fmt.Fprintf(&b, "supply S C P lead=%dh\n", draw(8, 40))
	}
	fmt.Fprintf(&b, "stock C %d\nstock D %d\n", draw(0, 6), draw(0, 4))
	products := []string{"A", "B", "X"}[:draw(2, 3)]
	for _, id := range products {
		fmt.Fprintf(&b, "item %s\nrouting R%s %s\n  step s %s ", id, id, id, pick("M", "N"))
		if draw(0, 1) == 0 {
			fmt.Fprintf(&b, "fixed=%dh\n", draw(2, 8))
		} else {
			fmt.Fprintf(&b, "unit=%dh\n", draw(1, 3))
		}
		if draw(0, 2) == 0 {
			fmt.Fprintf(&b, "    mode N fixed=%dh\n", draw(3, 10))
		}
		if draw(0, 2) > 0 {
			fmt.Fprintf(&b, "    need C 1\n")
			if draw(0, 2) == 0 {
				fmt.Fprintf(&b, "      alternate D per=1\n")
			}
		}
	}
	for n := range draw(2, 4-map[bool]int{true: 1}[made]) {
		fmt.Fprintf(&b, "line L%d %s %d %s priority=%d\n", n, pick(products...), draw(1, 3), fmt.Sprintf("%02d:00", draw(3, 20)), draw(0, 1))
	}
	return b.String()
}

// The planner serves every rank of lines of random problems as well as the best
// of all sequences does.
func TestRandomProblemsAgainstAllSequences(t *testing.T) {
	solved, better, onePass, cases := 0, 0, 0, 0
	seeds := []uint64{55, 63, 73, 144, 182, 664, 755, 777, 789, 799, 857, 1312} // which it once did not
	for seed := range uint64(50) {
		seeds = append(seeds, seed)
	}
	for _, seed := range seeds {
		text := draft(seed)
		p, _, err := scenario.Parse(text)
		require.NoError(t, err)
		best, _, complete := enumerate(p, 60_000)
		if !complete {
			continue
		}
		cases++
		r, err := heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: 3000})
		require.NoError(t, err)
		require.Empty(t, verify.Check(p, r.Plan))
		got := serviceOf(p, r.Plan)
		switch compareService(p, got, best) {
		case 0:
			solved++
		case -1:
			better++
		default:
			t.Logf("seed %d: %v, and not %v\n%s", seed, got, best, text)
		}
		r, err = heuristic.Plan(context.Background(), p, heuristic.Options{MaxSteps: -1})
		require.NoError(t, err)
		if compareService(p, serviceOf(p, r.Plan), best) > 0 {
			onePass++
		}
	}
	t.Logf("%d cases: %d solved, %d better than enumerated; %d not in one pass", cases, solved, better, onePass)
	assert.Equal(t, cases, solved+better)
}

// compareService compares by rank what lateness and shortage cost.
func compareService(p *schedule.Problem, a, b service) int {
	var ranks []int
	for i := range p.Lines {
		ranks = append(ranks, p.Lines[i].Priority)
	}
	slices.Sort(ranks)
	for _, r := range ranks {
		if d := cmp.Compare(a[r].cost(), b[r].cost()); d != 0 {
			return d
		}
	}
	return 0
}
