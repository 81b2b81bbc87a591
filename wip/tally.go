package wip

import "time"

// stockDelta returns what an event adds to the stock of its point.
func stockDelta(r *record) Qty {
	switch r.kind {
	case Delivered, Received, Unloaded:
		return r.qty
	case Issued, Loaded, Shipped:
		return -r.qty
	case Adjusted:
		if r.order == 0 {
			return r.qty
		}
	}
	return 0
}

func foldStock(q *Qty, r *record) { *q += stockDelta(r) }

func foldCargo(q *Qty, r *record) {
	if r.kind == Loaded {
		*q += r.qty
	} else {
		*q -= r.qty
	}
}

// An arrival is what has come of a receipt, or left for a line.
type arrival struct {
	qty  Qty
	last int64
}

func foldArrival(a *arrival, r *record) { a.qty, a.last = a.qty+r.qty, r.at }

// An orderTally is what became of an order.
type orderTally struct {
	qty, delivered   Qty
	released, closed int64
	item, place      name
}

func foldOrder(t *orderTally, r *record) {
	switch r.kind {
	case Released:
		if t.released == 0 {
			t.released, t.item, t.place = r.at, r.item, r.place
		}
		t.qty += r.qty
	case Delivered:
		t.delivered += r.qty
	case Closed:
		t.closed = r.at
	}
}

// A stepTally is how far a step has come.
type stepTally struct {
	taken, good, scrap Qty
	spent              int64
	started, ended     int64
	place, workplace   name
	issued             bool
}

func foldStep(t *stepTally, r *record) {
	switch r.kind {
	case Started, Reported:
		if t.started == 0 {
			t.started = r.at
		}
		if r.workplace != 0 {
			t.workplace = r.workplace
		}
	}
	switch r.kind {
	case Started:
		t.taken += r.qty
	case Reported:
		t.good, t.scrap, t.spent = t.good+r.qty, t.scrap+r.scrap, int64(Qty(t.spent).addCapped(Qty(r.spent)))
	case Adjusted:
		t.good += r.qty
	case Finished:
		t.ended = r.at
	case Moved:
		t.place = r.other
	case Issued:
		t.issued = true
	}
}

// A workplaceTally is what a workplace has done, and whether it stands still.
type workplaceTally struct {
	spent              Work
	down               int64 // since when; 0: it does not
	cause, order, step name
}

func foldWorkplace(t *workplaceTally, r *record) {
	switch r.kind {
	case Reported:
		t.spent += Work(r.spent / int64(time.Millisecond))
	case Interrupted:
		t.down, t.cause, t.order, t.step = r.at, r.cause, r.order, r.step
	case Resumed:
		t.down, t.cause, t.order, t.step = 0, 0, 0, 0
	}
}
