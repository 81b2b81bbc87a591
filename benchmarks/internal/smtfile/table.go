package smtfile

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A folder collects what is wrong with its files.
type folder struct {
	dir  string
	errs []error
}

const mostErrors = 100

func (f *folder) fail(format string, args ...any) {
	if len(f.errs) < mostErrors {
		f.errs = append(f.errs, fmt.Errorf(format, args...))
	}
}

func (f *folder) err() error { return errors.Join(f.errs...) }

// A row of a table, by the names of its columns.
type row struct {
	f      *folder
	file   string
	line   int
	column map[string]int
	fields []string
}

// table reads a file whose first line names its columns, some of which it must
// have. Rows may end early.
func (f *folder) table(file string, needed ...string) []row {
	in, err := os.Open(filepath.Join(f.dir, file))
	if err != nil {
		f.fail("%w", err)
		return nil
	}
	defer in.Close()
	scan := bufio.NewScanner(in)
	scan.Buffer(nil, 1<<20)
	column := map[string]int{}
	if !scan.Scan() {
		f.fail("%s: the file is empty", file)
		return nil
	}
	for i, name := range split(scan.Text()) {
		column[name] = i
	}
	for _, name := range needed {
		if _, ok := column[name]; !ok {
			f.fail("%s: line 1: there is no column %s", file, name)
			return nil
		}
	}
	var rows []row
	for line := 2; scan.Scan(); line++ {
		if strings.TrimSpace(scan.Text()) != "" {
			rows = append(rows, row{f, file, line, column, split(scan.Text())})
		}
	}
	if err := scan.Err(); err != nil {
		f.fail("%s: %w", file, err)
	}
	return rows
}

func split(line string) []string {
	return strings.Split(strings.TrimRight(line, "\r"), "\t")
}

func (r *row) fail(format string, args ...any) {
	r.f.fail("%s: line %d: %s", r.file, r.line, fmt.Sprintf(format, args...))
}

// text returns the entry of a column, or nothing.
func (r *row) text(column string) string {
	if i, ok := r.column[column]; ok && i < len(r.fields) {
		return strings.TrimSpace(r.fields[i])
	}
	return ""
}

// number reads a number from low to high; nothing is 0.
func (r *row) number(column string, low, high float64) float64 {
	text := r.text(column)
	if text == "" {
		return 0
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(v >= low && v <= high) {
		r.fail("%s: %q is not a number from %g to %g", column, text, low, high)
		return 0
	}
	return v
}

// count reads a whole number from 1 to most.
func (r *row) count(column string, most int) int {
	v := r.number(column, 1, float64(most))
	if v < 1 || v != math.Trunc(v) {
		r.fail("%s: %q is not a whole number from 1 to %d", column, r.text(column), most)
		return 1
	}
	return int(v)
}

var units = map[string]time.Duration{
	"": time.Minute, "sec": time.Second, "min": time.Minute, "hr": time.Hour, "day": 24 * time.Hour,
}

// most of a time, and of a number of things in a file: what is beyond is a
// mistake.
const (
	longest = 100 * 365 * 24 * time.Hour
	most    = 1_000_000
)

// duration reads a time with its unit; nothing is 0.
func (r *row) duration(column, unit string) time.Duration {
	u, ok := units[r.text(unit)]
	if !ok {
		r.fail("%s: %q is not sec, min, hr or day", unit, r.text(unit))
		return 0
	}
	return time.Duration(r.number(column, 0, float64(longest/u)) * float64(u))
}

func (r *row) instant(column string) time.Time {
	t, err := time.Parse("01/02/06 15:04:05", r.text(column))
	if err != nil {
		r.fail("%s: %q is not a date like 01/31/18 06:00:00", column, r.text(column))
	}
	return t
}

// index finds a name that must be known.
func (r *row) index(column string, known map[string]int) int {
	i, ok := known[r.text(column)]
	if !ok {
		r.fail("%s: %q is unknown", column, r.text(column))
	}
	return i
}
