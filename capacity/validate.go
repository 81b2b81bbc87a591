package capacity

import (
	"fmt"
	"slices"
	"time"

	"github.com/taktplan/takt/calendar"
)

const (
	fullRate = 1000
	maxRate  = 10 * fullRate
)

// Validate reports whether resources and changeover tables are well formed and
// name only each other and the calendars. The calendars themselves are for
// [calendar.Validate].
//
// The error, if any, is an [*InvalidError] that lists everything found.
func Validate(resources []Resource, tables []ChangeoverTable, calendars []calendar.Calendar) error {
	var is issues
	known := make(map[ChangeoverID]bool, len(tables))
	for i := range tables {
		t := &tables[i]
		path := is.id("Changeovers", i, string(t.ID), known[t.ID])
		known[t.ID] = true
		t.validate(&is, path)
	}
	validateResources(&is, resources, known, calendars)
	return is.err()
}

// validateResources looks at everything but the changeover tables, if tables
// is nil, and returns the index of each resource.
func validateResources(is *issues, resources []Resource, tables map[ChangeoverID]bool, calendars []calendar.Calendar) map[ResourceID]int {
	known := references{
		calendars: make(map[calendar.ID]bool, len(calendars)),
		tables:    tables,
		pools:     poolsOf(resources),
	}
	for _, c := range calendars {
		known.calendars[c.ID] = true
	}
	index := make(map[ResourceID]int, len(resources))
	paths := make([]string, len(resources))
	for i := range resources {
		r := &resources[i]
		_, seen := index[r.ID]
		paths[i] = is.id("Resources", i, string(r.ID), seen)
		index[r.ID] = i
		r.validate(is, paths[i], &known)
	}
	for i := range resources {
		for j, pool := range resources[i].Pools {
			path := fmt.Sprintf("%s.Pools[%d]", paths[i], j)
			if _, ok := index[pool]; !ok {
				is.add(UnknownID, path, "there is no resource %q", pool)
			} else if known.pools[resources[i].ID] {
				is.add(NestedPool, path, "%q has members of its own", resources[i].ID)
			}
		}
	}
	return index
}

// references is what resources may refer to.
type references struct {
	calendars map[calendar.ID]bool
	tables    map[ChangeoverID]bool // nil: not looked at
	pools     map[ResourceID]bool   // those with members
}

func (r *Resource) validate(is *issues, path string, known *references) {
	kinds := []Kind{"", Machine, MachineGroup, Labour, Tool, Vehicle, Dock, FloorArea}
	if !slices.Contains(kinds, r.Kind) {
		is.add(UnknownKind, path+".Kind", "%q is none of %q", r.Kind, kinds[1:])
	}
	if known.pools[r.ID] {
		if r.Units != 0 {
			is.add(OutOfRange, path+".Units", "is %d, but a pool has the units of its members", r.Units)
		}
	} else if r.Units < 1 || r.Units > MaxUnits {
		is.add(OutOfRange, path+".Units", "%d is not from 1 to %d", r.Units, MaxUnits)
	}
	if r.Calendar != "" && !known.calendars[r.Calendar] {
		is.add(UnknownID, path+".Calendar", "there is no calendar %q", r.Calendar)
	}
	if r.Efficiency < 0 || r.Efficiency > maxRate {
		is.add(OutOfRange, path+".Efficiency", "%d is not from 1 to %d per mille", r.Efficiency, maxRate)
	}
	if !r.To.IsZero() {
		is.times(path+".To", r.From, r.To)
	}
	for i, m := range r.Maintenance {
		at := fmt.Sprintf("%s.Maintenance[%d]", path, i)
		is.times(at+".To", m.From, m.To)
		if m.Units < 0 {
			is.add(OutOfRange, at+".Units", "%d is negative", m.Units)
		}
	}
	for i, q := range r.Qualifications {
		if !q.To.IsZero() {
			is.times(fmt.Sprintf("%s.Qualifications[%d].To", path, i), q.From, q.To)
		}
	}
	r.validateBuckets(is, path)
	if r.Changeovers != "" && known.tables != nil && !known.tables[r.Changeovers] {
		is.add(UnknownID, path+".Changeovers", "there is no changeover table %q", r.Changeovers)
	}
	is.atLeastZero(path+".CostPerHour", r.CostPerHour)
	is.atLeastZero(path+".OvertimePerHour", r.OvertimePerHour)
}

func (t *ChangeoverTable) validate(is *issues, path string) {
	t.Default.validate(is, path+".Default")
	if p := t.Default.pair(); p != (pair{}) {
		is.add(OutOfRange, path+".Default", "is for %q to %q, but must be for any pair", p.from, p.to)
	}
	seen := make(map[pair]bool, len(t.Entries))
	for i, e := range t.Entries {
		at := fmt.Sprintf("%s.Entries[%d]", path, i)
		if seen[e.pair()] {
			is.add(DuplicateID, at, "%q to %q is listed before", e.From, e.To)
		}
		seen[e.pair()] = true
		e.validate(is, at)
	}
}

func (c *Changeover) validate(is *issues, path string) {
	is.atLeastZero(path+".Time", int64(c.Time))
	is.atLeastZero(path+".Cost", c.Cost)
}

// id checks the ID of element i of a list, and returns the path to it.
func (is *issues) id(list string, i int, id string, seen bool) string {
	if id == "" {
		path := fmt.Sprintf("%s[%d]", list, i)
		is.add(MissingID, path+".ID", "is empty")
		return path
	}
	path := fmt.Sprintf("%s[%q]", list, id)
	if seen {
		is.add(DuplicateID, path+".ID", "is the ID of more than one")
	}
	return path
}

func (is *issues) atLeastZero(path string, n int64) {
	if n < 0 {
		is.add(OutOfRange, path, "%d is negative", n)
	}
}

func (is *issues) times(path string, from, to time.Time) {
	if !from.Before(to) {
		is.add(BadRange, path, "%v is not after %v", to, from)
	}
}

// poolsOf returns the resources that have members.
func poolsOf(resources []Resource) map[ResourceID]bool {
	pools := make(map[ResourceID]bool)
	for i := range resources {
		for _, p := range resources[i].Pools {
			pools[p] = true
		}
	}
	return pools
}
