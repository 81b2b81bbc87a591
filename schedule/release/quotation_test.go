package release_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule/release"
)

// keptOrders end halfway between plan and due date, six hours early, give or
// take two days.
func keptOrders(n int) []release.Kept {
	draw := rand.New(rand.NewPCG(1, 2))
	due := time.Date(2026, 3, 2, 16, 0, 0, 0, time.UTC)
	var list []release.Kept
	for range n {
		due = due.Add(5 * time.Hour)
		planned := due.Add(-time.Duration(draw.Float64() * 96 * float64(time.Hour)))
		ended := planned.Add(due.Sub(planned)/2 - 6*time.Hour + time.Duration((draw.Float64()-0.5)*96*float64(time.Hour)))
		list = append(list, release.Kept{Due: due, Planned: planned, Ended: ended})
	}
	return list
}

// What is learnt from some orders is how others end, and no other quotation on
// a grid around it has less squared error on those that it was learnt from.
func TestFitQuotation(t *testing.T) {
	list := keptOrders(400)
	q := release.FitQuotation(list)
	require.InDelta(t, 0.5, q.Share, 0.1)
	require.InDelta(t, -6, q.Shift.Hours(), 5)
	squares := func(q release.Quotation) float64 {
		sum := 0.0
		for _, k := range list {
			sum += math.Pow(k.Ended.Sub(q.Date(k.Due, k.Planned)).Hours(), 2)
		}
		return sum
	}
	for _, share := range []float64{-0.1, -0.01, 0, 0.01, 0.1} {
		for _, shift := range []time.Duration{-time.Hour, 0, time.Hour} {
			require.GreaterOrEqual(t, squares(release.Quotation{Shift: q.Shift + shift, Share: q.Share + share}), squares(q)*(1-1e-9))
		}
	}
	require.Zero(t, release.FitQuotation(list[:19]))
	same := make([]release.Kept, 30)
	for i := range same {
		same[i] = release.Kept{Due: list[0].Due, Planned: list[0].Due, Ended: list[0].Due.Add(time.Hour)}
	}
	require.Equal(t, release.Quotation{Shift: time.Hour}, release.FitQuotation(same))
}

func ExampleFitQuotation() {
	q := release.FitQuotation(keptOrders(400))
	due := time.Date(2026, 6, 12, 16, 0, 0, 0, time.UTC)
	planned := due.AddDate(0, 0, -4)
	fmt.Println(q.Date(due, planned).Format("2 Jan"))
	// Output: 10 Jun
}
