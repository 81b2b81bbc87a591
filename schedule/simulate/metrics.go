package simulate

import (
	"math"
	"slices"
	"time"

	"github.com/taktplan/takt/wip"
)

// Metrics measures a stretch of a simulation. Orders count if they ended in
// it, lines if they were due in it.
type Metrics struct {
	Orders int // with a due date
	// OnTime is the share of these that ended by their due date, Tardiness the
	// mean of max(0, lateness) and Tardiness95 its 95th percentile.
	OnTime                 float64
	Tardiness, Tardiness95 time.Duration
	// Lateness is the mean, and LatenessDeviation the standard deviation, of
	// end less due date.
	Lateness, LatenessDeviation time.Duration

	// PoolTime, ShopTime and TotalTime are means over all orders: until
	// release, from release, and both. FlowFactor is the mean shop time over
	// the mean planned work.
	PoolTime, ShopTime, TotalTime time.Duration
	FlowFactor                    float64

	// WIP is the mean number of orders in the shop, WIPWork of their planned
	// work that was not done; both by whole days.
	WIP     float64
	WIPWork time.Duration
	// Throughput is orders ended a day.
	Throughput float64

	Lines int
	// OnTimeInFull is the share of lines that were shipped whole by their due
	// date.
	OnTimeInFull float64
	// LateUnitDays is in base units.
	LateUnitDays float64

	// Variation is the standard deviation of an end item's daily output over
	// its mean (V of the rhythm measures, against an even plan), on average
	// over the points that put out anything for lines. Days off on which no
	// point puts out anything do not count.
	Variation float64
	// Bias and Error are the mean and the mean absolute difference between the
	// dates by the first plan and what came, over lines if there are any and
	// else over orders.
	Bias, Error time.Duration
}

// Metrics measures [from, to) of r.
func (r *Result) Metrics(from, to time.Time) Metrics {
	within := func(t time.Time) bool { return !t.IsZero() && !t.Before(from) && t.Before(to) }
	var m Metrics
	r.measureOrders(&m, within)
	r.measureLines(&m, within)
	r.measureFloor(&m, from, to)
	m.Variation = r.variation(from, to)
	r.measurePromises(&m, within)
	if days := to.Sub(from).Hours() / 24; days > 0 {
		m.Throughput = m.Throughput / days
	}
	return m
}

func (r *Result) measureOrders(m *Metrics, within func(time.Time) bool) {
	var late []float64
	var pool, shop, work, onTime float64
	n := 0.0
	for i := range r.Orders {
		o := &r.Orders[i]
		if !within(o.Ended) {
			continue
		}
		n++
		pool += float64(o.Released.Sub(o.Arrived))
		shop += float64(o.Ended.Sub(o.Released))
		work += float64(o.Work)
		if d, ok := o.Lateness(); ok {
			late = append(late, float64(d))
			if d <= 0 {
				onTime++
			}
		}
	}
	m.Throughput = n
	if n > 0 {
		m.PoolTime, m.ShopTime, m.TotalTime = time.Duration(pool/n), time.Duration(shop/n), time.Duration((pool+shop)/n)
	}
	if work > 0 {
		m.FlowFactor = shop / work
	}
	m.Orders = len(late)
	if len(late) == 0 {
		return
	}
	m.OnTime = onTime / float64(len(late))
	mean, deviation := moments(late)
	m.Lateness, m.LatenessDeviation = time.Duration(mean), time.Duration(deviation)
	for i := range late {
		late[i] = max(0, late[i])
	}
	mean, _ = moments(late)
	slices.Sort(late)
	m.Tardiness, m.Tardiness95 = time.Duration(mean), time.Duration(late[(len(late)-1)*95/100])
}

// moments returns the mean and the standard deviation of the whole population.
func moments(values []float64) (mean, deviation float64) {
	var sum, squares float64
	for _, v := range values {
		sum += v
	}
	mean = sum / float64(len(values))
	for _, v := range values {
		squares += float64((v - mean) * (v - mean))
	}
	return mean, math.Sqrt(squares / float64(len(values)))
}

func (r *Result) measureLines(m *Metrics, within func(time.Time) bool) {
	full := 0.0
	for i := range r.Lines {
		l := &r.Lines[i]
		if !within(l.Due) || !l.Cancelled.IsZero() {
			continue
		}
		m.Lines++
		m.LateUnitDays += l.LateUnitDays
		if l.OnTimeInFull() {
			full++
		}
	}
	if m.Lines > 0 {
		m.OnTimeInFull = full / float64(m.Lines)
	}
}

func (r *Result) measureFloor(m *Metrics, from, to time.Time) {
	n := 0.0
	work := 0.0
	for _, d := range r.Days {
		if d.From.Before(from) || d.From.Add(24*time.Hour).After(to) {
			continue
		}
		n++
		m.WIP += d.Shop
		work += float64(d.Work)
	}
	if n > 0 {
		m.WIP /= n
		m.WIPWork = time.Duration(work / n)
	}
}

// variation returns the mean variation of daily output over the points that
// lines are shipped from, or over all points if there are no lines.
func (r *Result) variation(from, to time.Time) float64 {
	shipping := map[wip.Point]bool{}
	for i := range r.Lines {
		shipping[r.Lines[i].Point] = true
	}
	var points []wip.Point // in the order of their first output
	daily := map[wip.Point][]float64{}
	counts := make([]bool, len(r.Days))
	for k, d := range r.Days {
		counts[k] = d.Workday
	}
	for _, o := range r.Outputs {
		if len(shipping) > 0 && !shipping[o.Point] {
			continue
		}
		if daily[o.Point] == nil {
			daily[o.Point] = make([]float64, len(r.Days)+1) // the last for the very end
			points = append(points, o.Point)
		}
		k := int(o.At.Sub(r.Days[0].From) / (24 * time.Hour))
		daily[o.Point][k] += float64(o.Qty)
		if k < len(counts) {
			counts[k] = true
		}
	}
	sum, n := 0.0, 0.0
	for _, p := range points {
		var output []float64
		for k, d := range r.Days {
			if counts[k] && !d.From.Before(from) && !d.From.Add(24*time.Hour).After(to) {
				output = append(output, daily[p][k])
			}
		}
		if mean, deviation := moments(output); mean > 0 {
			sum, n = sum+deviation/mean, n+1
		}
	}
	return sum / max(1, n)
}

func (r *Result) measurePromises(m *Metrics, within func(time.Time) bool) {
	var diff, abs, n float64
	note := func(planned, came time.Time) {
		if within(came) && !planned.IsZero() {
			d := float64(came.Sub(planned))
			diff, abs, n = diff+d, abs+math.Abs(d), n+1
		}
	}
	for i := range r.Lines {
		if l := &r.Lines[i]; l.Delivered >= l.Qty {
			note(l.Planned, l.Last)
		}
	}
	if n == 0 {
		for i := range r.Orders {
			note(r.Orders[i].Planned, r.Orders[i].Ended)
		}
	}
	if n > 0 {
		m.Bias, m.Error = time.Duration(diff/n), time.Duration(abs/n)
	}
}
