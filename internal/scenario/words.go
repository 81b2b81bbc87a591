package scenario

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// arg takes the next argument.
func (r *reader) arg() string {
	if len(r.args) == 0 {
		r.mistake("an argument is missing")
		return ""
	}
	a := r.args[0]
	r.args = r.args[1:]
	return a
}

// more reports whether there are further arguments.
func (r *reader) more() bool { return len(r.args) > 0 }

// flag takes an argument that is there or not.
func (r *reader) flag(name string) bool {
	i := slices.Index(r.args, name)
	if i >= 0 {
		r.args = slices.Delete(r.args, i, i+1)
	}
	return i >= 0
}

// option takes an option, empty if it is not given.
func (r *reader) option(name string) string {
	v := r.options[name]
	delete(r.options, name)
	return v
}

func (r *reader) has(name string) bool { _, ok := r.options[name]; return ok }

func (r *reader) number64(s string) int64 {
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		r.mistake("%q is not a number", s)
	}
	return n
}

func (r *reader) int(name string) int     { return int(r.number64(r.option(name))) }
func (r *reader) int64(name string) int64 { return r.number64(r.option(name)) }
func (r *reader) qty(name string) wip.Qty { return wip.Qty(r.number64(r.option(name))) }
func (r *reader) argQty() wip.Qty         { return wip.Qty(r.number64(r.arg())) }
func (r *reader) argTime() time.Time      { return r.time(r.arg()) }

func (r *reader) duration(name string) time.Duration { return r.toDuration(r.option(name)) }

func (r *reader) toDuration(s string) time.Duration {
	if s == "" {
		return 0
	}
	if days, ok := strings.CutSuffix(s, "d"); ok {
		return time.Duration(r.number64(days)) * 24 * time.Hour
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		r.mistake("%q is not a duration", s)
	}
	return d
}

// clock reads a time of day.
func (r *reader) clock(s string) time.Duration {
	var d time.Duration
	units := []time.Duration{time.Hour, time.Minute, time.Second}
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 3 {
		r.mistake("%q is not a time of day", s)
		return 0
	}
	for i, part := range parts {
		d += time.Duration(r.number64(part)) * units[i]
	}
	return d
}

// time reads an instant; that of an empty text is zero.
func (r *reader) time(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	at := Start()
	if days, rest, ok := strings.Cut(s, "d"); ok {
		at = at.AddDate(0, 0, int(r.number64(days)))
		s = rest
	}
	return at.Add(r.clock(s))
}

func (r *reader) when(name string) time.Time { return r.time(r.option(name)) }

// stretch reads two instants.
func (r *reader) stretch(s string) (from, to time.Time) {
	a, b, _ := strings.Cut(s, "-")
	return r.time(a), r.time(b)
}

// span reads a range of dates.
func (r *reader) span(name string) schedule.Span { return r.toSpan(r.option(name)) }

func (r *reader) toSpan(s string) schedule.Span {
	if s == "" {
		return schedule.Span{}
	}
	from, to, _ := strings.Cut(s, "..")
	return schedule.Span{From: r.time(from), To: r.time(to)}
}

// list reads names separated by commas.
func list[T ~string](s string) []T {
	if s == "" {
		return nil
	}
	var l []T
	for _, name := range strings.Split(s, ",") {
		l = append(l, T(name))
	}
	return l
}

// limit reads an amount per period, as in 10/1d.
func (r *reader) limit(name string) schedule.Limit {
	s := r.option(name)
	if s == "" {
		return schedule.Limit{}
	}
	qty, per, _ := strings.Cut(s, "/")
	return schedule.Limit{Qty: wip.Qty(r.number64(qty)), Per: r.toDuration(per)}
}

// status reads the name of an enumeration's value.
func (r *reader) status(into interface{ UnmarshalText([]byte) error }) {
	if s := r.option("status"); s != "" {
		if err := into.UnmarshalText([]byte(s)); err != nil {
			r.mistake("%v", err)
		}
	}
}

// last returns the last element of a list, or of a new one if it is empty.
func last[T any](r *reader, l []T) *T {
	if len(l) == 0 {
		r.mistake("it belongs to a line before it, which is missing")
		return new(T)
	}
	return &l[len(l)-1]
}
