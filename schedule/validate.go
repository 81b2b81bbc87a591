package schedule

import (
	"errors"
	"fmt"
	"time"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/wip"
)

// Validate reports whether p is well formed: IDs are unique and resolve,
// numbers are in their stated ranges, neither materials nor steps go round in
// a circle. It does not say whether the demand can be met.
//
// The error, if any, is an [*InvalidError] that lists everything found, in
// the order of the fields. It takes O(n log n) time in the size of p.
func (p *Problem) Validate() error {
	c := newChecker(p)
	c.horizon()
	c.calendars()
	c.places()
	c.resources()
	c.partners()
	c.items()
	c.lanes()
	c.routings()
	c.supplies()
	c.stock()
	c.orders()
	c.lines()
	c.norms()
	c.objective()
	if len(c.issues) == 0 {
		return nil
	}
	return &InvalidError{c.issues}
}

// A checker collects what is wrong. Its maps lead from IDs to indices.
type checker struct {
	p         *Problem
	issues    []Issue
	calendar  map[CalendarID]int
	location  map[LocationID]int
	shop      map[ShopID]int
	resource  map[ResourceID]int
	members   map[ResourceID][]int // of pools; of other resources themselves
	partner   map[PartnerID]int
	item      map[ItemID]int
	provision map[ProvisionID]int
	routing   map[RoutingID]int
	contract  map[ContractID]int
	line      map[LineID]int
	exploded  []Routing // without phantoms, if that is possible
}

func newChecker(p *Problem) *checker {
	return &checker{
		p:         p,
		calendar:  index(p.Calendars, func(x *calendar.Calendar) CalendarID { return x.ID }),
		location:  index(p.Locations, func(x *Location) LocationID { return x.ID }),
		shop:      index(p.Shops, func(x *Shop) ShopID { return x.ID }),
		resource:  index(p.Resources, func(x *capacity.Resource) ResourceID { return x.ID }),
		members:   pools(p.Resources),
		partner:   index(p.Partners, func(x *Partner) PartnerID { return x.ID }),
		item:      index(p.Items, func(x *Item) ItemID { return x.ID }),
		provision: index(p.Provisions, func(x *Provision) ProvisionID { return x.ID }),
		routing:   index(p.Routings, func(x *Routing) RoutingID { return x.ID }),
		contract:  index(p.Contracts, func(x *Contract) ContractID { return x.ID }),
		line:      index(p.Lines, func(x *ContractLine) LineID { return x.ID }),
	}
}

// index returns the first index of each ID.
func index[T any, K comparable](list []T, id func(*T) K) map[K]int {
	m := make(map[K]int, len(list))
	for i := range list {
		k := id(&list[i])
		if _, ok := m[k]; !ok {
			m[k] = i
		}
	}
	return m
}

func (c *checker) add(code IssueCode, path, format string, args ...any) {
	c.issues = append(c.issues, Issue{code, path, fmt.Sprintf(format, args...)})
}

// named returns the path of an element of a list, by its ID.
func named[K ~string](list string, id K) string { return fmt.Sprintf("%s[%q]", list, string(id)) }

// own checks the IDs of a list: none missing, none twice.
func own[T any, K ~string](c *checker, list string, all []T, first map[K]int, id func(*T) K) {
	for i := range all {
		switch k := id(&all[i]); {
		case k == "":
			c.add(MissingID, fmt.Sprintf("%s[%d].ID", list, i), "is empty; every one needs an ID")
		case first[k] != i:
			c.add(DuplicateID, fmt.Sprintf("%s[%d].ID", list, i), "%q is the ID of %s[%d] already", k, list, first[k])
		}
	}
}

// refer checks an ID that refers to something; it may be empty if optional.
func refer[K ~string](c *checker, known map[K]int, id K, optional bool, kind string, path func() string) {
	if id == "" && optional {
		return
	}
	if _, ok := known[id]; ok && id != "" {
		return
	}
	if id == "" {
		c.add(MissingID, path(), "is empty; it has to name a %s", kind)
		return
	}
	c.add(UnknownID, path(), "no %s has the ID %q", kind, string(id))
}

// place checks a location, which may be empty if the problem names none.
func (c *checker) place(id LocationID, path func() string) {
	refer(c, c.location, id, len(c.p.Locations) == 0, "location", path)
}

// between checks a number against its range.
func between[N ~int | ~int64](c *checker, n, lo, hi N, path func() string) {
	if n < lo || n > hi {
		c.add(OutOfRange, path(), "%v is not in %v..%v", n, lo, hi)
	}
}

// Bounds of what a problem may say. They keep every sum of products that a
// planner forms inside 64 bits.
const (
	maxYears = 200
	maxTime  = maxYears * 366 * 24 * time.Hour
	maxQty   = wip.Qty(1e15)
	maxMoney = int64(1e12)
	maxCount = 1_000_000
)

func (c *checker) qty(q, lo wip.Qty, path func() string)        { between(c, q, lo, maxQty, path) }
func (c *checker) money(m int64, path func() string)            { between(c, m, 0, maxMoney, path) }
func (c *checker) duration(d time.Duration, path func() string) { between(c, d, 0, maxTime, path) }

func (c *checker) span(s Span, path func() string) {
	if !s.From.IsZero() && !s.To.IsZero() && s.To.Before(s.From) {
		c.add(BadSpan, path(), "ends at %s, before it begins at %s", stamp(s.To), stamp(s.From))
	}
}

func stamp(t time.Time) string { return t.Format(time.RFC3339) }

func (c *checker) horizon() {
	p := c.p
	bad := func(path, format string, args ...any) { c.add(BadHorizon, path, format, args...) }
	switch {
	case p.From.IsZero():
		bad("From", "is missing")
	case !p.From.Before(p.To):
		bad("To", "%s is not after From, %s", stamp(p.To), stamp(p.From))
	case p.From.AddDate(maxYears, 0, 0).Before(p.To):
		bad("To", "%s is more than %d years after From, %s", stamp(p.To), maxYears, stamp(p.From))
	case !p.Now.IsZero() && (p.Now.Before(p.From) || !p.Now.Before(p.To)):
		bad("Now", "%s is not in the horizon [%s, %s)", stamp(p.Now), stamp(p.From), stamp(p.To))
	}
	if p.Tick != 0 && (p.Tick < time.Microsecond || p.Tick > 24*time.Hour) {
		bad("Tick", "%s is not between 1µs and 24h", p.Tick)
	}
}

func (c *checker) calendars() {
	var invalid *calendar.InvalidError
	if err := calendar.Validate(c.p.Calendars); errors.As(err, &invalid) {
		for _, is := range invalid.Issues {
			c.add(BadCalendar, is.Path, "%s", is.Text)
		}
	}
}

func (c *checker) places() {
	own(c, "Locations", c.p.Locations, c.location, func(x *Location) LocationID { return x.ID })
	for i := range c.p.Locations {
		l := &c.p.Locations[i]
		c.money(l.Area, func() string { return named("Locations", l.ID) + ".Area" })
	}
	own(c, "Shops", c.p.Shops, c.shop, func(x *Shop) ShopID { return x.ID })
	for i := range c.p.Shops {
		s := &c.p.Shops[i]
		at := func(field string) func() string {
			return func() string { return named("Shops", s.ID) + field }
		}
		c.place(s.Location, at(".Location"))
		refer(c, c.calendar, s.Calendar, true, "calendar", at(".Calendar"))
	}
}

func (c *checker) resources() {
	var invalid *capacity.InvalidError
	if err := capacity.Validate(c.p.Resources, c.p.Changeovers, c.p.Calendars); errors.As(err, &invalid) {
		for _, is := range invalid.Issues {
			c.add(BadResource, is.Path, "%s", is.Text)
		}
	}
	for i := range c.p.Resources {
		r := &c.p.Resources[i]
		at := func(field string) func() string {
			return func() string { return named("Resources", r.ID) + field }
		}
		refer(c, c.shop, r.Shop, true, "shop", at(".Shop"))
		if r.Changeovers != "" && r.Units > 1 {
			c.add(BadResource, at(".Units")(), "%d units cannot have changeovers: list them as resources of one unit each", r.Units)
		}
	}
}

// pools returns the indices of the members of each resource.
func pools(list []capacity.Resource) map[ResourceID][]int {
	members := make(map[ResourceID][]int, len(list))
	for i := range list {
		for _, pool := range list[i].Pools {
			members[pool] = append(members[pool], i)
		}
	}
	for i := range list {
		if id := list[i].ID; len(members[id]) == 0 {
			members[id] = []int{i}
		}
	}
	return members
}

func (c *checker) partners() {
	own(c, "Partners", c.p.Partners, c.partner, func(x *Partner) PartnerID { return x.ID })
	for i := range c.p.Partners {
		x := &c.p.Partners[i]
		at := func(field string) func() string {
			return func() string { return named("Partners", x.ID) + field }
		}
		refer(c, c.calendar, x.Calendar, true, "calendar", at(".Calendar"))
		c.limit(x.Capacity, at(".Capacity"))
	}
	own(c, "Provisions", c.p.Provisions, c.provision, func(x *Provision) ProvisionID { return x.ID })
	for i := range c.p.Provisions {
		x := &c.p.Provisions[i]
		path := func(field string) func() string {
			return func() string { return named("Provisions", x.ID) + field }
		}
		refer(c, c.shop, x.Shop, true, "shop", path(".Shop"))
		between(c, x.Kind, 0, OtherProvision, path(".Kind"))
	}
}

func (c *checker) limit(l Limit, path func() string) {
	c.qty(l.Qty, 0, func() string { return path() + ".Qty" })
	if l.Qty > 0 && (l.Per < time.Minute || l.Per > maxTime) {
		c.add(OutOfRange, path()+".Per", "%s is not between 1m and %d years", l.Per, maxYears)
	}
}

func (c *checker) objective() {
	o := c.p.Objective
	for _, x := range []struct {
		name  string
		price int64
	}{
		{"Late", o.Late}, {"LateLine", o.LateLine}, {"Short", o.Short}, {"Early", o.Early},
		{"BelowNorm", o.BelowNorm}, {"AboveNorm", o.AboveNorm}, {"Flow", o.Flow},
		{"Makespan", o.Makespan}, {"Setup", o.Setup}, {"Rhythm", o.Rhythm},
		{"EvenLoad", o.EvenLoad}, {"Change", o.Change}, {"Money", o.Money},
	} {
		c.money(x.price, func() string { return "Objective." + x.name })
	}
}
