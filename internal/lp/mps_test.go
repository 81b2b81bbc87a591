package lp

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReadMPSKnown(t *testing.T) {
	for _, k := range knownPrograms(t) {
		p := k.load(t)
		require.Equal(t, k.rows, p.Rows(), k.name)
		require.Equal(t, k.cols, p.Cols(), k.name)
		count := 0
		for _, v := range p.Value {
			if math.Abs(v) > 1e-9 { // the published counts leave out the rest
				count++
			}
		}
		require.Equal(t, k.count, count, k.name)
	}
}

const trapsMPS = `* every trap of the format in one file
NAME          TRAPS
ROWS
 N  PROFIT
 E  ROW 1
 E  ROW 2
 E  ROW 3
 L  ROW 4
 G  ROW 5
 N  SPARE
COLUMNS
    COL 1     PROFIT             1.5   ROW 1              2.0
    COL 1     ROW 2             1D+1
    MARKER    'MARKER'                 'INTORG'
    COL 2     ROW 3              -.5   SPARE               1.
    COL 3     ROW 4                1   ROW 5              1e0
    COL 4     ROW 4                1
    COL 5     ROW 4                1
    COL 6     ROW 4                1
    COL 7     ROW 4                1
RHS
    RHS       PROFIT            -7.0   ROW 1              3.0
    RHS       ROW 2              3.0   ROW 3              3.0
    RHS       ROW 4              4.0   ROW 5              5.0
    OTHER     ROW 5             99.0
RANGES
    RNG       ROW 1              2.0   ROW 2             -2.0
    RNG       ROW 4              1.5   ROW 5             -2.5
BOUNDS
 UP BND       COL 1            -4.0
 MI BND       COL 2
 FX BND       COL 3             2.5
 FR BND       COL 4
 BV BND       COL 5
 LO BND       COL 6            -1.0
 UP BND       COL 6            -0.5
 UP BND       COL 7            1e30
ENDATA
`

func TestReadMPSTraps(t *testing.T) {
	p, err := ReadMPS(strings.NewReader(trapsMPS))
	require.NoError(t, err)
	require.Equal(t, &Problem{
		Name:     "TRAPS",
		Offset:   7,
		Cost:     []float64{1.5, 0, 0, 0, 0, 0, 0},
		ColLower: []float64{-Inf, -Inf, 2.5, -Inf, 0, -1, 0},
		ColUpper: []float64{-4, Inf, 2.5, Inf, 1, -0.5, Inf},
		RowLower: []float64{3, 1, 3, 2.5, 5, -Inf},
		RowUpper: []float64{5, 3, 3, 4, 7.5, Inf},
		RowName:  []string{"ROW 1", "ROW 2", "ROW 3", "ROW 4", "ROW 5", "SPARE"},
		ColName:  []string{"COL 1", "COL 2", "COL 3", "COL 4", "COL 5", "COL 6", "COL 7"},
		Start:    []int{0, 2, 4, 6, 7, 8, 9, 10},
		Index:    []int32{0, 1, 2, 5, 3, 4, 3, 3, 3, 3},
		Value:    []float64{2, 10, -0.5, 1, 1, 1, 1, 1, 1, 1},
	}, p)
}

func TestReadMPSFree(t *testing.T) {
	p, err := ReadMPS(strings.NewReader("NAME two words FREE\nOBJSENSE\n MAX\nROWS\n N o\n L a_long_row_name\n" +
		"COLUMNS\n x o 2 a_long_row_name 1\nRHS\n a_long_row_name 4 o 3\nBOUNDS\n MI x\n UP BND x 9\nENDATA\nrest\n"))
	require.NoError(t, err)
	require.Equal(t, "two words", p.Name)
	require.Equal(t, []float64{-2}, p.Cost)
	require.Equal(t, 3.0, p.Offset)
	require.Equal(t, []float64{-Inf}, p.ColLower)
	require.Equal(t, []float64{9}, p.ColUpper)
	require.Equal(t, []float64{4}, p.RowUpper)
}

func TestReadMPSMistakes(t *testing.T) {
	_, err := ReadMPS(strings.NewReader(` early
NAME x FREE
ROWS
 N o
 E a
 E a
 Q b
 E
COLUMNS
 x a 1 a 2
 x nowhere 1
 y a one
 x o 1
 z a inf
RHS
 RHS a
 RHS b 1
RANGES
 RNG o 1
BOUNDS
 UP BND w 1
 XX BND x 1
 LO BND x ?
 SC
PLANES
`))
	var bad *ReadError
	require.ErrorAs(t, err, &bad)
	var got []string
	for _, m := range bad.Mistakes {
		got = append(got, fmt.Sprint(m.Line, " ", m.Code))
	}
	require.Equal(t, []string{
		"1 no-section", "6 twice", "7 sense", "8 fields",
		"10 twice", "11 unknown-row", "12 number", "13 twice", "14 number",
		"16 unknown-row", "17 unknown-row", "19 range",
		"21 unknown-column", "22 bound-type", "23 number", "24 fields",
		"25 unknown-section", "25 no-end",
	}, got)
	require.Contains(t, err.Error(), `line 11: there is no row "nowhere" (unknown-row)`)
}

func TestReadMPSManyMistakes(t *testing.T) {
	_, err := ReadMPS(strings.NewReader("ROWS\n" + strings.Repeat(" Q r\n", 1000) + "ENDATA\n"))
	var bad *ReadError
	require.ErrorAs(t, err, &bad)
	require.Len(t, bad.Mistakes, maxMistakes)
	require.Equal(t, 1000-maxMistakes, bad.More)

	_, err = ReadMPS(strings.NewReader("ROWS\n " + strings.Repeat("x", 2*maxLine)))
	require.ErrorContains(t, err, "long-line")
}

// requireSame says that two programs agree but for an empty or nil slice.
func requireSame(t *testing.T, want, got *Problem) {
	t.Helper()
	require.Equal(t, want.Name, got.Name)
	require.Equal(t, want.Offset, got.Offset)
	for _, pair := range [][2][]float64{
		{want.Cost, got.Cost}, {want.Value, got.Value},
		{want.ColLower, got.ColLower}, {want.ColUpper, got.ColUpper},
		{want.RowLower, got.RowLower}, {want.RowUpper, got.RowUpper},
	} {
		require.Equal(t, append([]float64{}, pair[0]...), append([]float64{}, pair[1]...))
	}
	require.Equal(t, append([]int32{}, want.Index...), append([]int32{}, got.Index...))
	require.Equal(t, columns(want).start, columns(got).start)
}

func TestWriteMPSKnown(t *testing.T) {
	for _, k := range knownPrograms(t) {
		if k.rows > 6000 {
			continue
		}
		p := k.load(t)
		var file bytes.Buffer
		require.NoError(t, WriteMPS(&file, p), k.name)
		again, err := ReadMPS(&file)
		require.NoError(t, err, k.name)
		requireSame(t, p, again)
	}
}

func TestWriteMPSRandom(t *testing.T) {
	for seed := range uint64(500) {
		rng := rand.New(rand.NewPCG(seed, 1))
		p := &Problem{Name: "random", Offset: rng.NormFloat64()}
		side := func() (float64, float64) {
			a, b := rng.NormFloat64(), rng.NormFloat64()*math.Exp(10*rng.NormFloat64())
			switch rng.IntN(6) {
			case 0:
				return -Inf, a
			case 1:
				return a, Inf
			case 2:
				return a, a
			case 3:
				return -Inf, Inf
			case 4:
				return 0, math.Abs(b)
			}
			return math.Min(a, b), math.Max(a, b)
		}
		for range rng.IntN(8) {
			l, u := side()
			if _, _, span := mpsRow(l, u); span != 0 && l+span != u && u-span != l {
				u = l // the one kind of row that the format may change
			}
			p.AddRow(l, u)
		}
		for range rng.IntN(8) {
			l, u := side()
			var index []int32
			var value []float64
			for i := range p.Rows() {
				if rng.IntN(2) == 0 {
					index, value = append(index, int32(i)), append(value, rng.NormFloat64())
				}
			}
			p.AddCol(rng.NormFloat64(), l, u, index, value)
		}
		var file bytes.Buffer
		require.NoError(t, WriteMPS(&file, p))
		again, err := ReadMPS(&file)
		require.NoError(t, err)
		requireSame(t, p, again)
	}
}

func TestWriteMPSRefuses(t *testing.T) {
	p := &Problem{RowName: []string{"a b", "c", "c"}}
	p.AddRow(0, 1)
	p.AddRow(2, 1)
	p.AddRow(Inf, Inf)
	err := WriteMPS(&bytes.Buffer{}, p)
	for _, part := range []string{`"a b"`, `"c" is used twice`, "row c: sides 2 and 1", "sides +Inf and +Inf"} {
		require.ErrorContains(t, err, part)
	}
}

func FuzzReadMPS(f *testing.F) {
	f.Add(trapsMPS)
	f.Add("NAME x FREE\nROWS\n N o\n E a\nCOLUMNS\n x a 1\nRHS\n a 1\nENDATA\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadMPS(strings.NewReader(text))
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		var file, again bytes.Buffer
		if WriteMPS(&file, p) != nil {
			return
		}
		second, err := ReadMPS(bytes.NewReader(file.Bytes()))
		require.NoError(t, err)
		require.NoError(t, WriteMPS(&again, second))
		require.NoError(t, WriteLP(&again, second))
	})
}

func ExampleWriteLP() {
	p := &Problem{Name: "blend", Offset: 2, ColName: []string{"oil", "feed stock"}}
	p.AddRow(1, 4)
	p.AddRow(-Inf, 8)
	p.AddCol(3, 0, Inf, []int32{0, 1}, []float64{1, -2.5})
	p.AddCol(-1, -Inf, 6, []int32{1}, []float64{1})
	var b bytes.Buffer
	if err := WriteLP(&b, p); err != nil {
		panic(err)
	}
	fmt.Print(b.String())
	// Output:
	// \ blend
	// minimize
	//  obj: + 3 oil - feed_stock + 2
	// subject to
	//  R1: 1 <= + oil <= 4
	//  R2: - 2.5 oil + feed_stock <= 8
	// bounds
	//  -inf <= feed_stock <= 6
	// end
}
