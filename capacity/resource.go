package capacity

import (
	"slices"
	"time"

	"github.com/taktplan/takt/calendar"
)

// IDs and names are chosen by the caller.
type (
	// A ResourceID names a resource: usually the key of the machine or work
	// centre in the ERP.
	ResourceID string
	// A ShopID names a shop, the division of an enterprise that a plan is
	// handed to.
	ShopID string
	// A Skill is something that a worker, or any other resource, can do.
	Skill string
	// A Family is what a machine is set up for. Operations of one family
	// follow each other without a changeover.
	Family string
	// A ChangeoverID names a [ChangeoverTable].
	ChangeoverID string
)

// A Kind says what a resource is, for reports and for people. It does not
// change how the resource is planned.
type Kind string

// The kinds of resource. An empty Kind means Machine.
const (
	Machine      Kind = "machine"
	MachineGroup Kind = "group"   // interchangeable machines
	Labour       Kind = "labour"  // people, or a pool of them
	Tool         Kind = "tool"    // tools, moulds, fixtures
	Vehicle      Kind = "vehicle" // a fleet
	Dock         Kind = "dock"    // where vehicles are loaded
	FloorArea    Kind = "area"    // units of area, such as square metres
)

// MaxUnits is the largest number of units of a resource.
const MaxUnits = 1_000_000

// A Resource is a number of equal units that can each do one thing at a time.
// It is plain data, and nothing in this package modifies or retains one.
type Resource struct {
	ID   ResourceID
	Name string
	Kind Kind
	// Shop is the division it belongs to, and Group the work centre or section
	// within it. Both are for reports and may be empty.
	Shop  ShopID
	Group string

	// Units is how many there are, 1 to [MaxUnits]; for floor area, how many
	// square metres or the like. A resource that others name in Pools has the
	// units of those and none of its own: its Units are 0.
	Units int
	// Pools are the resources that this one is a member of. Who asks for a
	// pool is served by any of its members. Pools have no pools.
	Pools []ResourceID
	// Skills is what every unit can do, Qualifications what it can do for a
	// time or as a second choice. See [Resource.Qualified].
	Skills         []Skill
	Qualifications []Qualification

	// Calendar is when it works. Empty means always.
	Calendar calendar.ID
	// Efficiency multiplies the rates of the calendar, in per mille, 1 to
	// 10000. 0 means 1000.
	Efficiency int
	// From and To bound the time in which it exists. Zero sets no limit.
	From, To time.Time
	// Maintenance is when units are out of service.
	Maintenance []Outage

	// Buckets, if there are any, have it counted by amounts in place of units:
	// whatever starts in a bucket takes its whole amount from that, however
	// long it lasts and whatever else is done meanwhile, and nothing starts
	// outside of all of them. They are ascending and do not overlap. A resource
	// with buckets has no changeovers.
	Buckets []Bucket

	// Changeovers says what it takes to turn from one family to another. Empty
	// means that it takes nothing.
	Changeovers ChangeoverID
	// SetUpFor is the family it is set up for at the start of the horizon.
	// Empty means none.
	SetUpFor Family

	// CostPerHour is the price of one unit working one hour, and
	// OvertimePerHour what comes on top of it in overtime. Both are in the
	// smallest unit of money and not negative.
	CostPerHour, OvertimePerHour int64
}

// A Qualification is a skill that a resource has for a time, or that others are
// to be asked for first.
type Qualification struct {
	Skill Skill
	// Priority orders the resources that have the skill: lower is preferred
	// when equal. That of [Resource.Skills] is 0.
	Priority int
	// From and To bound the time in which work with it may start. Zero sets no
	// limit.
	From, To time.Time
}

// EffectiveAt reports whether work with q may start at an instant.
func (q *Qualification) EffectiveAt(at time.Time) bool {
	return !at.Before(q.From) && (q.To.IsZero() || at.Before(q.To))
}

// Qualified returns how r has a skill: one that is among its Skills, or none at
// all, it simply has. An empty result means that it does not.
func (r *Resource) Qualified(skill Skill) []Qualification {
	if skill == "" || slices.Contains(r.Skills, skill) {
		return []Qualification{{Skill: skill}}
	}
	var found []Qualification
	for _, q := range r.Qualifications {
		if q.Skill == skill {
			found = append(found, q)
		}
	}
	return found
}

// An Outage takes units out of service in [From, To). Units of outages that
// overlap add up.
type Outage struct {
	From, To time.Time
	Units    int // 0 means all
	Note     string
}

// Members returns the indices of the members of a pool.
func Members(resources []Resource, pool ResourceID) []int {
	var members []int
	for i := range resources {
		if slices.Contains(resources[i].Pools, pool) {
			members = append(members, i)
		}
	}
	return members
}

// ExistsAt reports whether at is in the time in which r exists.
func (r *Resource) ExistsAt(at time.Time) bool {
	return !at.Before(r.From) && (r.To.IsZero() || at.Before(r.To))
}
