package verify

import "slices"

// A Code tells violations apart. Codes are never reused for something else.
//
// The example at each code is a problem and a plan in the language of the
// package's tests: see internal/scenario. A test runs it and expects that code
// and no other.
type Code string

const (
	// InvalidProblem occurs when the problem is not valid. Ref says why. The
	// plan is then not judged.
	//
	// Example:
	//	resource M
	//	item A
	//	routing RA A
	//	  step cut N unit=1m
	InvalidProblem Code = "invalid-problem"

	// UnknownReference occurs when the plan refers to something that the
	// problem, or the plan itself, does not have. Ref is the path to it.
	//
	// Example:
	//	resource M
	//	item A
	//	routing RA A
	//	  step cut M unit=1m
	//	lot 1 A 10
	//	op 1/cut 08:00-08:10
	//	op 2/cut 09:00-09:10
	UnknownReference Code = "unknown-reference"

	// Duplicate occurs when an ID is used twice, or a step placed twice.
	//
	// Example:
	//	resource M
	//	item A
	//	routing RA A
	//	  step cut M unit=1m
	//	lot 1 A 10
	//	op 1/cut 08:00-08:10
	//	op 1/cut 09:00-09:10
	Duplicate Code = "duplicate"

	// Mismatch occurs when two things do not belong together: an order's item
	// or shop and its routing, a purchase's and its supply, a transfer's and its lane,
	// a step and its partner, an operation and a subcontracted step.
	//
	// Example:
	//	location S
	//	location T
	//	item A
	//	item B
	//	lane L S>T time=1h items=B
	//	stock A 10 at=S
	//	move 1 L A 10 08:00-09:00
	Mismatch Code = "mismatch"

	// OutsideHorizon occurs when something that is not history lies before
	// Now or after the end of the horizon. By is a duration.
	//
	// Example:
	//	horizon 1d now=06:00
	//	resource M
	//	item A
	//	routing RA A
	//	  step cut M unit=1m
	//	order 1 A 10 routing=RA
	//	lot 1 A 10
	//	op 1/cut 05:00-05:10
	//	unplanned 1
	OutsideHorizon Code = "outside-horizon"

	// MissingOrder occurs when an order of the problem is neither in the plan
	// nor, with a reason, among what is unplanned.
	//
	// Example:
	//	resource M
	//	item A
	//	routing RA A
	//	  step cut M unit=1m
	//	order 1 A 10 routing=RA
	MissingOrder Code = "missing-order"

	// MissingStep occurs when a step of an order is not placed, and not done.
	//
	// Example:
	//	resource M
	//	item A
	//	routing RA A
	//	  step cut M unit=1m
	//	  step drill M unit=1m
	//	lot 1 A 10
	//	op 1/cut 08:00-08:10
	MissingStep Code = "missing-step"

	// NotKept occurs when an order of the problem does not stay what it is, a
	// step that is done, started, firm or frozen not where it is, or when an
	// order claims to be of the problem and is not. By is how much later a step
	// starts, a duration.
	//
	// Example:
	//	resource M
	//	item A
	//	routing RA A
	//	  step cut M unit=1m
	//	order 1 A 10 routing=RA status=firm
	//	  state cut 08:00-08:10
	//	lot 1 A 10
	//	op 1/cut 09:00-09:10
	NotKept Code = "not-kept"

	// BadLot occurs when the amount of a new order, a purchase or a transfer
	// does not keep to the lot rule. By is the amount.
	//
	// Example:
	//	item A
	//	partner P
	//	supply S A P multiple=5
	//	buy 1 S 12 08:00-09:00
	BadLot Code = "bad-lot"

	// NotEffective occurs when a routing, mode, supply, lane or alternate is
	// used at a time when it is not in effect.
	//
	// Example:
	//	item A
	//	partner P
	//	supply S A P effective=1d00:00..
	//	buy 1 S 10 08:00-09:00
	NotEffective Code = "not-effective"

	// BeforeFence occurs when a new order, purchase, subcontract or transfer
	// starts before the release fence, or a purchase within the fence of its
	// supply. By is a duration.
	//
	// Example:
	//	horizon 1d release=10:00
	//	resource M
	//	item A
	//	routing RA A
	//	  step cut M unit=1m
	//	lot 1 A 10
	//	op 1/cut 08:00-08:10
	BeforeFence Code = "before-fence"

	// WrongBounds occurs when an order is released or started after its first
	// step, or ended before its last. By is a duration.
	//
	// Example:
	//	resource M
	//	item A
	//	routing RA A
	//	  step cut M unit=1m
	//	lot 1 A 10 release=08:05
	//	op 1/cut 08:00-08:10
	WrongBounds Code = "wrong-bounds"

	// WrongQuantity occurs when not as much enters a step as it takes for the
	// quantity of the order, with the yields of the steps after it. By is the
	// difference.
	//
	// Example:
	//	resource M
	//	item A
	//	routing RA A
	//	  step cut M unit=1m yield=500
	//	lot 1 A 10
	//	op 1/cut 08:00-08:10
	WrongQuantity Code = "wrong-quantity"

	// WrongResource occurs when a use is served by a resource that is not the
	// one named nor a member of it, or that lacks the skill, or by a pool
	// itself.
	//
	// Example:
	//	resource M
	//	resource N
	//	item A
	//	routing RA A
	//	  step cut M unit=1m
	//	lot 1 A 10
	//	op 1/cut 08:00-08:10 on=N
	WrongResource Code = "wrong-resource"

	// Overload occurs when a resource is asked for more units than it has at
	// that time. By counts units.
	//
	// Example:
	//	resource M
	//	item A
	//	routing RA A
	//	  step cut M unit=1m
	//	lot 1 A 10
	//	lot 2 A 10
	//	op 1/cut 08:00-08:10
	//	op 2/cut 08:05-08:15
	Overload Code = "overload"

	// OffShift occurs when work starts outside the working time of all that it
	// needs, or goes on there without being pausable; a vehicle leaves or a
	// dock handles outside its. By is a duration.
	//
	// Example:
	//	calendar early 06:00-14:00
	//	resource M calendar=early
	//	item A
	//	routing RA A
	//	  step cut M unit=1h pausable
	//	lot 1 A 2
	//	op 1/cut 05:00-08:00
	OffShift Code = "off-shift"

	// WrongDuration occurs when an operation does not end at the first tick at
	// which its work can be done. By is how much it is too long, a duration.
	//
	// Example:
	//	resource M
	//	item A
	//	routing RA A
	//	  step cut M unit=1m
	//	lot 1 A 10
	//	op 1/cut 08:00-08:09
	WrongDuration Code = "wrong-duration"

	// WrongSetup occurs when the setup of an operation is not the changeover
	// from what was before it on its machine and the setup of its mode. By is
	// how much it is too long, a duration.
	//
	// Example:
	//	changeover T red>blue=20m
	//	resource M changeover=T setup=red
	//	item A
	//	routing RA A
	//	  step cut M unit=1m family=blue
	//	lot 1 A 10
	//	op 1/cut 08:00-08:10 setup=0s
	WrongSetup Code = "wrong-setup"

	// ForbiddenChangeover occurs when a machine is turned to a family that may
	// not follow the one before.
	//
	// Example:
	//	changeover T red>blue=never
	//	resource M changeover=T setup=red
	//	item A
	//	routing RA A
	//	  step cut M unit=1m family=blue
	//	lot 1 A 10
	//	op 1/cut 08:00-08:10
	ForbiddenChangeover Code = "forbidden-changeover"

	// OutOfSequence occurs when a step starts before what it needs of the step
	// before has arrived, waits included, or ends before it can have worked on
	// the last transfer lot. By is a duration.
	//
	// Example:
	//	resource M
	//	resource N
	//	item A
	//	routing RA A
	//	  step cut M unit=1m move=1h
	//	  step drill N unit=1m
	//	lot 1 A 10
	//	op 1/cut 08:00-08:10
	//	op 1/drill 09:00-09:10
	OutOfSequence Code = "out-of-sequence"

	// WaitTooLong occurs when a step starts later after the one before than
	// the link between them allows. By is a duration.
	//
	// Example:
	//	resource M
	//	resource N
	//	item A
	//	routing RA A
	//	  step cut M unit=1m
	//	  step drill N unit=1m
	//	  link cut>drill max=30m
	//	lot 1 A 10
	//	op 1/cut 08:00-08:10
	//	op 1/drill 09:00-09:10
	WaitTooLong Code = "wait-too-long"

	// NotProvided occurs when a step starts before a document, tool or the
	// like that it or the item needs is ready. Ref is the provision, By a
	// duration.
	//
	// Example:
	//	provision drawing 10:00
	//	resource M
	//	item A provisions=drawing
	//	routing RA A
	//	  step cut M unit=1m
	//	lot 1 A 10
	//	op 1/cut 08:00-08:10
	NotProvided Code = "not-provided"

	// OutOfStock occurs when the stock of an item at a location falls below
	// zero. By is how far, in base units, before it is zero again.
	//
	// Example:
	//	resource M
	//	item A
	//	item B
	//	routing RA A
	//	  step cut M unit=1m
	//	    need B 2
	//	stock B 19
	//	lot 1 A 10
	//	op 1/cut 08:00-08:10
	OutOfStock Code = "out-of-stock"

	// NoRoom occurs when more lies at a location than there is area for. By is
	// in the unit of [schedule.Item.Area], rounded up.
	//
	// Example:
	//	location S area=10
	//	item A area=2
	//	partner P
	//	supply B A P at=S
	//	buy 1 B 6 08:00-09:00
	NoRoom Code = "no-room"

	// TooSoon occurs when a purchase, a transfer or a subcontracted step
	// arrives before its lead time has passed. By is a duration.
	//
	// Example:
	//	item A
	//	partner P
	//	supply S A P lead=2h
	//	buy 1 S 10 08:00-09:00
	TooSoon Code = "too-soon"

	// OverLimit occurs when a partner takes on, or a supply delivers, more
	// than its limit in a period, or more is taken of a resource than one of
	// its buckets holds. By is in whole units for a partner, in base units for
	// a supply, and of a resource in [capacity.Work].
	//
	// Example:
	//	item A
	//	partner P
	//	supply S A P capacity=10/1d
	//	buy 1 S 6 08:00-09:00
	//	buy 2 S 6 08:00-10:00
	OverLimit Code = "over-limit"

	// OverfullTrip occurs when a transfer is more than its trips can carry. By
	// is in the unit of [schedule.Item.Load], rounded up.
	//
	// Example:
	//	location S
	//	location T
	//	item A load=3
	//	lane L S>T time=1h load=20
	//	stock A 10 at=S
	//	move 1 L A 10 08:00-09:00
	OverfullTrip Code = "overfull-trip"

	// OverDelivered occurs when more is delivered on a line than it asks for,
	// or anything on a closed one. By is in base units.
	//
	// Example:
	//	item A
	//	stock A 20
	//	line L A 10 1d00:00
	//	ship L 12 08:00
	OverDelivered Code = "over-delivered"

	// SmallShipment occurs when less is delivered at a time than the line
	// allows. By is what is missing, in base units.
	//
	// Example:
	//	item A
	//	stock A 20
	//	line L A 10 1d00:00
	//	ship L 5 08:00
	//	ship L 5 09:00
	SmallShipment Code = "small-shipment"

	// TooEarly occurs when something is delivered before the customer accepts
	// it. By is a duration.
	//
	// Example:
	//	item A
	//	stock A 20
	//	line L A 10 1d00:00 earliest=10:00
	//	ship L 10 08:00
	TooEarly Code = "too-early"

	// TooLate occurs when something is delivered later than the customer
	// accepts it. By is a duration.
	//
	// Example:
	//	item A
	//	stock A 20
	//	line L A 10 08:00 maxlate=1h
	//	ship L 10 10:00
	TooLate Code = "too-late"

	// NotTogether occurs when lines that ship together do not. Ref is the
	// group, By the duration between them.
	//
	// Example:
	//	item A
	//	stock A 20
	//	line L1 A 10 1d00:00 together=G
	//	line L2 A 10 1d00:00 together=G
	//	ship L1 10 08:00
	//	ship L2 10 09:00
	NotTogether Code = "not-together"

	// WrongPromise occurs when a line has no promise, or one that does not
	// agree with the deliveries. By is the difference in what is delivered.
	//
	// Example:
	//	item A
	//	stock A 20
	//	line L A 10 1d00:00
	//	ship L 10 08:00
	//	promise L delivered=9 last=08:00
	WrongPromise Code = "wrong-promise"

	// NoReason occurs when the promise of a line that is late or short gives
	// no reason, or that of another line gives one.
	//
	// Example:
	//	item A
	//	stock A 20
	//	line L A 10 08:00
	//	ship L 10 09:00
	//	promise L delivered=10 last=09:00
	NoReason Code = "no-reason"

	// WrongPeg occurs when a peg is of nothing that its supply gives or its
	// demand takes, joins two locations, or has no quantity. By is its
	// quantity.
	//
	// Example:
	//	item A
	//	item B
	//	stock A 20
	//	line L A 10 1d00:00
	//	ship L 10 08:00
	//	peg stock@ line:L A 10
	//	peg stock@ line:L B 5
	WrongPeg Code = "wrong-peg"

	// Unpegged occurs when a demand is not pegged exactly to what it takes. By
	// is what is missing, negative if there is too much.
	//
	// Example:
	//	item A
	//	stock A 20
	//	line L A 10 1d00:00
	//	ship L 10 08:00
	//	peg stock@ line:L A 9
	Unpegged Code = "unpegged"

	// OverPegged occurs when more is pegged to a supply than there is of it.
	// By is how much more.
	//
	// Example:
	//	item A
	//	stock A 10
	//	receipt R A 10 07:00
	//	line L A 10 1d00:00
	//	line M A 10 1d00:00
	//	ship L 10 08:00
	//	ship M 10 09:00
	//	peg stock@ line:L A 10
	//	peg stock@ line:M A 10
	OverPegged Code = "over-pegged"

	// PegTooLate occurs when a demand is pegged to a supply that is not there
	// yet. By is a duration.
	//
	// Example:
	//	item A
	//	stock A 10
	//	receipt R A 10 09:00
	//	line L A 10 1d00:00
	//	ship L 10 08:00
	//	peg receipt:R line:L A 10
	PegTooLate Code = "peg-too-late"

	// WrongMetrics occurs when a part of the plan's metrics is not what
	// [schedule.Evaluate] says. Ref is its name.
	//
	// Example:
	//	item A
	//	stock A 10
	//	line L A 10 1d00:00
	//	ship L 10 08:00
	//	spoil lines=1
	WrongMetrics Code = "wrong-metrics"
)

// timed reports whether the By of a violation is a duration.
func (c Code) timed() bool {
	return slices.Contains([]Code{
		OutsideHorizon, NotKept, BeforeFence, WrongBounds, OffShift, WrongDuration, WrongSetup, OutOfSequence,
		WaitTooLong, NotProvided, TooSoon, TooEarly, TooLate, NotTogether, PegTooLate,
	}, c)
}
