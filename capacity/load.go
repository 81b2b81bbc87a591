package capacity

import (
	"fmt"
	"slices"
	"time"
)

// A Load is work that one resource is asked to do during [From, To), evenly
// over the working time in between.
type Load struct {
	Resource ResourceID
	From, To time.Time
	// Units is how many units it occupies, at most [MaxUnits]. 0 means 1.
	Units int
	// Setup marks changeover, as against processing.
	Setup bool
	// Ref is what asks: an order, an operation, a document. It has no effect.
	Ref string
}

func (l Load) units() int { return max(1, l.Units) }

func (l Load) validate(is *issues, path string, resources []Resource, index map[ResourceID]int) {
	if i, ok := index[l.Resource]; !ok {
		is.add(UnknownID, path+".Resource", "there is no resource %q", l.Resource)
	} else if resources[i].Units == 0 {
		is.add(LoadOnPool, path+".Resource", "%q is a pool; the load has to name one of its members", l.Resource)
	}
	is.times(path+".To", l.From, l.To)
	if l.Units < 0 || l.Units > MaxUnits {
		is.add(OutOfRange, path+".Units", "%d is not from 1 to %d", l.Units, MaxUnits)
	}
}

// byResource returns the loads of each resource, in the order given.
func byResource(is *issues, resources []Resource, index map[ResourceID]int, loads []Load) [][]Load {
	of := make([][]Load, len(resources))
	for i, l := range loads {
		l.validate(is, fmt.Sprintf("Loads[%d]", i), resources, index)
		if r, ok := index[l.Resource]; ok {
			of[r] = append(of[r], l)
		}
	}
	return of
}

// An Overload is a maximal stretch of time in which a resource is asked for
// more units than it has. Resources with buckets have none.
type Overload struct {
	Resource ResourceID
	From, To time.Time
	Excess   int64 // largest number of units too many, > 0
}

// Overloads returns where loads ask for more units than there are at an
// instant, ordered by resource, in the order given, and then time. What is
// there is the resource's units while it exists, less those under maintenance;
// calendars are not looked at. A load that is to rest during a maintenance is
// therefore better given as two.
//
// The error, if any, is an [*InvalidError] that lists every resource and load
// that is not well formed.
//
// It takes O(n log n) time for n loads and outages.
func Overloads(resources []Resource, loads []Load) ([]Overload, error) {
	var is issues
	index := validateResources(&is, withoutReferences(resources), nil, nil)
	of := byResource(&is, resources, index, loads)
	if len(is) > 0 {
		return nil, is.err()
	}
	var found []Overload
	for i := range resources {
		found = resources[i].overloads(found, of[i])
	}
	return found, nil
}

// withoutReferences returns resources that do not refer to calendars.
func withoutReferences(resources []Resource) []Resource {
	alone := slices.Clone(resources)
	for i := range alone {
		alone[i].Calendar = ""
	}
	return alone
}

// overloads sweeps over the loads of r and adds what it finds.
func (r *Resource) overloads(found []Overload, loads []Load) []Overload {
	if len(loads) == 0 || len(r.Buckets) > 0 {
		return found
	}
	// A change adds to the units asked for beyond those that are there.
	type change struct {
		at    time.Time
		units int64
	}
	var changes []change
	first, last := loads[0].From, loads[0].To
	for _, l := range loads {
		first, last = earlier(first, l.From), later(last, l.To)
		changes = append(changes, change{l.From, int64(l.units())}, change{l.To, -int64(l.units())})
	}
	for _, p := range r.present(first, last) {
		changes = append(changes, change{p.from, -int64(p.units)}, change{p.to, int64(p.units)})
	}
	slices.SortStableFunc(changes, func(a, b change) int { return a.at.Compare(b.at) })

	excess, begun := int64(0), len(found)
	for i, c := range changes[:len(changes)-1] {
		excess += c.units
		next := changes[i+1].at
		if excess <= 0 || c.at.Equal(next) {
			continue
		}
		if n := len(found); n > begun && found[n-1].To.Equal(c.at) {
			found[n-1].To, found[n-1].Excess = next, max(found[n-1].Excess, excess)
		} else {
			found = append(found, Overload{r.ID, c.at, next, excess})
		}
	}
	return found
}
