package wip

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What events say that they do to stock is what a ledger makes of them.
func TestStockDelta(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 21))
	p := Point{"a", "x"}
	kinds := []Event{
		{Kind: Delivered, Order: "1", Point: p}, {Kind: Issued, Order: "1", Step: "s", Point: p}, {Kind: Received, Receipt: "r", Point: p},
		{Kind: Loaded, Workplace: "v", Point: p}, {Kind: Unloaded, Workplace: "v", Point: p}, {Kind: Shipped, Line: "l", Point: p},
		{Kind: Counted, Point: p}, {Kind: Adjusted, Point: p, Cause: "c"}, {Kind: Adjusted, Order: "1", Step: "s", Cause: "c"},
		{Kind: Started, Order: "1", Step: "s"}, {Kind: Reported, Order: "1", Step: "s"}, {Kind: Released, Order: "1", Point: p},
	}
	var l Ledger
	sum := Qty(0)
	for i := range 500 {
		e := kinds[r.IntN(len(kinds))]
		e.Key, e.At, e.Qty = string(rune(0x4e00+i)), at(i), Qty(1+r.IntN(9))
		require.NoError(t, l.Append(e))
		sum += e.StockDelta()
		require.Equal(t, sum, l.Balance(p, at(i)), "%v", e.Kind)
	}
	assert.NotZero(t, sum)
}
