package release

import (
	"fmt"
	"strings"
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

func (o *Options) validate() error {
	var issues []OptionIssue
	if !(o.Utilization >= 0 && o.Utilization <= 1) {
		issues = append(issues, OptionIssue{"Utilization", fmt.Sprintf("%v is not between 0 and 1", o.Utilization)})
	}
	if o.SafetyLead < 0 {
		issues = append(issues, OptionIssue{"SafetyLead", fmt.Sprintf("%v is negative", o.SafetyLead)})
	}
	if len(issues) == 0 {
		return nil
	}
	return &OptionError{issues}
}
