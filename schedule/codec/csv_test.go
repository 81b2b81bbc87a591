package codec

import (
	"bytes"
	"io"
	"io/fs"
	"reflect"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A folder holds files in memory.
type folder struct{ fstest.MapFS }

type file struct {
	bytes.Buffer
	close func([]byte)
}

func (f *file) Close() error { f.close(f.Bytes()); return nil }

func (d folder) create(name string) (io.WriteCloser, error) {
	return &file{close: func(b []byte) { d.MapFS[name] = &fstest.MapFile{Data: b, Mode: fs.ModePerm} }}, nil
}

// distinguish makes the IDs in each list different.
func distinguish(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		distinguish(v.Elem())
	case reflect.Struct:
		if v.Type() == timeType {
			return
		}
		for i := range v.NumField() {
			distinguish(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			e := v.Index(i)
			distinguish(e)
			if e.Kind() != reflect.Struct {
				continue
			}
			if id := e.FieldByName("ID"); id.IsValid() && i > 0 && id.String() == v.Index(0).FieldByName("ID").String() {
				id.SetString(id.String() + "'")
			}
		}
	}
}

func TestProblemTablesRoundTrip(t *testing.T) {
	for seed := range uint64(30) {
		p := filledProblem(seed)
		distinguish(reflect.ValueOf(p).Elem())
		d := folder{fstest.MapFS{}}
		require.NoError(t, WriteProblemCSV(d.create, p))
		got, err := ReadProblemCSV(d)
		require.NoError(t, err)
		require.Equal(t, p, got)
	}
}

func TestPlanTablesRoundTrip(t *testing.T) {
	for seed := range uint64(30) {
		p, plan := filledProblem(seed), filledPlan(seed)
		distinguish(reflect.ValueOf(p).Elem())
		distinguish(reflect.ValueOf(plan).Elem())
		d := folder{fstest.MapFS{}}
		require.NoError(t, WritePlanCSV(d.create, p, plan))
		got, err := ReadPlanCSV(d, p)
		require.NoError(t, err)
		require.Equal(t, plan, got)
	}
}

func TestTableMistakes(t *testing.T) {
	d := folder{fstest.MapFS{
		"items.csv":          {Data: []byte("id,colour\na,red\n")},
		"lines.csv":          {Data: []byte("id,item,qty,due\nL1,a,1.5,2026-03-02T00:00:00Z\nL2,a,1,soon\n")},
		"routings.steps.csv": {Data: []byte("routings,id\nnone,turn\n")},
		"stuff.csv":          {Data: []byte("x\n")},
		"norms.csv":          {Data: nil},
	}}
	_, err := ReadProblemCSV(d)
	var es Errors
	require.ErrorAs(t, err, &es)
	var all string
	for _, e := range es {
		all += e.String() + "\n"
	}
	for _, want := range []string{
		`items.csv line 1:2: there is no column "colour"`,
		`lines.csv line 3:4: "soon" is not an instant`,
		`routings.steps.csv line 2:1: routings.csv has no "none"`,
		`stuff.csv line 1:1: there is no table "stuff"`,
		`norms.csv line 1:1: the table has no header`,
	} {
		assert.Contains(t, all, want)
	}
}
