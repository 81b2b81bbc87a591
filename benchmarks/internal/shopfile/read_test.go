package shopfile

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/shop"
)

func read(t *testing.T, name, text string) *Instance {
	t.Helper()
	x, err := Read(name, Auto, strings.NewReader(text))
	require.NoError(t, err)
	return x
}

func TestFormats(t *testing.T) {
	x := read(t, "dir/a.txt", "# comment\n2 2\n 0  3   1 4\n1 5 0 6\n")
	require.Equal(t, JSPLIB, x.Format)
	require.Equal(t, "a", x.Name)
	require.Equal(t, Op{Job: 1, Index: 1, Modes: []shop.Mode{{Machine: 0, Time: 6}}}, x.Ops[3])
	require.Equal(t, [][2]int{{0, 1}, {2, 3}}, x.Arcs)

	x = read(t, "b.reentrant.txt", "2 3\r\n0 3 0 4 -1 -1\r\n2 5\r\n")
	require.Equal(t, Reentrant, x.Format)
	require.Len(t, x.Ops, 3)
	require.Equal(t, 2, x.Ops[2].Modes[0].Machine)

	x = read(t, "c.fjs", "1 3 2.5\n2 2 1 3 2 4 3 3 5 3 9 1 2\n")
	require.Equal(t, FJS, x.Format)
	require.Equal(t, []shop.Mode{{Machine: 2, Time: 5}, {Machine: 0, Time: 2}}, x.Ops[1].Modes, "of a machine named twice the shorter time counts")

	x = read(t, "d.fajs", "4 2 2\n2 0\n3 1 7\n1 0 4\n1 1 3\n1 0 5\n1 1 6\n")
	require.Equal(t, FAJS, x.Format)
	require.Equal(t, []int{0, 1, 0, 1}, []int{x.Ops[0].Job, x.Ops[1].Job, x.Ops[2].Job, x.Ops[3].Job})
	p, number := x.Problem()
	require.Equal(t, [][]int{{0, 2}, {1, 3}}, number)
	require.Equal(t, [][2]int{{1, 0}}, p.Jobs[0].Arcs)
}

func TestMistakesAreAllReported(t *testing.T) {
	_, err := Read("a.txt", Auto, strings.NewReader("2 2\n0 3 0 -4\n5 1 x 2\n"))
	require.ErrorContains(t, err, "line 2: time -4")
	require.ErrorContains(t, err, `line 3: "x" is no whole number`)
	_, err = ReadDue("a.csv", 3, strings.NewReader("job,due\n0,5\n0,6\n7,1\n"))
	for _, want := range []string{"line 3: job 0", "line 4: job 7", "job 1 is missing", "job 2 is missing"} {
		require.ErrorContains(t, err, want)
	}
}

func TestJSPLIBWantsEachMachineOnce(t *testing.T) {
	for _, text := range []string{"1 2\n0 1 0 2\n", "1 2\n0 1\n"} {
		_, err := Read("a.txt", JSPLIB, strings.NewReader(text))
		require.ErrorContains(t, err, string(Reentrant))
		_, err = Read("a.txt", Reentrant, strings.NewReader(text))
		require.NoError(t, err)
		require.Equal(t, Reentrant, read(t, "a.txt", text).Format)
	}
}

// Whatever the text, a reader returns an instance that makes a valid problem,
// or an error.
func FuzzRead(f *testing.F) {
	for _, format := range []Format{JSPLIB, Reentrant, FJS, FAJS} {
		for _, text := range []string{"", "1 1\n0 5\n", "1 1\n1 1 1 5\n", "2 1 1\n0 1\n1 0 5\n1 0 6\n", "9999999 9\n", "1 1\n-1 -1\n", "-1 -1\n", "3 9223372036854775807 1\n"} {
			f.Add(string(format), text)
		}
	}
	f.Fuzz(func(t *testing.T, format, text string) {
		x, err := Read("x", Format(format), strings.NewReader(text))
		if err != nil {
			return
		}
		p, _ := x.Problem()
		require.NoError(t, p.Validate())
	})
}
