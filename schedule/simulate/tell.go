package simulate

import (
	"fmt"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// tell gives an event to whoever wants to know.
func (s *Plant) tell(e wip.Event) {
	if s.o.Event == nil {
		return
	}
	if e.Qty == 0 && e.Kind != wip.Reported && e.Kind != wip.Finished && e.Kind != wip.Interrupted && e.Kind != wip.Resumed && e.Kind != wip.Closed {
		return
	}
	s.keys++
	e.Key, e.At = fmt.Sprintf("simulated-%d", s.keys), s.Now()
	s.o.Event(e)
}

func (s *Plant) workplace(t *task) wip.WorkplaceID {
	if t.step.Subcontract != nil {
		return wip.WorkplaceID(t.step.Subcontract.Partner)
	}
	if machine := s.machine(t); machine >= 0 {
		return wip.WorkplaceID(s.m.resources[machine].ID)
	}
	return ""
}

func (s *Plant) tellStarted(t *task) {
	if s.o.Event != nil && t.in > 0 && t.was == nil {
		s.tell(wip.Event{Kind: wip.Started, Order: s.orders[t.order].id, Step: t.step.ID, Workplace: s.workplace(t), Qty: wip.Qty(t.in)})
	}
}

// tellFinished reports what has not been reported yet of a task.
func (s *Plant) tellFinished(t *task) {
	if s.o.Event == nil {
		return
	}
	s.tellReported(t, t.good, max(0, t.in+t.before-t.good), t.setup+t.run)
	s.tell(wip.Event{Kind: wip.Finished, Order: s.orders[t.order].id, Step: t.step.ID})
}

// tellReported reports a task up to so much good and scrap, and working time.
func (s *Plant) tellReported(t *task, good, scrap, spent int64) {
	e := wip.Event{
		Kind: wip.Reported, Order: s.orders[t.order].id, Step: t.step.ID, Workplace: s.workplace(t),
		Qty: wip.Qty(good - t.reported - t.before), Scrap: wip.Qty(scrap), Spent: time.Duration(spent - t.spent),
	}
	if e.Qty < 0 {
		e.Qty = 0
	}
	t.reported, t.spent = good-t.before, spent
	s.tell(e)
}

// reportProgress reports what is at work as far as it has come, as at the end
// of a shift. Scrap is reported when a step ends.
func (s *Plant) reportProgress() {
	if s.o.Event == nil {
		return
	}
	for i := range s.tasks {
		t := &s.tasks[i]
		if t.state < running || t.state > worked {
			continue
		}
		if good, spent := s.soFar(t); good > t.before+t.reported || spent > t.spent {
			s.tellReported(t, good, 0, spent)
		}
	}
}

func rushID(name string, n int) schedule.OrderID {
	return schedule.OrderID(fmt.Sprintf("%s%d", name, n))
}
