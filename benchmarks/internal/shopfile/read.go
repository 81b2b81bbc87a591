package shopfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/taktplan/takt/schedule/shop"
)

// Limits of a reader: what is beyond is a mistake in the file, not a shop.
const (
	maxJobs     = 10_000_000
	maxMachines = 1_000_000
	maxTime     = 1 << 40
)

// Read reads an instance. The name is that of the file; what stands before
// its first dot names the instance, and with Auto its end tells the format; a
// job shop whose jobs do not visit every machine once is then re-entrant.
// The error joins all mistakes found, up to a hundred.
func Read(name string, format Format, r io.Reader) (*Instance, error) {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	stem, _, _ := strings.Cut(base, ".")
	p := &parser{lenient: format == Auto}
	if format == Auto {
		format = formatOf(base)
	}
	if err := p.scan(r); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	x := &Instance{Name: stem, Format: format}
	switch format {
	case FJS:
		p.flexible(x)
	case FAJS:
		p.assembly(x)
	default:
		p.routings(x)
	}
	if len(p.errs) > 0 {
		return nil, fmt.Errorf("%s: %w", name, errors.Join(p.errs...))
	}
	return x, nil
}

func formatOf(base string) Format {
	switch {
	case strings.HasSuffix(base, ".fajs"):
		return FAJS
	case strings.HasSuffix(base, ".fjs"):
		return FJS
	case strings.Contains(base, ".reentrant."):
		return Reentrant
	}
	return JSPLIB
}

// A parser holds the lines of a file that have numbers. What stands behind a
// # is a comment.
type parser struct {
	rows    []row
	errs    []error
	lenient bool // a job shop may turn out to be re-entrant
}

type row struct {
	line   int
	fields []string
}

func (p *parser) scan(r io.Reader) error {
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<26)
	for line := 1; in.Scan(); line++ {
		text, _, _ := strings.Cut(in.Text(), "#")
		if fields := strings.Fields(text); len(fields) > 0 {
			p.rows = append(p.rows, row{line, fields})
		}
	}
	return in.Err()
}

func (p *parser) fail(line int, format string, args ...any) {
	if len(p.errs) < 100 {
		p.errs = append(p.errs, fmt.Errorf("line %d: %s", line, fmt.Sprintf(format, args...)))
	}
}

// ints converts the first n fields of the row, all if n < 0.
func (p *parser) ints(r row, n int) ([]int64, bool) {
	if n < 0 {
		n = len(r.fields)
	}
	if len(r.fields) < n {
		p.fail(r.line, "want %d numbers, have %d", n, len(r.fields))
		return nil, false
	}
	v := make([]int64, n)
	for i := range v {
		x, err := strconv.ParseInt(r.fields[i], 10, 64)
		if err != nil {
			p.fail(r.line, "%q is no whole number", r.fields[i])
			return nil, false
		}
		v[i] = x
	}
	return v, true
}

// header reads the numbers of the first row and checks that as many rows
// follow as the first of them says.
func (p *parser) header(n int) ([]int64, []row) {
	if len(p.rows) == 0 {
		p.fail(1, "the file is empty")
		return nil, nil
	}
	v, ok := p.ints(p.rows[0], n)
	if !ok {
		return nil, nil
	}
	for i, limit := range []int64{maxJobs, maxMachines}[:min(n, 2)] {
		if v[i] < 0 || v[i] > limit {
			p.fail(p.rows[0].line, "%d is out of range 0…%d", v[i], limit)
			return nil, nil
		}
	}
	return v, p.rows[1:]
}

func (p *parser) alternative(line int, machine, time int64, machines int) (shop.Mode, bool) {
	if machine < 0 || machine >= int64(machines) {
		p.fail(line, "machine %d of %d (counted from 0)", machine, machines)
		return shop.Mode{}, false
	}
	if time < 0 || time > maxTime {
		p.fail(line, "time %d is out of range 0…%d", time, int64(maxTime))
		return shop.Mode{}, false
	}
	return shop.Mode{Machine: int(machine), Time: time}, true
}

// routings reads jobs of pairs "machine time", machines from 0, with or
// without the end mark -1 -1. In JSPLIB every job visits every machine once.
func (p *parser) routings(x *Instance) {
	v, rows := p.header(2)
	if v == nil {
		return
	}
	x.Machines = int(v[1])
	if len(rows) != int(v[0]) {
		p.fail(p.rows[0].line, "%d jobs announced, %d lines found", v[0], len(rows))
		return
	}
	for _, r := range rows {
		v, ok := p.ints(r, -1)
		if !ok {
			continue
		}
		if n := len(v); n >= 2 && v[n-1] == -1 && v[n-2] == -1 {
			v = v[:n-2]
		}
		if len(v)%2 != 0 {
			p.fail(r.line, "an odd number of numbers: want pairs of machine and time")
			continue
		}
		job := make([][]shop.Mode, 0, len(v)/2)
		for i := 0; i < len(v); i += 2 {
			if a, ok := p.alternative(r.line, v[i], v[i+1], x.Machines); ok {
				job = append(job, []shop.Mode{a})
			}
		}
		if x.Format == JSPLIB && !onceEach(job, x.Machines) {
			if p.lenient {
				x.Format = Reentrant
			} else {
				p.fail(r.line, "the job does not visit every machine once: read it as %s", Reentrant)
			}
		}
		x.addJob(job)
	}
}

// onceEach reports whether a job visits every machine once.
func onceEach(job [][]shop.Mode, machines int) bool {
	seen := make([]bool, machines)
	for _, modes := range job {
		if seen[modes[0].Machine] {
			return false
		}
		seen[modes[0].Machine] = true
	}
	return len(job) == machines
}

// flexible reads jobs of operations "k (machine time)×k", machines from 1. A
// third number in the header, the mean flexibility, is not needed.
func (p *parser) flexible(x *Instance) {
	v, rows := p.header(2)
	if v == nil {
		return
	}
	x.Machines = int(v[1])
	if len(rows) != int(v[0]) {
		p.fail(p.rows[0].line, "%d jobs announced, %d lines found", v[0], len(rows))
		return
	}
	for _, r := range rows {
		v, ok := p.ints(r, -1)
		if !ok {
			continue
		}
		if v[0] < 0 {
			p.fail(r.line, "%d operations", v[0])
		}
		rest := v[1:]
		var job [][]shop.Mode
		for range v[0] {
			var a []shop.Mode
			if a, rest, ok = p.alternatives(r.line, rest, 1, x.Machines); !ok {
				break
			}
			job = append(job, a)
		}
		if ok && len(rest) > 0 {
			p.fail(r.line, "%d numbers too many", len(rest))
		}
		x.addJob(job)
	}
}

// alternatives takes "k (machine time)×k" from v. Of a machine that is named
// twice the shorter time counts.
func (p *parser) alternatives(line int, v []int64, base int64, machines int) ([]shop.Mode, []int64, bool) {
	if len(v) == 0 || v[0] < 1 || int64(len(v)-1)/2 < v[0] {
		p.fail(line, "an operation is cut off or has no alternative")
		return nil, nil, false
	}
	k := int(v[0])
	out := make([]shop.Mode, 0, k)
	for i := range k {
		a, ok := p.alternative(line, v[1+2*i]-base, v[2+2*i], machines)
		if !ok {
			return nil, nil, false
		}
		if at := slices.IndexFunc(out, func(b shop.Mode) bool { return b.Machine == a.Machine }); at >= 0 {
			out[at].Time = min(out[at].Time, a.Time)
		} else {
			out = append(out, a)
		}
	}
	return out, v[1+2*k:], true
}

// assembly reads "operations arcs machines", then the arcs "before after", then
// the operations; all counted from 0. A job is what the arcs connect; jobs are
// numbered by their first operation.
func (p *parser) assembly(x *Instance) {
	v, rows := p.header(3)
	if v == nil {
		return
	}
	ops, arcs, machines := int(v[0]), v[1], v[2]
	if arcs < 0 || int64(len(rows)) != int64(ops)+arcs || machines < 0 || machines > maxMachines {
		p.fail(p.rows[0].line, "%d operations and %d arcs announced, %d lines found", ops, arcs, len(rows))
		return
	}
	x.Machines = int(machines)
	for _, r := range rows[:arcs] {
		v, ok := p.ints(r, 2)
		if !ok {
			continue
		}
		if min(v[0], v[1]) < 0 || max(v[0], v[1]) >= int64(ops) {
			p.fail(r.line, "arc from %d to %d: operations are 0…%d", v[0], v[1], ops-1)
			continue
		}
		x.Arcs = append(x.Arcs, [2]int{int(v[0]), int(v[1])})
	}
	job := components(ops, x.Arcs)
	for i, r := range rows[arcs:] {
		v, ok := p.ints(r, -1)
		if !ok {
			continue
		}
		a, rest, ok := p.alternatives(r.line, v, 0, x.Machines)
		if ok && len(rest) > 0 {
			p.fail(r.line, "%d numbers too many", len(rest))
		}
		x.Ops = append(x.Ops, Op{Job: job[i], Index: i, Modes: a})
		x.Jobs = max(x.Jobs, job[i]+1)
	}
}

// components numbers the connected components of a graph by their first
// vertex and returns the number of each vertex's.
func components(n int, arcs [][2]int) []int {
	parent := make([]int, n)
	for i := range parent {
		parent[i] = i
	}
	root := func(v int) int {
		for parent[v] != v {
			parent[v] = parent[parent[v]]
			v = parent[v]
		}
		return v
	}
	for _, a := range arcs {
		u, v := root(a[0]), root(a[1])
		parent[max(u, v)] = min(u, v) // the root is the first of its component
	}
	number, next := make([]int, n), 0
	for v := range number {
		if r := root(v); r == v {
			number[v] = next
			next++
		} else {
			number[v] = number[r]
		}
	}
	return number
}
