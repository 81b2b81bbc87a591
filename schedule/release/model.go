package release

// A model is a problem in the form in which its program is written: by points,
// processes, groups of resources, and demands, all numbered. Amounts are in
// whole units, time in days, money in the units of the objective.
type model struct {
	grid
	points    []point
	processes []process
	groups    []group
	demands   []demand
	parcels   []parcel
	rooms     []room
	rhythms   []rhythm
	queues    []queue
	mixes     []mix
	wips      []wipNorm
	// even is the price of a thousandth of uneven load.
	even float64
}

// A point is where an item lies, or, unstocked, a service that must be used in
// the period in which it is given: the choice among the modes of a step.
type point struct {
	stocked bool
	inflow  []float64 // per period: opening stock, what is decided already
	hold    float64   // price of a unit for a day
	norms   []norm    // per period, or nil
}

// A norm is what a point is meant to hold at the end of a period.
type norm struct {
	min, target, max      float64 // max 0: no limit
	below, missing, above float64 // prices of a unit for a day: below min, below target, above max
}

// A process is one way to have an item at a point: an activity in the sense of
// Koopmans. It is started in quantities of what it gives.
type process struct {
	gives, takes []exchange
	uses         []use
	cost         float64 // per unit
	wip          float64 // price of a unit in process for a day
	lead         float64 // from start to when it gives
	opens, until float64 // in which it may be started
	most         float64 // in any one period, for a bound
	perDay       float64 // limit of what may be started; 0: none
	// previous, if not nil, is what an earlier plan starts in each period, and
	// change the price of a unit more or less.
	previous, change []float64
}

// An exchange is what a process gives or takes for each unit.
type exchange struct {
	point int
	per   float64
	after float64 // since the start
	only  *window // nil: at any time
}

// since returns an exchange of a process that begins later.
func (x exchange) since(later float64) exchange {
	x.after -= later
	return x
}

// A window is the time in which something happens, [from, to).
type window struct{ from, to float64 }

// of returns the part of a stretch of time, not empty, that lies in the window.
func (w *window) of(from, to float64) float64 {
	if w == nil {
		return 1
	}
	return max(0, min(w.to, to)-max(w.from, from)) / (to - from)
}

// A use is the hours of a group of resources that a process takes for each unit.
type use struct {
	group int
	hours float64
	after float64 // since the start
	held  bool    // of a tool, whether it works or not
}

// A group is resources that can stand in for each other, or a partner. Work is
// in hours, or in units for partners.
type group struct {
	regular, overtime []float64 // per period
	price             float64   // of overtime
	even              bool      // whether its load is to be even
}

// A demand is a contract line.
type demand struct {
	point  int
	qty    float64
	within []chance // in the order of time, not empty
	early  int      // how many of these are before that of the due date
	short  float64  // price of a unit not delivered
}

// A chance is a period in which a line may be delivered.
type chance struct {
	period int
	late   float64 // price of a unit delivered then; 0: on time
}

// A room is a location with limited area.
type room struct {
	area   float64
	points []int
	each   []float64 // area per unit, beside points
	price  float64   // of a unit of area that is not there, for a day
}

// A rhythm is a wish for an even output of an item.
type rhythm struct {
	wanted []float64 // output per period
	of     []int     // processes
	price  float64   // of a unit missing in a period
}

// launchable reports whether a process may be started in a period, in time to
// give something.
func (m *model) launchable(k, t int) bool {
	p := &m.processes[k]
	return m.grid[t+1] > p.opens && m.grid[t] < p.until && m.grid[t]+p.lead < m.grid[m.periods()]
}
