package control

import (
	"cmp"
	"slices"
	"time"
)

// A Rule says when something is alarming. The alarm is raised when a reading
// is at least On, Patience times in a row, and cleared when one is at most Off,
// as often in a row. Between the two, nothing changes: that is what keeps an
// alarm from ringing at every turn.
type Rule struct {
	Name    string
	On, Off int64 // Off < On
	// Patience is how many readings it takes. 0 means 1.
	Patience int
}

// A Reading is the value of something at one look, such as the minutes that an
// order is late, or the pieces below a norm.
type Reading struct {
	Object string
	Value  int64
}

// An Alarm is raised or cleared.
type Alarm struct {
	Rule, Object string
	At           time.Time
	Value        int64
	Raised       bool // or cleared
}

// A Watch remembers which alarms are on. The zero Watch is ready to use. A
// Watch belongs to one goroutine.
type Watch struct{ seen map[watched]*memory }

// watched is what a rule is about.
type watched struct{ rule, object string }

// memory is what a watch knows of one object.
type memory struct {
	on    bool
	count int // readings in a row that speak for a change
	value int64
}

// Look takes the readings of one look at what a rule is about, and returns the
// alarms that it raises and clears, sorted by object. What there is no reading
// of any more counts as a reading of 0.
func (w *Watch) Look(rule Rule, at time.Time, readings []Reading) []Alarm {
	if w.seen == nil {
		w.seen = map[watched]*memory{}
	}
	values := make(map[string]int64, len(readings))
	for _, r := range readings {
		if v, again := values[r.Object]; !again || r.Value > v {
			values[r.Object] = r.Value
		}
		if key := (watched{rule.Name, r.Object}); w.seen[key] == nil {
			w.seen[key] = &memory{}
		}
	}
	var alarms []Alarm
	for key, m := range w.seen {
		if key.rule != rule.Name {
			continue
		}
		m.value = values[key.object]
		if m.turns(rule) {
			alarms = append(alarms, Alarm{Rule: key.rule, Object: key.object, At: at, Value: m.value, Raised: m.on})
		}
		if !m.on && m.count == 0 {
			delete(w.seen, key)
		}
	}
	slices.SortFunc(alarms, func(a, b Alarm) int { return cmp.Compare(a.Object, b.Object) })
	return alarms
}

// turns counts a reading and reports whether it turns the alarm on or off.
func (m *memory) turns(rule Rule) bool {
	if m.on && m.value <= rule.Off || !m.on && m.value >= rule.On {
		m.count++
	} else {
		m.count = 0
	}
	if m.count < max(1, rule.Patience) {
		return false
	}
	m.on, m.count = !m.on, 0
	return true
}

// On lists the alarms of a rule that are on, sorted by object.
func (w *Watch) On(rule Rule) []string {
	var list []string
	for key, m := range w.seen {
		if key.rule == rule.Name && m.on {
			list = append(list, key.object)
		}
	}
	slices.Sort(list)
	return list
}

// Lateness returns the minutes that each order is expected to be finished after
// it is needed, as readings for a [Watch]. Orders that nobody needs have none.
func Lateness(finishes []Finish, horizon time.Time) []Reading {
	var list []Reading
	for _, f := range finishes {
		if f.Due.IsZero() {
			continue
		}
		end := f.Expected
		if end.IsZero() {
			end = horizon
		}
		list = append(list, Reading{Object: string(f.Order), Value: int64(end.Sub(f.Due) / time.Minute)})
	}
	return list
}
