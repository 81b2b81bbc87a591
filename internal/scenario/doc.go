// Package scenario makes problems and plans for tests and benchmarks.
//
// [Plant] describes a plant of any size whose difficulty stays the same, and
// [Random] makes small problems that use every feature of the model. The same
// arguments give the same problem on every machine. [Parse] reads a problem
// and a plan from a text of about ten lines; this is not a format for users,
// who have package codec.
//
// # The language of Parse
//
// A line is a verb, its arguments, and options; blank lines do not count, nor
// does what follows a #. Horizons begin on Monday 1 January 2024, 00:00 UTC.
// Instants are "08:30" of the first day or "2d08:30" of the third, stretches of
// time "08:00-09:30"; durations are Go's, and days "2d". Lists are separated by
// commas.
//
//	horizon 7d now= frozen= release= tick=
//	calendar ID 06:00-14:00 22:00-06:00 overtime=14:00-16:00
//	location ID area=
//	shop ID at= calendar=
//	changeover ID red>blue=20m blue>red=never *>red=5m
//	resource ID units= kind= calendar= shop= skills= qualified=SKILL*PRIORITY*08:00..1d08:00 efficiency= changeover= setup= pools= out=09:00-10:00 buckets=00:00-1d00:00*8h cost= overtime=
//	item ID decimals= minimum= multiple= maximum= fixed= phantom provisions= load= area= cost= holding=
//	lane ID FROM>TO time= vehicle= trip= load= fromdock= todock= handling= items= tripcost= uses=
//	partner ID calendar= capacity=10/1d
//	supply ID ITEM PARTNER lead= capacity= at= fixedcost= uses=
//	provision ID READY
//	routing ID ITEM shop= fixedcost=
//	  step ID USES setup= fixed= unit= perbatch= family= yield= batch= transfer= pausable queue= move= provisions= calendar= partner= lead=
//	    mode USES setup= fixed= unit= perbatch=
//	    need ITEM PER fixed= loss= at= offset= effective= usable=
//	      alternate ITEM per= fixed= effective= price= priority=
//	  link A>B min= max= soft= nowait
//	  hold RESOURCE*UNITS A>B
//	  product ITEM PER fixed= at= step= effective=
//	stock ITEM QTY at=
//	receipt ID ITEM QTY AT at=
//	order ID ITEM QTY routing= status= due= line=
//	  state STEP 08:00-09:00 mode= started done issued good= scrap= spent= setup=
//	contract ID
//	line ID ITEM QTY DUE at= earliest= min= together= maxlate= status= price= priority= contract=
//	norm ITEM MIN..MAX at=
//	objective late= lateline= short= early= flow= makespan= setup= rhythm= evenload= money= belownorm= abovenorm=
//
// Lanes, supplies and routings take the options of their source: effective=,
// fence=, safety=, priority=, price=, minimum=, multiple=, maximum=, fixed=, and lot
// rules by date, lots=..2d00:00*5/5/20 of minimum, multiple and maximum. A range of dates is
// "08:00..1d08:00", either end may be missing. USES are resources with units
// and skill, as in "mill*2+man/welding", or with amounts per unit and fixed of
// one with buckets, as in "press:10m:1h"; "-" is a mode without any, and a step
// without USES has no mode. A plan follows:
//
//	lot ID ITEM QTY routing= release= start= end=
//	op ORDER/STEP 08:00-09:00 qty= mode= on= setup= overtime done started
//	outside ORDER/STEP 08:00-1d08:00 qty= partner=
//	buy ID SUPPLY QTY 08:00-1d08:00
//	move ID LANE ITEM QTY 08:00-10:00 trips=
//	ship LINE QTY AT
//	peg SUPPLY DEMAND ITEM QTY
//	promise LINE delivered= short= last= why=
//	unplanned ORDER
//	spoil lines=
//
// A supply is stock@PLACE or receipt:, order:, purchase:, transfer:ID; a demand
// line:ID, step:ORDER/STEP, transfer:ID or norm@PLACE. What is left out of a
// plan is filled in: see [Complete].
package scenario
