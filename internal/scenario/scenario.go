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
