package daily

import (
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/internal/table"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// An AreaUse is a line of the use of floor and storage area.
type AreaUse struct {
	Location schedule.LocationID
	Area     int64   // that there is, in the unit of [schedule.Item.Area]
	Now      float64 // taken
	Mean     float64 // taken on average over the scope, up to now
	Share    float64 // Mean/Area
}

func (AreaUse) columns() []table.Column {
	return []table.Column{text("location"), number("area"), number("taken now"), number("mean"), number("share")}
}

func (r AreaUse) cells() []any { return []any{r.Location, r.Area, r.Now, r.Mean, r.Share} }

// Areas reviews how much of the area of locations the stock takes that the
// ledger has there ([capacity.FloorAreaLoad]), in the order of the problem;
// locations without a limit are left out, and for a shop all but its own.
func (d *Desk) Areas(s Scope) Document[AreaUse] {
	doc := Document[AreaUse]{Title: s.title("Use of area")}
	to := earlier(s.To, d.now)
	for i := range d.p.Locations {
		l := &d.p.Locations[i]
		if l.Area == 0 || !d.at(s.Shop, l.ID) {
			continue
		}
		row := AreaUse{Location: l.ID, Area: l.Area}
		var taken []capacity.Occupation
		for p := range d.ledger.Points() {
			item := d.item(p.Item)
			if p.Place != l.ID || item.Area == 0 {
				continue
			}
			whole := func(q wip.Qty) float64 { return float64(max(0, q)) / float64(item.Scale()) }
			row.Now += whole(d.ledger.Balance(p, d.now)) * float64(item.Area)
			d.stretches(p, s.From, to, func(q wip.Qty, long time.Duration) {
				taken = append(taken, capacity.Occupation{Pieces: whole(q), Area: float64(item.Area), Days: days(long)})
			})
		}
		if s.From.Before(to) {
			row.Share = capacity.FloorAreaLoad(taken, float64(l.Area), days(to.Sub(s.From)))
			row.Mean = row.Share * float64(l.Area)
		}
		doc.Rows = append(doc.Rows, row)
	}
	return doc
}

// stretches visits the times of constant stock of a point in [from, to).
func (d *Desk) stretches(p wip.Point, from, to time.Time, visit func(wip.Qty, time.Duration)) {
	stock := d.ledger.Balance(p, from)
	for m := range d.ledger.Movements(p) {
		if !m.At.After(from) || m.At.After(to) {
			continue
		}
		visit(stock, m.At.Sub(from))
		stock, from = stock+m.Delta, m.At
	}
	visit(stock, to.Sub(from))
}
