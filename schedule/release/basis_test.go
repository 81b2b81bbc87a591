package release

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
)

// From the basis of another day the optimum is that from nothing; from its own
// there is nothing left to do. A basis can be written and read in between, and
// one that is spoilt does no harm.
func TestStartFrom(t *testing.T) {
	warm, cold := int64(0), int64(0)
	for seed := range scenario.Seeds(25, testing.Short()) {
		p := scenario.Random(seed)
		first, err := Solve(context.Background(), p, Options{})
		require.NoError(t, err)
		text, err := json.Marshal(first.Basis)
		require.NoError(t, err)
		var read Basis
		require.NoError(t, json.Unmarshal(text, &read))
		again, err := Solve(context.Background(), p, Options{Previous: &Result{Basis: &read}})
		require.NoError(t, err)
		require.InDelta(t, first.Cost, again.Cost, 1e-6*(1+first.Cost), "seed %d", seed)
		warm, cold = warm+again.Program.Iterations, cold+first.Program.Iterations

		for i := range p.Lines {
			p.Lines[i].Qty += p.Lines[i].Qty / 3
		}
		moved, err := Solve(context.Background(), p, Options{Previous: &Result{Basis: &read}})
		require.NoError(t, err)
		want, err := Solve(context.Background(), p, Options{})
		require.NoError(t, err)
		require.InDelta(t, want.Cost, moved.Cost, 1e-6*(1+want.Cost), "seed %d", seed)

		for i := range read.Columns {
			for t := range read.Columns[i].Status {
				read.Columns[i].Status[t] = Status(i*7+t) % 9
			}
			read.Columns[i].Status = read.Columns[i].Status[:len(read.Columns[i].Status)*(i%3)/2]
		}
		read.Cuts = read.Cuts[:2]
		spoilt, err := Solve(context.Background(), p, Options{Previous: &Result{Basis: &read}})
		require.NoError(t, err)
		require.InDelta(t, want.Cost, spoilt.Cost, 1e-6*(1+want.Cost), "seed %d", seed)
	}
	require.Less(t, 10*warm, cold)
}
