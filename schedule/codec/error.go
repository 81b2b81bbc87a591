package codec

import (
	"fmt"
	"io"
	"slices"
	"sort"
)

// An Error is a mistake in a text, and where it is.
type Error struct {
	// File is the table's name in CSV, empty in JSON.
	File string
	// Line and Column are counted from 1; Column counts bytes. In CSV it
	// counts fields.
	Line, Column int
	Text         string
}

func (e Error) String() string {
	if e.File != "" {
		return fmt.Sprintf("%s line %d:%d: %s", e.File, e.Line, e.Column, e.Text)
	}
	return fmt.Sprintf("line %d:%d: %s", e.Line, e.Column, e.Text)
}

// Errors lists the mistakes in a text in their order, at most [MaxErrors].
type Errors []Error

// MaxErrors is after how many mistakes reading gives up.
const MaxErrors = 100

func (es Errors) Error() string {
	s := "codec: " + es[0].String()
	if len(es) > 1 {
		s += fmt.Sprintf(" (and %d more)", len(es)-1)
	}
	return s
}

// A lineCounter remembers where lines end in what is read through it.
type lineCounter struct {
	r    io.Reader
	read int64
	ends []int64 // offsets behind each line end
}

func (c *lineCounter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	for i, x := range b[:n] {
		if x == '\n' {
			c.ends = append(c.ends, c.read+int64(i)+1)
		}
	}
	c.read += int64(n)
	return n, err
}

// position returns line and column of an offset that has been read.
func (c *lineCounter) position(offset int64) (line, column int) {
	line = sort.Search(len(c.ends), func(i int) bool { return c.ends[i] > offset })
	start := int64(0)
	if line > 0 {
		start = c.ends[line-1]
	}
	return line + 1, int(offset-start) + 1
}

func sortErrors(es Errors) {
	slices.SortStableFunc(es, func(a, b Error) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
}
