package model

import (
	"regexp"
	"strconv"
	"strings"
)

// A Run is one call of the solver.
type Run struct {
	// PlanType is 1 for a constrained plan, 2 and 3 for unconstrained ones.
	PlanType int
	// Constraints is a sum of LeadTimes, Capacity, MakingTimes, BuyingTimes.
	Constraints int
	// Options are all options that the call has.
	Options map[string]string
}

// What a plan may be constrained by.
const (
	LeadTimes   = 1
	Capacity    = 4
	MakingTimes = 16
	BuyingTimes = 32
)

// NewRun returns the format's defaults: all constraints.
func NewRun() Run { return Run{PlanType: 1, Constraints: 15, Options: map[string]string{}} }

// Finite reports whether capacity counts.
func (r Run) Finite() bool { return r.PlanType == 1 && r.Constraints&Capacity != 0 }

// Timed reports whether the present and lead times count.
func (r Run) Timed() bool {
	return r.PlanType == 1 && r.Constraints&(LeadTimes|MakingTimes|BuyingTimes) != 0
}

// Stocked reports whether material has to be there.
func (r Run) Stocked() bool { return r.PlanType == 1 }

// set stores an option.
func (r *Run) set(option, value string) {
	value = strings.Trim(value, `"' `)
	r.Options[option] = value
	switch option {
	case "plantype":
		if n, err := strconv.Atoi(value); err == nil {
			r.PlanType = n
		}
	case "constraints":
		r.Constraints = parseConstraints(value)
	}
}

// parseConstraints reads a number, or names with commas between them.
func parseConstraints(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	n := 0
	for _, word := range strings.Split(s, ",") {
		switch strings.TrimSpace(word) {
		case "lt", "leadtime":
			n |= LeadTimes
		case "capa", "capacity":
			n |= Capacity
		case "mfg_lt":
			n |= MakingTimes
		case "po_lt":
			n |= BuyingTimes
		}
	}
	return n
}

func (r Run) clone() Run {
	options := make(map[string]string, len(r.Options))
	for k, v := range r.Options {
		options[k] = v
	}
	r.Options = options
	return r
}

var (
	// solverCall matches what concerns the solver in a script: making one,
	// setting an option of it, and running it.
	solverCall = regexp.MustCompile(`(?m)\bsolver_mrp\s*\(([^)]*)\)|^[ \t]*\w+\.(\w+)[ \t]*=([^=\n#]+)|\.(solve)\s*\(`)
	argument   = regexp.MustCompile(`(\w+)\s*=\s*("[^"]*"|'[^']*'|[^,]+)`)
	comment    = regexp.MustCompile(`(?m)#.*$`)
)

// solverOptions are those that can be set on a solver.
var solverOptions = map[string]bool{
	"plantype": true, "constraints": true, "autofence": true, "lazydelay": true, "minimumdelay": true, "algorithm": true,
	"plansafetystockfirst": true, "rotateresources": true, "administrativeleadtime": true, "iterationmax": true,
}

// ParseRuns finds the calls of the solver in a script. It does not understand
// the script: variables, conditions and loops are not looked at.
func ParseRuns(script string) []Run {
	var runs []Run
	now := NewRun()
	for _, m := range solverCall.FindAllStringSubmatch(comment.ReplaceAllString(script, ""), -1) {
		switch {
		case m[4] != "":
			runs = append(runs, now.clone())
		case m[2] != "":
			if solverOptions[m[2]] {
				now.set(m[2], m[3])
			}
		default:
			now = NewRun()
			for _, a := range argument.FindAllStringSubmatch(m[1], -1) {
				now.set(a[1], a[2])
			}
		}
	}
	return runs
}
