package verify

import (
	"cmp"
	"slices"
	"time"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A portion is what something takes from a bucket of a resource.
type portion struct {
	resource, bucket int // -1: outside of all
	amount           capacity.Work
	kept             bool
	at               Violation
}

// buckets judges that no more is taken of a bucket than it holds. What is kept
// may take more; nothing may be added to that.
func (j *judge) buckets() {
	portions := j.portions()
	slices.SortStableFunc(portions, func(a, b portion) int {
		return cmp.Or(cmp.Compare(a.resource, b.resource), cmp.Compare(a.bucket, b.bucket))
	})
	for len(portions) > 0 {
		first, n := portions[0], 1
		for n < len(portions) && portions[n].resource == first.resource && portions[n].bucket == first.bucket {
			n++
		}
		j.bucket(portions[:n])
		portions = portions[n:]
	}
}

// bucket judges one bucket by all that is taken from it.
func (j *judge) bucket(portions []portion) {
	r := &j.p.Resources[portions[0].resource]
	limit := capacity.Work(0)
	if b := portions[0].bucket; b >= 0 {
		limit = r.Buckets[b].Work
	}
	var total, kept wip.Qty
	last := portions[0].at
	for _, x := range portions {
		total = plus(total, wip.Qty(x.amount))
		if x.kept {
			kept = plus(kept, wip.Qty(x.amount))
		} else {
			last = x.at
		}
	}
	if excess := total - max(wip.Qty(limit), kept); excess > 0 {
		last.Code, last.Resource, last.By = OverLimit, r.ID, int64(excess)
		j.report(last)
	}
}

// portions lists what is taken by operations, purchases and transfers.
func (j *judge) portions() (list []portion) {
	add := func(resource int, u *schedule.Use, q wip.Qty, scale int64, work time.Duration, kept bool, v Violation) {
		if resource < 0 || len(j.p.Resources[resource].Buckets) == 0 {
			return
		}
		if amount := u.Take(q, scale, work); amount > 0 {
			list = append(list, portion{resource, j.p.Resources[resource].BucketAt(v.At), amount, kept, v})
		}
	}
	for i := range j.tasks {
		t := &j.tasks[i]
		if t.mode == nil || t.done() {
			continue
		}
		setup, run := j.left(t)
		for k := range t.mode.Uses {
			add(t.resources[k], &t.mode.Uses[k], t.state.ToDo(t.qty), j.lots[t.lot].scale, setup+run, t.kept, j.where("", t))
		}
	}
	for i := range j.plan.Purchases {
		q := &j.plan.Purchases[i]
		if s := j.x.Supplies.Find(q.Supply); s != nil {
			for k := range s.Uses {
				add(j.x.Resources.Position(s.Uses[k].Resource), &s.Uses[k], q.Qty, j.scale(s.Item), 0, false,
					Violation{Item: q.Item, Partner: s.Partner, Ref: q.ID, At: q.Order})
			}
		}
	}
	for i := range j.plan.Transfers {
		t := &j.plan.Transfers[i]
		if l := j.x.Lanes.Find(t.Lane); l != nil {
			for k := range l.Uses {
				add(j.x.Resources.Position(l.Uses[k].Resource), &l.Uses[k], t.Qty, j.scale(t.Item), 0, false,
					Violation{Item: t.Item, Ref: t.ID, At: t.Departure})
			}
		}
	}
	return list
}
