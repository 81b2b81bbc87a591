package sequence

import (
	"slices"
	"sort"

	"github.com/taktplan/takt/schedule/internal/core"
)

// windows are working time, as the model has it.
type windows core.Calendar

// after returns the index of the first window that ends after t.
func (w *windows) after(t int64) int {
	return sort.Search(len(w.To), func(i int) bool { return w.To[i] > t })
}

// next returns the first working instant at or after t, or t if there is none.
func (w *windows) next(t int64) int64 {
	if i := w.after(t); i < len(w.From) {
		return max(t, w.From[i])
	}
	return t
}

// work returns the work between two instants, in thousandths of ticks.
func (w *windows) work(from, to int64) int64 {
	sum := int64(0)
	for i := w.after(from); i < len(w.From) && w.From[i] < to; i++ {
		sum += (min(to, w.To[i]) - max(from, w.From[i])) * int64(w.Rate[i])
	}
	return sum
}

// atFullRate returns w with all rates at 1000.
func (w *windows) atFullRate() windows {
	full := *w
	full.Rate = slices.Repeat([]int32{1000}, len(w.Rate))
	return full
}

// within returns the part of w that lies in o too, at the rates of w.
func (w *windows) within(o *windows) windows {
	var both windows
	for i, k := 0, 0; i < len(w.From) && k < len(o.From); {
		if from, to := max(w.From[i], o.From[k]), min(w.To[i], o.To[k]); from < to {
			both.From, both.To, both.Rate = append(both.From, from), append(both.To, to), append(both.Rate, w.Rate[i])
		}
		if w.To[i] < o.To[k] {
			i++
		} else {
			k++
		}
	}
	return both
}
