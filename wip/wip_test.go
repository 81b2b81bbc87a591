package wip

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var monday = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func at(hours int) time.Time { return monday.Add(time.Duration(hours) * time.Hour) }

var kg = Unit{"kg", 3}

func TestParse(t *testing.T) {
	good := []struct {
		unit Unit
		text string
		want Qty
	}{
		{kg, "12.375 kg", 12375}, {kg, "12.375", 12375}, {kg, " 12  kg ", 12000}, {kg, "-0.5", -500},
		{kg, "1.2000000", 1200}, {kg, ".5", 500}, {kg, "5.", 5000}, {kg, "-0", 0}, {kg, "007", 7000},
		{Unit{}, "42", 42}, {Unit{}, "42.000", 42},
		{Unit{Decimals: 9}, "9223372036.854775807", math.MaxInt64}, {Unit{Decimals: 9}, "-9223372036.854775808", math.MinInt64},
	}
	for _, c := range good {
		got, err := c.unit.Parse(c.text)
		assert.NoError(t, err)
		assert.Equal(t, c.want, got, c.text)
	}
	bad := []struct {
		unit         Unit
		text, reason string
	}{
		{kg, "12.3755", "there are more than 3 decimal places"}, {Unit{}, "0.5", "there are more than 0 decimal places"},
		{kg, "1 lb", `the unit is not "kg"`}, {Unit{}, "1 kg", `the unit is not ""`},
		{kg, "", "there is no decimal number"}, {kg, ".", "there is no decimal number"}, {kg, "-", "there is no decimal number"},
		{kg, "1,5", "there is no decimal number"}, {kg, "1e3", "there is no decimal number"}, {kg, "--1", "there is no decimal number"},
		{kg, "1-", "there is no decimal number"}, {kg, "+1", "there is no decimal number"}, {kg, "1_0", "there is no decimal number"},
		{kg, "٣", "there is no decimal number"}, {kg, "1.2.3", "there is no decimal number"},
		{kg, "9223372036854775.808", "the amount is too large"},
	}
	for _, c := range bad {
		_, err := c.unit.Parse(c.text)
		var parse *ParseError
		if assert.ErrorAs(t, err, &parse, c.text) {
			assert.Equal(t, c.reason, parse.Reason, c.text)
		}
	}
}

func TestFormatRoundTrip(t *testing.T) {
	assert.Equal(t, "12.375 kg", kg.Format(12375))
	assert.Equal(t, "-0.005 kg", kg.Format(-5))
	assert.Equal(t, "0.000 kg", kg.Format(0))
	assert.Equal(t, "7", Unit{}.Format(7))
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		u := Unit{[]string{"", "m²"}[r.IntN(2)], r.IntN(MaxDecimals + 1)}
		q := Qty(r.Uint64()) >> r.IntN(64)
		got, err := u.Parse(u.Format(q))
		require.NoError(t, err)
		require.Equal(t, q, got)
	}
	for _, q := range []Qty{math.MinInt64, math.MaxInt64, 0} {
		got, err := kg.Parse(kg.Format(q))
		require.NoError(t, err)
		require.Equal(t, q, got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"12.375 kg", "-0.5", "9223372036854775.807", "", "1e9", "0x1 kg"} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, s string, decimals int) {
		u := Unit{"kg", decimals}
		q, err := u.Parse(s)
		if err != nil {
			return
		}
		again, err := u.Parse(u.Format(q))
		require.NoError(t, err)
		require.Equal(t, q, again)
	})
}

// Arithmetic against integers of any size.
func TestArithmeticIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	number := func() int64 {
		switch r.IntN(6) {
		case 0:
			return math.MinInt64 + r.Int64N(3)
		case 1:
			return math.MaxInt64 - r.Int64N(3)
		case 2:
			return r.Int64N(5) - 2
		default:
			return int64(r.Uint64()) >> r.IntN(64)
		}
	}
	check := func(want *big.Int, got Qty, ok bool) {
		t.Helper()
		require.Equal(t, want.IsInt64(), ok, "%v", want)
		if ok {
			require.Equal(t, want.Int64(), int64(got))
		}
	}
	for range 50_000 {
		a, b, div := number(), number(), max(1, number())
		x, y := big.NewInt(a), big.NewInt(b)
		sum, ok := Qty(a).Add(Qty(b))
		check(new(big.Int).Add(x, y), sum, ok)
		difference, ok := Qty(a).Sub(Qty(b))
		check(new(big.Int).Sub(x, y), difference, ok)

		product := new(big.Int).Mul(x, y)
		down, rest := new(big.Int).DivMod(product, big.NewInt(div), new(big.Int)) // floors, since div > 0
		got, ok := Qty(a).MulDiv(b, div)
		check(down, got, ok)
		if rest.Sign() > 0 {
			down.Add(down, big.NewInt(1))
		}
		got, ok = Qty(a).MulDivUp(b, div)
		check(down, got, ok)

		capped := Qty(a).addCapped(Qty(b))
		if _, fits := Qty(a).Add(Qty(b)); !fits {
			require.Equal(t, b > 0, capped == math.MaxInt64)
		}
	}
	assert.Panics(t, func() { Qty(1).MulDiv(1, 0) })
}

func codes(t *testing.T, err error) []Code {
	t.Helper()
	var invalid *InvalidError
	require.ErrorAs(t, err, &invalid)
	var found []Code
	for _, i := range invalid.Issues {
		found = append(found, i.Code)
	}
	return found
}

// The turnover norm of the textbook: takt 3 min, a service period of 480 min,
// the second operation at 2 min works 320 of them. The stock between the two
// runs down by 53⅓ and up again; 54 pieces to begin with keep it above zero.
func TestTurnoverNormHolds(t *testing.T) {
	p := Point{"part", "line"}
	moves := func() (ms []Movement) {
		for minute := 1; minute <= 480; minute++ {
			if minute%2 == 1 && minute <= 320 {
				ms = append(ms, Movement{monday.Add(time.Duration(minute) * time.Minute), p, -1, ""})
			}
			if minute%3 == 0 {
				ms = append(ms, Movement{monday.Add(time.Duration(minute) * time.Minute), p, 1, ""})
			}
		}
		return ms
	}
	n := Norm{Point: p, Max: 54, Target: 54, Derivation: Derivation{Turnover: 54}}
	require.NoError(t, n.Validate())
	assert.Empty(t, n.Breaches(54, moves(), monday, at(9)))
	low := n.Breaches(53, moves(), monday, at(9))
	require.NotEmpty(t, low, "one piece less and the second operation starves")
	assert.Equal(t, Qty(-1), low[0].Worst)
}

func TestCodes(t *testing.T) {
	p := Point{"shaft", ""}
	norm := func(n Norm) error { n.Point = p; return n.Validate() }
	for _, c := range []struct {
		err  error
		want Code
		path string
	}{
		{(&Norm{}).Validate(), MissingID, "Point.Item"},
		{norm(Norm{Min: -1}), BadNorm, "Min"},
		{norm(Norm{Min: 2, Target: 1, Max: 3}), BadNorm, "Target"},
		{norm(Norm{Min: 1, Target: 2, Max: 1}), BadNorm, "Max"},
		{norm(Norm{Derivation: Derivation{Safety: -1}}), Negative, "Derivation.Safety"},
		{norm(Norm{ShortPrice: -1}), Negative, "ShortPrice"},
		{norm(Norm{From: at(1), To: at(0)}), BadRange, "To"},
		{(&Balance{Point: p, Qty: -1}).Validate(), Negative, "Qty"},
		{(&Progress{Step: "mill"}).Validate(), MissingID, "Order"},
		{(&Progress{Order: "1"}).Validate(), MissingID, "Step"},
		{(&Progress{Order: "1", Step: "mill", Scrap: -1}).Validate(), Negative, "Scrap"},
		{(&Progress{Order: "1", Step: "mill", Started: at(1), Ended: at(0)}).Validate(), BadRange, "Ended"},
		{Unit{Decimals: 10}.Validate(), BadUnit, "Decimals"},
		{Unit{Code: "k g"}.Validate(), BadUnit, "Code"},
	} {
		assert.Equal(t, []Code{c.want}, codes(t, c.err))
		assert.Equal(t, c.path, c.err.(*InvalidError).Issues[0].Path)
	}
	assert.NoError(t, norm(Norm{Min: 1, Target: 2}), "a Max of 0 is no limit")
	assert.NoError(t, kg.Validate())
}

func TestDerivation(t *testing.T) {
	total, ok := Derivation{1, 2, 3, 4, 5}.Total()
	assert.True(t, ok)
	assert.Equal(t, Qty(15), total)
	_, ok = Derivation{Technological: math.MaxInt64, Cycle: 1}.Total()
	assert.False(t, ok)
}
