package release_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/release"
)

func TestDump(t *testing.T) {
	if os.Getenv("DUMP") == "" {
		t.Skip()
	}
	p := shop{ends: 15, parts: 20, bought: 15, machines: 20, weeks: 26, load: 0.9, seed: 0, objective: schedule.Economy()}.problem()
	f, err := os.Create(os.Getenv("DUMP"))
	require.NoError(t, err)
	require.NoError(t, release.WriteMPS(f, p, release.Options{}))
	f.Close()
}
