package shopfile

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// ReadDue reads a side file with the columns job, release, due and weight, for
// jobs counted from 0. Every job must appear once. Without the columns release
// or weight these are 0 and 1.
func ReadDue(name string, jobs int, r io.Reader) ([]Due, error) {
	in := csv.NewReader(r)
	in.Comment = '#'
	rows, err := in.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s: the file is empty", name)
	}
	column := func(want string) int { return slices.Index(rows[0], want) }
	jobAt, releaseAt, dueAt, weightAt := column("job"), column("release"), column("due"), column("weight")
	if jobAt < 0 || dueAt < 0 {
		return nil, fmt.Errorf("%s: want the columns job and due", name)
	}
	due, seen := make([]Due, jobs), make([]bool, jobs)
	var errs []error
	for i, row := range rows[1:] {
		number := func(at int, absent int64) int64 {
			if at < 0 || row[at] == "" {
				return absent
			}
			v, err := strconv.ParseInt(row[at], 10, 64)
			if err != nil || v < 0 || v > maxTime {
				errs = append(errs, fmt.Errorf("line %d: %q is no number in 0…%d", i+2, row[at], int64(maxTime)))
			}
			return v
		}
		j := number(jobAt, -1)
		if j < 0 || j >= int64(jobs) || seen[j] {
			errs = append(errs, fmt.Errorf("line %d: job %d is unknown or repeated", i+2, j))
			continue
		}
		seen[j] = true
		due[j] = Due{number(releaseAt, 0), number(dueAt, 0), number(weightAt, 1)}
	}
	for j, ok := range seen {
		if !ok {
			errs = append(errs, fmt.Errorf("job %d is missing", j))
		}
	}
	if len(errs) > 0 {
		return nil, fmt.Errorf("%s: %w", name, errors.Join(errs...))
	}
	return due, nil
}
