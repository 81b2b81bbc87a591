// Package scenario reads problems and plans from a text of about ten lines, for
// tests. It is not a format for users: see package codec for that.
//
// A line is a verb, its arguments, and options; blank lines and what follows a
// # do not count. Horizons begin on Monday 1 January 2024, 00:00 UTC. Instants
// are "08:30" of the first day or "2d08:30" of the third, stretches of time
// "08:00-09:30"; durations are Go's, and days "2d". Lists are separated by
// commas.
//
//	horizon 7d now= frozen= release= tick=
//	calendar ID 06:00-14:00 22:00-06:00 overtime=14:00-16:00
//	location ID area=
//	shop ID at= calendar=
//	changeover ID red>blue=20m blue>red=never *>red=5m
//	resource ID units= kind= calendar= shop= skills= efficiency= changeover= setup= pools= out=09:00-10:00 cost= overtime=
//	item ID decimals= minimum= multiple= maximum= fixed= phantom provisions= load= area= cost= holding=
//	lane ID FROM>TO time= vehicle= trip= load= fromdock= todock= handling= items= tripcost=
//	partner ID calendar= capacity=10/1d
//	supply ID ITEM PARTNER lead= fence= capacity= at= fixedcost=
//	provision ID READY
//	routing ID ITEM shop= fixedcost=
//	  step ID USES setup= fixed= unit= perbatch= family= yield= batch= transfer= pausable queue= move= provisions= partner= lead=
//	    mode USES setup= fixed= unit= perbatch=
//	    need ITEM PER fixed= loss= at= offset= effective=
//	      alternate ITEM per=
//	  link A>B min= max= nowait
//	  product ITEM PER fixed= at= step=
//	stock ITEM QTY at=
//	receipt ID ITEM QTY AT at=
//	order ID ITEM QTY routing= status= due= line=
//	  state STEP 08:00-09:00 mode= started done issued good= scrap=
//	contract ID
//	line ID ITEM QTY DUE at= earliest= min= together= maxlate= status= price= priority= contract=
//	norm ITEM MIN..MAX at=
//	objective late= lateline= short= early= flow= makespan= setup= rhythm= evenload= money= belownorm= abovenorm=
//
// Lanes, supplies and routings take the options of their source: effective=,
// priority=, price=, minimum=, multiple=, maximum=, fixed=. A range of dates is
// "08:00..1d08:00", either end may be missing. USES are resources with units
// and skill, as in "mill*2+man/welding"; "-" is a mode without any, and a step
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

import (
	"fmt"
	"strings"
	"time"

	"github.com/taktplan/takt/schedule"
)

// Start is when all horizons begin.
func Start() time.Time { return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC) }

// Parse reads a problem and a plan, and completes the plan. The error lists
// every line that is wrong.
func Parse(text string) (*schedule.Problem, *schedule.Plan, error) {
	r := &reader{p: &schedule.Problem{From: Start(), To: Start().AddDate(0, 0, 7)}, plan: &schedule.Plan{}}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		if words := strings.Fields(line); len(words) > 0 {
			r.line(i+1, words)
		}
	}
	if len(r.mistakes) > 0 {
		return nil, nil, fmt.Errorf("scenario: %s", strings.Join(r.mistakes, "; "))
	}
	Complete(r.p, r.plan)
	r.plan.Metrics.Lines += r.wrongLines
	return r.p, r.plan, nil
}

// A reader holds what has been read so far.
type reader struct {
	p        *schedule.Problem
	plan     *schedule.Plan
	mistakes []string
	// wrongLines is by how much the count of lines in the metrics is to be wrong.
	wrongLines int

	number  int // of the line
	args    []string
	options map[string]string
}

// line reads one line.
func (r *reader) line(number int, words []string) {
	r.number, r.args, r.options = number, nil, map[string]string{}
	verb := words[0]
	for _, w := range words[1:] {
		if key, value, ok := strings.Cut(w, "="); ok && !strings.Contains(key, ">") {
			r.options[key] = value
		} else {
			r.args = append(r.args, w)
		}
	}
	read, ok := verbs[verb]
	if !ok {
		r.mistake("unknown verb %q", verb)
		return
	}
	read(r)
	for key := range r.options {
		r.mistake("unknown option %q", key)
	}
	if len(r.args) > 0 {
		r.mistake("unexpected %q", r.args)
	}
}

func (r *reader) mistake(format string, args ...any) {
	r.mistakes = append(r.mistakes, fmt.Sprintf("line %d: ", r.number)+fmt.Sprintf(format, args...))
}
