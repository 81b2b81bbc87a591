package shopfile

import (
	"fmt"

	"github.com/taktplan/takt/schedule/shop"
)

// An Instance is a shop problem in the numbers of its file.
type Instance struct {
	Name     string
	Format   Format
	Machines int
	Jobs     int
	Ops      []Op     // in file order; those of a job stand together, except in FAJS
	Arcs     [][2]int // before, after: numbers of operations
	Due      []Due    // by job, or nil
}

// An Op is an operation with its alternatives.
type Op struct {
	Job, Index int // within the job, from 0; in FAJS the number in the file
	Modes      []shop.Mode
}

// Due is what a due-date file says of a job.
type Due struct {
	Release, Due, Weight int64
}

// Problem returns the instance as a problem, and which operation of it is
// which of the file: operation i of job j is Ops[number[j][i]].
func (x *Instance) Problem() (p *shop.Problem, number [][]int) {
	p = &shop.Problem{Machines: x.Machines, Jobs: make([]shop.Job, x.Jobs)}
	number = make([][]int, x.Jobs)
	within := make([]int, len(x.Ops)) // place of the operation in its job
	for i, o := range x.Ops {
		job := &p.Jobs[o.Job]
		within[i] = len(job.Ops)
		job.Ops = append(job.Ops, shop.Op{Modes: o.Modes})
		number[o.Job] = append(number[o.Job], i)
	}
	if x.Format == FAJS {
		for _, a := range x.Arcs {
			job := &p.Jobs[x.Ops[a[0]].Job]
			job.Arcs = append(job.Arcs, [2]int{within[a[0]], within[a[1]]})
		}
	}
	for j, d := range x.Due {
		job := &p.Jobs[j]
		job.Release, job.Due, job.Weight = d.Release, d.Due, d.Weight
	}
	return p, number
}

// addJob appends a chain of operations.
func (x *Instance) addJob(modes [][]shop.Mode) {
	for i, a := range modes {
		if i > 0 {
			x.Arcs = append(x.Arcs, [2]int{len(x.Ops) - 1, len(x.Ops)})
		}
		x.Ops = append(x.Ops, Op{Job: x.Jobs, Index: i, Modes: a})
	}
	x.Jobs++
}

// A Format is a file format.
type Format string

const (
	Auto      Format = "auto"      // by the file's name
	JSPLIB    Format = "jsplib"    // machines from 0, every job visits every machine once
	Reentrant Format = "reentrant" // the same, with any routings; lines may end with -1 -1
	FJS       Format = "fjs"       // alternatives, machines from 1
	FAJS      Format = "fajs"      // alternatives and arcs, machines from 0
)

// ParseFormat returns the format of that name.
func ParseFormat(name string) (Format, error) {
	switch f := Format(name); f {
	case Auto, JSPLIB, Reentrant, FJS, FAJS:
		return f, nil
	}
	return "", fmt.Errorf("format %q: want auto, jsplib, reentrant, fjs or fajs", name)
}
