// Package core is the compiled form of a scheduling problem: dense indices
// instead of names, integer ticks instead of instants, arcs in compressed
// rows. It is what the engines compute on. A [Model] is made by a [Builder], is
// immutable from then on and may be shared by any number of searches.
//
// Beside the model the package holds what every engine has to agree on: the
// price of a schedule ([Model.Evaluate]), an independent judge of it
// ([Model.Check]), the arithmetic of working time ([Timeline]) and the contract
// of an engine ([Engine]). It does not search and it knows no names.
//
// All times are ticks from the start of the horizon; intervals are half-open.
package core

// Never is a time that does not come: an absent due date, deadline or maximum
// wait.
const Never = int64(1) << 60

// Limit bounds every time and every amount of work in a model, so that sums of
// times cannot overflow: a century of milliseconds is below 2⁴².
const Limit = int64(1) << 44

// A Model says which operations there are, what they need and what a schedule
// costs. Slices that say "or nil" may be nil when every element would be zero
// (or the stated default).
type Model struct {
	Resources []Resource
	Calendars []Calendar
	Setups    []SetupTable
	Jobs      []Job

	// Operations, 0 ≤ o < len(OpJob).
	OpJob     []int32 // job of the operation
	OpRelease []int64 // earliest start, or nil
	OpFamily  []int32 // setup family, -1 for none, or nil
	OpFlags   []OpFlag
	// FixedStart and FixedMode hold what is frozen: a start tick and a mode
	// (index within the operation), or -1. Both may be nil. A fixed start of
	// an operation with several modes needs a fixed mode.
	FixedStart []int64
	FixedMode  []int32

	// ModeStart[o] ≤ m < ModeStart[o+1] are the modes of operation o: the
	// alternative ways to do it. Every operation has at least one.
	ModeStart []int32
	ModeTime  []int64 // working time, without changeover, of mode m

	// NeedStart[m] ≤ k < NeedStart[m+1] are the resources that mode m
	// occupies together, from start to end. The first of a mode is its
	// machine: changeovers and efficiency are the machine's.
	NeedStart    []int32
	NeedResource []int32
	NeedUnits    []int32 // or nil for one unit each

	// Arcs between operations, and their indices by tail and by head:
	// OutArc[OutStart[o]:OutStart[o+1]] leave o, InArc[InStart[o]:…] enter
	// it. The network has no cycle.
	Arcs              []Arc
	OutStart, InStart []int32
	OutArc, InArc     []int32

	Objective Objective

	// Derived by [Builder.Build].

	// JobOp[JobStart[j]:JobStart[j+1]] are the operations of job j, each
	// after those that precede it.
	JobStart, JobOp []int32
	// ModeTimeline[m] is the time in which all resources of mode m work, an
	// index into Timelines; -1 is always. It is nil when all are -1.
	ModeTimeline []int32
	Timelines    []Timeline
}

// Ops is the number of operations.
func (m *Model) Ops() int { return len(m.OpJob) }

// An OpFlag is a set of properties of an operation.
type OpFlag uint8

const (
	// Pausable operations are interrupted by the non-working time of their
	// resources and go on after it, without giving the resources up; others
	// need an unbroken stretch.
	Pausable OpFlag = 1 << iota
	// Blocking operations keep their machine after their end until all
	// operations that follow in the job (by an EndStart arc) have started.
	Blocking
)

// A Resource can do Capacity units of work at a time.
type Resource struct {
	Capacity int32
	Calendar int32 // index into Model.Calendars; -1 works always
	// Setup indexes Model.Setups; -1 has no changeovers. A resource with
	// changeovers has Capacity 1 and is used as a machine only.
	Setup   int32
	Initial int32 // family it is set up for at tick 0; -1 for none
}

// A Calendar is the working time of a resource: ascending, disjoint windows,
// which may touch. There is no work after the last.
type Calendar struct {
	From, To []int64
	// Rate is the work done per thousand ticks in each window, from 1 to
	// 65535; nil means 1000.
	Rate []int32
}

// A SetupTable holds changeover times and costs between families, row-major:
// Time[from*Families+to]. A changeover is done on the machine right before the
// operation, in its working time, and belongs to the operation's occupation.
// Next to an operation without a family there is none. Operations without work
// need none and leave the machine as it is.
type SetupTable struct {
	Families int32
	Time     []int64 // Never forbids the succession
	Cost     []int64 // or nil
}

// A Job is a set of operations that is released, due and weighed as one. It is
// complete when its last operation is.
type Job struct {
	Release  int64
	Due      int64 // Never if none
	Deadline int64 // Never if none; a hard limit
	// Prices of the job, per tick or per job, as named in Objective.
	Tardiness, Earliness, Late, Flow int64
}

// An Arc says that To may not start (or end) before From has. It holds when
//
//	Min ≤ t(To) − t(From) ≤ Max
//
// where t is the start or end of the operation as Kind says, in elapsed ticks.
type Arc struct {
	From, To int32
	Kind     ArcKind
	Min, Max int64 // Max is Never if there is no limit
}

// An ArcKind names the two instants that an arc ties together.
type ArcKind uint8

const (
	EndStart   ArcKind = iota // end of From, start of To: the usual case
	StartStart                // transfer lots: the first part moves on early
	EndEnd                    // and the last part arrives last
)

// An Objective is a sum of prices: Makespan per tick until the last end, Setup
// per tick of changeover, SetupCost times the table's costs, and the prices of
// each [Job]: Tardiness and Earliness per tick after and before the due date,
// Late once if late, Flow per tick from release to completion.
type Objective struct {
	Makespan, Setup, SetupCost int64
}

// A Schedule is an answer to a Model: the mode (index within the operation),
// start and end of every operation. A start of -1 is not placed. Start counts
// the changeover, which comes first. An operation that starts at s with an
// amount of work w (changeover and [Model.ModeTime]) starts in working time and
// ends at the first instant at which w is done; one without work ends where it
// starts, at any instant.
type Schedule struct {
	Mode       []int32
	Start, End []int64
}
