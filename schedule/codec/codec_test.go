package codec

import (
	"bytes"
	"encoding"
	"math/rand/v2"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// A filler sets every field of a value, so that a field which a text forgets
// is noticed.
type filler struct{ *rand.Rand }

func (f filler) fill(v reflect.Value, in reflect.Type) {
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	switch formOf(v.Type(), in) {
	case object:
		for _, x := range reflect.VisibleFields(v.Type()) {
			if x.IsExported() && !x.Anonymous {
				f.fill(v.FieldByIndex(x.Index), v.Type())
			}
		}
	case list:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.fill(v.Index(i), v.Type())
		}
	case week:
		for day := range v.Len() {
			f.fill(v.Index(day), v.Type())
		}
	case word:
		v.SetString([]string{"a", "b", "ü \"c\"", "d,;\n"}[f.IntN(4)])
	case instant:
		v.Set(reflect.ValueOf(time.Unix(f.Int64N(4e9), f.Int64N(1e9)).UTC()))
	case duration:
		v.SetInt(f.Int64N(1e18) - 5e17)
	case clock:
		v.SetInt(f.Int64N(int64(24*time.Hour)) + 1)
	case amount:
		v.SetInt(f.Int64N(1e15) + 1)
	case named:
		f.name(v)
	case truth:
		v.SetBool(true)
	case decimal:
		v.SetFloat(f.Float64())
	default:
		v.SetInt(f.Int64N(1e4) + 1)
	}
}

// name sets v to a value that has a name.
func (f filler) name(v reflect.Value) {
	if d, ok := v.Addr().Interface().(interface{ UnmarshalText([]byte) error }); ok && d.UnmarshalText([]byte("2026-03-02")) == nil {
		return
	}
	for range 100 {
		v.SetInt(f.Int64N(20))
		if _, err := v.Interface().(encoding.TextMarshaler).MarshalText(); err == nil && !v.IsZero() {
			return
		}
	}
	v.SetInt(0)
}

func filledProblem(seed uint64) *schedule.Problem {
	f := filler{rand.New(rand.NewPCG(seed, 1))}
	p := new(schedule.Problem)
	f.fill(reflect.ValueOf(p).Elem(), reflect.TypeFor[schedule.Problem]())
	for i := range p.Items {
		p.Items[i].ID = []schedule.ItemID{"a", "b"}[i]
		p.Items[i].Unit = wip.Unit{Code: "kg", Decimals: f.IntN(10)}
	}
	return p
}

func filledPlan(seed uint64) *schedule.Plan {
	plan := new(schedule.Plan)
	filler{rand.New(rand.NewPCG(seed, 2))}.fill(reflect.ValueOf(plan).Elem(), reflect.TypeFor[schedule.Plan]())
	return plan
}

func TestProblemRoundTrip(t *testing.T) {
	for seed := range uint64(50) {
		p := filledProblem(seed)
		var first, second bytes.Buffer
		require.NoError(t, EncodeProblem(&first, p))
		got, err := DecodeProblem(bytes.NewReader(first.Bytes()))
		require.NoError(t, err)
		require.Equal(t, p, got)
		require.NoError(t, EncodeProblem(&second, got))
		require.Equal(t, first.String(), second.String())
	}
}

func TestPlanRoundTrip(t *testing.T) {
	for seed := range uint64(50) {
		p, plan := filledProblem(seed), filledPlan(seed)
		var b bytes.Buffer
		require.NoError(t, EncodePlan(&b, p, plan))
		got, err := DecodePlan(&b, p)
		require.NoError(t, err)
		require.Equal(t, plan, got)
	}
}

func TestEmptyProblem(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, EncodeProblem(&b, &schedule.Problem{}))
	assert.Equal(t, "{\n\"format\": \"takt/problem\", \"version\": 1\n}\n", b.String())
	p, err := DecodeProblem(&b)
	require.NoError(t, err)
	assert.Equal(t, &schedule.Problem{}, p)
}

func TestMistakesAreFoundTogether(t *testing.T) {
	_, err := DecodeProblem(strings.NewReader(`{
"format": "takt/problem", "version": 1,
"tick": "1 minute",
"items": [
 {"id": "oil", "unit": {"code": "l", "decimals": 2}},
 {"id": "oil", "colour": {"red": [1, 2]}}
],
"lines": [
 {"id": "L1", "item": "oil", "qty": 1.255},
 {"id": 7, "item": "oil", "qty": "3", "status": "maybe"}
]
}`))
	var es Errors
	require.ErrorAs(t, err, &es)
	var got []string
	for _, e := range es {
		got = append(got, e.String())
	}
	require.Len(t, got, 6, "%q", got)
	for i, want := range []string{
		`line 3:18: "1 minute" is not a duration`,
		`unknown field "colour" of Item`,
		`1.255`,
		`line 10:9: expected a string, found 7`,
		`expected an amount, found "3"`,
		`"maybe" is not one of`,
	} {
		assert.Contains(t, got[i], want)
	}
}

func TestRefusals(t *testing.T) {
	for text, want := range map[string]string{
		``:                                      "ends too early",
		`[]`:                                    "expected an object",
		`{"format":"takt/plan"`:                 "ends too early",
		`{"format":"takt/plan"}`:                `format is "takt/plan"`,
		`{"format":"takt/problem"}`:             "version is 0",
		`{"format":"takt/problem","version":2}`: "version is 2",
		`{"format":"takt/problem","version":"1"}`:                                                      "whole number",
		`{"format":"takt/problem","version":1} x`:                                                      "line 1:39",
		`{"format":"takt/problem","version":1}{}`:                                                      "more after the end",
		`{"format":"takt/problem","version":1,"items":null}`:                                           "found null",
		`{"format":"takt/problem","version":1,"name":"a","name":"b"}`:                                  "twice",
		`{"format":"takt/problem","version":1,"items":[{"cost":1.5}]}`:                                 "whole number",
		`{"format":"takt/problem","version":1,"calendars":[{"patterns":[{"weeks":[{"monday":[]}]}]}]}`: "is not a day",
	} {
		_, err := DecodeProblem(strings.NewReader(text))
		var es Errors
		if assert.ErrorAs(t, err, &es, text) {
			assert.Contains(t, err.Error(), want, text)
		}
	}
}

func TestDurations(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"PT0S": 0, "PT1H30M": 90 * time.Minute, "P2W": 14 * 24 * time.Hour, "P1DT2H": 26 * time.Hour,
		"PT0.000000001S": 1, "-PT5M": -5 * time.Minute, "PT90M": 90 * time.Minute,
	} {
		d, err := parseDuration(text)
		assert.NoError(t, err, text)
		assert.Equal(t, want, d, text)
	}
	for _, text := range []string{"", "P", "PT", "1h", "P1Y", "PT1M1H", "PT1.5H", "PT-1H", "PT99999999999999H", "P1H", "PT1", "PT1H1"} {
		_, err := parseDuration(text)
		assert.Error(t, err, text)
	}
}

func FuzzDecodeProblem(f *testing.F) {
	var b bytes.Buffer
	if err := EncodeProblem(&b, filledProblem(1)); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte(`{"format":"takt/problem","version":1,"items":[{"id":"a","unit":{"decimals":99}}],"lines":[{"item":"a","qty":1}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := DecodeProblem(bytes.NewReader(text))
		if err != nil {
			return
		}
		var once, twice bytes.Buffer
		if EncodeProblem(&once, p) != nil {
			return
		}
		q, err := DecodeProblem(bytes.NewReader(once.Bytes()))
		require.NoError(t, err)
		require.NoError(t, EncodeProblem(&twice, q))
		require.Equal(t, once.String(), twice.String())
	})
}

// The examples of FORMAT.md are read, and the problem is valid and written
// back as it stands there.
func TestFormatPage(t *testing.T) {
	page, err := os.ReadFile("FORMAT.md")
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```json\n(.*?)```").FindAllStringSubmatch(string(page), -1)
	require.Len(t, blocks, 2)
	p, err := DecodeProblem(strings.NewReader(blocks[0][1]))
	require.NoError(t, err)
	require.NoError(t, p.Validate())
	var b bytes.Buffer
	require.NoError(t, EncodeProblem(&b, p))
	assert.Equal(t, blocks[0][1], b.String())
	plan, err := DecodePlan(strings.NewReader(blocks[1][1]), p)
	require.NoError(t, err)
	b.Reset()
	require.NoError(t, EncodePlan(&b, p, plan))
	assert.Equal(t, blocks[1][1], b.String())
}
