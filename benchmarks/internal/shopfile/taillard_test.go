package shopfile

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// The first jobs of ta01 and ta80 and the first machine of the first flow shop
// as they are printed everywhere.
func TestTaillardFirstRows(t *testing.T) {
	times := func(x *Instance, job int) (v []int64) {
		for _, o := range x.Ops {
			if o.Job == job {
				v = append(v, int64(o.Modes[0].Machine), o.Modes[0].Time)
			}
		}
		return v
	}
	x, err := TaillardJobShop(1)
	require.NoError(t, err)
	require.Equal(t, []int64{6, 94, 12, 66, 4, 10, 7, 53, 3, 26, 2, 15, 10, 65, 11, 82, 8, 10, 14, 27, 9, 93, 13, 92, 5, 96, 0, 70, 1, 83}, times(x, 0))

	x, err = TaillardFlowShop(1)
	require.NoError(t, err)
	var first []int64
	for _, o := range x.Ops {
		if o.Index == 0 {
			first = append(first, o.Modes[0].Time)
		}
	}
	require.Equal(t, []int64{54, 83, 15, 71, 77, 36, 53, 38, 27, 87, 76, 91, 14, 29, 12, 77, 32, 87, 68, 94}, first)
}

func TestTaillardEqualsFiles(t *testing.T) {
	data := os.Getenv("TAKT_DATA")
	if data == "" {
		t.Skip("TAKT_DATA is not set")
	}
	for k := 1; k <= 80; k++ {
		want, err := os.Open(filepath.Join(data, "shop", "jsp-ta", fmt.Sprintf("ta%02d.txt", k)))
		require.NoError(t, err)
		file, err := Read("x.txt", Auto, want)
		want.Close()
		require.NoError(t, err)
		made, err := TaillardJobShop(k)
		require.NoError(t, err)
		require.True(t, slices.EqualFunc(file.Ops, made.Ops, func(a, b Op) bool {
			return a.Job == b.Job && a.Modes[0] == b.Modes[0]
		}), "ta%02d", k)
	}
}

// The sums of the largest flow shop's machines bound its makespan: Taillard
// prints 25922 as the lower bound of the first 500×20 instance.
func TestTaillardLargestFlowShop(t *testing.T) {
	x, err := TaillardFlowShop(111)
	require.NoError(t, err)
	require.Equal(t, 500, x.Jobs)
	load := make([]int64, x.Machines)
	for _, o := range x.Ops {
		load[o.Modes[0].Machine] += o.Modes[0].Time
	}
	require.InDelta(t, 25922, slices.Max(load), 1000)
}

func TestTaillardNumbersOutOfRange(t *testing.T) {
	for _, k := range []int{-1, 0, 81} {
		_, err := TaillardJobShop(k)
		require.Error(t, err)
	}
	_, err := TaillardFlowShop(121)
	require.Error(t, err)
}
