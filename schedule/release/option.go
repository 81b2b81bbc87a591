package release

import (
	"fmt"
	"math"
	"strings"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
)

// An OptionError lists all that is wrong with options.
type OptionError struct {
	Issues []OptionIssue // not empty
}

// An OptionIssue is one thing that is wrong with an option.
type OptionIssue struct {
	Option string // its name
	Text   string // what was found and what was expected
}

func (e *OptionError) Error() string {
	texts := make([]string, len(e.Issues))
	for i, is := range e.Issues {
		texts[i] = is.Option + ": " + is.Text
	}
	return "release: " + strings.Join(texts, "; ")
}

func (o *Options) validate(p *schedule.Problem) error {
	var issues []OptionIssue
	if !(o.Utilization >= 0 && o.Utilization <= 1) {
		issues = append(issues, OptionIssue{"Utilization", fmt.Sprintf("%v is not between 0 and 1", o.Utilization)})
	}
	if o.SafetyLead < 0 {
		issues = append(issues, OptionIssue{"SafetyLead", fmt.Sprintf("%v is negative", o.SafetyLead)})
	}
	x := schedule.NewIndex(p)
	for i := range o.Clearing {
		if id := o.Clearing[i].Resource; x.Resources.Find(id) == nil && len(capacity.Members(p.Resources, id)) == 0 {
			issues = append(issues, OptionIssue{fmt.Sprintf("Clearing[%d]", i), fmt.Sprintf("there is no resource %q", id)})
		}
		if flaw := o.Clearing[i].Curve.flaws(); flaw != "" {
			issues = append(issues, OptionIssue{fmt.Sprintf("Clearing[%d]", i), "the curve of " + string(o.Clearing[i].Resource) + ": " + flaw})
		}
	}
	for i, w := range o.WIP {
		if x.Shops.Find(w.Shop) == nil {
			issues = append(issues, OptionIssue{fmt.Sprintf("WIP[%d]", i), fmt.Sprintf("there is no shop %q", w.Shop)})
		}
		if !(w.Min >= 0 && w.ShortPrice >= 0 && w.ExcessPrice >= 0 && (w.Max == 0 || w.Max >= w.Min)) ||
			math.IsInf(w.Min+w.ShortPrice+w.ExcessPrice, 1) {
			issues = append(issues, OptionIssue{fmt.Sprintf("WIP[%d]", i), "a number is negative or not finite, or Max is below Min"})
		}
	}
	for i, l := range o.LeadTimes {
		if l.Time < 0 {
			issues = append(issues, OptionIssue{fmt.Sprintf("LeadTimes[%d]", i), fmt.Sprintf("%v is negative", l.Time)})
		}
	}
	if len(issues) == 0 {
		return nil
	}
	return &OptionError{issues}
}
