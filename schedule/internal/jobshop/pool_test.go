package jobshop

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/internal/plain/plaintest"
)

// TestStepsAreShort checks that a step, whatever the stage, schedules a bounded
// number of operations, compares with one member, or makes one move.
func TestStepsAreShort(t *testing.T) {
	s := plaintest.Square(rand.New(rand.NewPCG(3, 3)), 80, 40)
	quick := standard(s.Ops())
	quick.idle = 50
	p := newPool(s, newRandom(1), quick)
	met := map[stage]int{}
	for range 5000 {
		listed, compared, moves, way := len(p.lists.order), p.compared, p.tabu.step, p.link.left
		at := p.stage
		met[at]++
		p.step()
		if at == listing {
			require.LessOrEqual(t, len(p.lists.order)-listed, listChunk)
		}
		if at == joining && p.stage == joining {
			require.LessOrEqual(t, p.compared-compared, 1)
		}
		if at == searching && p.stage == searching {
			require.LessOrEqual(t, p.tabu.step-moves, int64(1))
		}
		if at == linking && p.stage == linking {
			require.Equal(t, way-1, p.link.left)
		}
	}
	require.Greater(t, met[listing], 2*quick.members, "a list takes several steps")
	require.Len(t, met, 4)
}
