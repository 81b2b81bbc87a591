package release

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/taktplan/takt/schedule"
)

// A Clearing says that a resource is congested: what it puts out in a period
// depends on the work that waits for it, so that lead times depend on load. Its
// capacity is then that of the curve, and [Options.Utilization] does not count
// for it. Steps with a choice of modes load it without waiting.
type Clearing struct {
	Resource schedule.ResourceID // or a pool
	Curve    Curve
}

// A Curve is a clearing function: the hours that a resource puts out in a
// period in which it has so many Hours, as a concave function of its load, the
// hours of work that wait at the beginning or come in. It is the least of its
// pieces, whose slopes fall from at most 1 to 0, and of the load. In a period
// with other hours the same work left waiting goes with the same output an hour.
// A program gets larger with the number of pieces; three or four are enough.
type Curve struct {
	Hours  float64
	Pieces []Piece
}

// A Piece is a straight line.
type Piece struct{ Intercept, Slope float64 }

// Output returns the value of the curve.
func (c *Curve) Output(load float64) float64 {
	out := load
	for _, p := range c.Pieces {
		out = min(out, p.Intercept+float64(p.Slope*load))
	}
	return out
}

// A LoadPoint is an observation of a resource: the hours of work that waited at
// the beginning of a period or came in, and the hours put out in it.
type LoadPoint struct{ Load, Output float64 }

// QueueCurve derives a clearing function from queueing: a resource with so many
// hours a period, which works on lots of so many hours each, with a squared
// coefficient of variation that is the mean of those of arrivals and of
// service. In the steady state of a G/G/1 queue the utilisation ρ goes with
// W = cv2·ρ²/(1−ρ) + ρ lots in the shop (Missbauer and
// Uzsoy 2020, chapter 7), so that a load of ρ·hours + W·lot puts out
// ρ·hours. The curve runs through points of that.
//
// The error says which number is not positive, or not finite.
func QueueCurve(hours, lot, cv2 float64) (Curve, error) {
	for i, x := range [...]float64{hours, lot, cv2} {
		if !(x > 0) || math.IsInf(x, 1) {
			return Curve{}, fmt.Errorf("release: %s is %v, not positive and finite", [...]string{"hours", "lot", "cv2"}[i], x)
		}
	}
	var points []LoadPoint
	for _, rho := range [...]float64{0.5, 0.8, 0.9, 0.98} {
		waiting := cv2*rho*rho/(1-rho) + rho
		points = append(points, LoadPoint{rho*hours + waiting*lot, rho * hours})
	}
	return throughPoints(points, 0.98*hours, hours), nil
}

// FitCurve fits a clearing function to observations of periods with so many
// hours. The observations are put into classes of equal number by load; the
// curve is the least concave function above the means of the classes, with a
// slope of at most 1 from the origin and a last piece that is flat at the mean
// of the class with the highest. Ten or more observations for each class make a
// curve that can be relied on; the method of fitting changes plans markedly
// (Haeussler and Missbauer 2014).
//
// The error is about a number that is negative or not finite, or fewer than
// one observation or class.
func FitCurve(hours float64, observed []LoadPoint, classes int) (Curve, error) {
	if !(hours > 0) || math.IsInf(hours, 1) {
		return Curve{}, fmt.Errorf("release: hours is %v, not positive and finite", hours)
	}
	if classes < 1 || len(observed) == 0 {
		return Curve{}, fmt.Errorf("release: %d observations in %d classes", len(observed), classes)
	}
	for i, o := range observed {
		if !(o.Load >= 0 && o.Output >= 0) || math.IsInf(o.Load, 1) || math.IsInf(o.Output, 1) {
			return Curve{}, fmt.Errorf("release: observation %d is %+v, which is negative or not finite", i, o)
		}
	}
	sorted := slices.Clone(observed)
	slices.SortStableFunc(sorted, func(a, b LoadPoint) int {
		return cmp.Or(cmp.Compare(a.Load, b.Load), cmp.Compare(a.Output, b.Output))
	})
	classes = min(classes, len(sorted))
	var means []LoadPoint
	top := 0.0
	for c := range classes {
		class := sorted[c*len(sorted)/classes : (c+1)*len(sorted)/classes]
		m := LoadPoint{}
		for _, o := range class {
			m.Load += o.Load / float64(len(class))
			m.Output += o.Output / float64(len(class))
		}
		means = append(means, m)
		top = max(top, m.Output)
	}
	return throughPoints(means, top, hours), nil
}

// throughPoints returns the least concave curve from the origin that is above
// points, sorted by load, and flat at the top. No output is above the load.
func throughPoints(points []LoadPoint, top, hours float64) Curve {
	hull := []LoadPoint{{}}
	for _, p := range points {
		p.Output = min(p.Output, p.Load)
		for len(hull) > 1 && slope(hull[len(hull)-2], hull[len(hull)-1]) <= slope(hull[len(hull)-2], p) {
			hull = hull[:len(hull)-1]
		}
		if p.Load > hull[len(hull)-1].Load {
			hull = append(hull, p)
		}
	}
	c := Curve{Hours: hours}
	for i := 1; i < len(hull); i++ {
		if b := slope(hull[i-1], hull[i]); b > 0 {
			c.Pieces = append(c.Pieces, Piece{hull[i].Output - float64(b*hull[i].Load), b})
		}
	}
	c.Pieces = append(c.Pieces, Piece{top, 0})
	return c
}

// corners returns where the pieces meet, each other and the line on which all
// load is put out, with the load at least of each but the last, which is where
// the curve becomes flat.
func (c *Curve) corners() []LoadPoint {
	var list []LoadPoint
	at := Piece{0, 1}
	for at.Slope > 0 {
		next, load := at, math.Inf(1)
		for _, p := range c.Pieces {
			if p.Slope >= at.Slope {
				continue
			}
			if l := (p.Intercept - at.Intercept) / (at.Slope - p.Slope); l <= load {
				next, load = p, l
			}
		}
		at = next
		if load > negligible*c.Hours {
			list = append(list, LoadPoint{load, at.Intercept + float64(at.Slope*load)})
		}
	}
	return list
}

// slope returns that from one point to a later one.
func slope(a, b LoadPoint) float64 {
	if b.Load <= a.Load {
		return math.Inf(1)
	}
	return (b.Output - a.Output) / (b.Load - a.Load)
}

// flaws returns what is wrong with a curve.
func (c *Curve) flaws() string {
	if !(c.Hours > 0) || math.IsInf(c.Hours, 1) {
		return fmt.Sprintf("its hours are %v", c.Hours)
	}
	last := math.Inf(1)
	for i, p := range c.Pieces {
		switch {
		case !(p.Intercept >= 0) || math.IsInf(p.Intercept, 1):
			return fmt.Sprintf("the intercept of piece %d is %v", i, p.Intercept)
		case !(p.Slope >= 0 && p.Slope <= 1):
			return fmt.Sprintf("the slope of piece %d is %v, not between 0 and 1", i, p.Slope)
		case p.Slope > last:
			return fmt.Sprintf("the slope of piece %d is larger than that before it", i)
		}
		last = p.Slope
	}
	if len(c.Pieces) == 0 || last != 0 || c.Pieces[len(c.Pieces)-1].Intercept == 0 {
		return "its last piece is not flat, above 0"
	}
	return ""
}
