package cooperation

import (
	"slices"
	"time"

	"github.com/taktplan/takt/internal/table"
)

// A Score says how a party keeps to dates.
type Score struct {
	Kind  Kind
	Party string
	// Given were requested; Complete are those delivered in full, OnTime of
	// these by the due date and AsPromised by the date promised.
	Given, Complete, OnTime, AsPromised int
	Overdue                             int // not complete, and past due
	// Late is by how much commissions were late in all, those overdue until
	// now included.
	Late time.Duration
	// Accepted is the accepted share of what was delivered; 1 if nothing was.
	Accepted float64
}

// OnTimeShare returns the share of commissions on time among those complete or
// overdue; 1 if there are none.
func (s *Score) OnTimeShare() float64 {
	if s.Complete+s.Overdue == 0 {
		return 1
	}
	return float64(s.OnTime) / float64(s.Complete+s.Overdue)
}

// Timeliness returns the score of every party that was given a commission, in
// the order in which they first occur, as of now.
func Timeliness(list []Commission, now time.Time) []Score {
	var scores []Score
	var delivered, accepted []float64
	for i := range list {
		c := &list[i]
		if c.Requested.IsZero() {
			continue
		}
		k := slices.IndexFunc(scores, func(s Score) bool { return s.Kind == c.Kind && s.Party == c.Party() })
		if k < 0 {
			k = len(scores)
			scores = append(scores, Score{Kind: c.Kind, Party: c.Party()})
			delivered, accepted = append(delivered, 0), append(accepted, 0)
		}
		scores[k].count(c, now)
		if c.Qty > 0 { // in shares of the commission, since units differ
			delivered[k] += float64(c.DeliveredQty) / float64(c.Qty)
			accepted[k] += float64(c.AcceptedQty) / float64(c.Qty)
		}
	}
	for k := range scores {
		scores[k].Accepted = 1
		if delivered[k] > 0 {
			scores[k].Accepted = accepted[k] / delivered[k]
		}
	}
	return scores
}

func (s *Score) count(c *Commission, now time.Time) {
	s.Given++
	end := now
	if c.Complete() {
		s.Complete++
		end = c.Delivered
		if !end.After(c.Due) {
			s.OnTime++
		}
		if !c.Promised.IsZero() && !end.After(c.Promised) {
			s.AsPromised++
		}
	} else if now.After(c.Due) {
		s.Overdue++
	}
	s.Late += max(0, end.Sub(c.Due))
}

// ScoreReport returns scores, a line each; times are in hours.
func ScoreReport(scores []Score) Report {
	t := &table.Table{Title: "Timeliness", Columns: []table.Column{
		table.Text("kind"), table.Text("party"), table.Number("given"), table.Number("complete"), table.Number("on time"),
		table.Number("as promised"), table.Number("overdue"), table.Number("late h"), table.Number("share"), table.Number("accepted"),
	}}
	for i := range scores {
		s := &scores[i]
		t.Add(s.Kind, s.Party, s.Given, s.Complete, s.OnTime, s.AsPromised, s.Overdue, s.Late, s.OnTimeShare(), s.Accepted)
	}
	return Report{t}
}
