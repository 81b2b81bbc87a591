package schedule_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/calendar"
	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/wip"
)

// shaftPlant is a small valid problem: shafts are turned, milled and plated
// outside.
func shaftPlant() *schedule.Problem {
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	on := func(r schedule.ResourceID) []schedule.Mode {
		return []schedule.Mode{{Uses: []schedule.Use{{Resource: r}}, PerUnit: 6 * time.Minute}}
	}
	return &schedule.Problem{
		From:      day,
		To:        day.AddDate(0, 3, 0),
		Calendars: []calendar.Calendar{{ID: "day"}},
		Shops:     []schedule.Shop{{ID: "shop"}},
		Resources: []capacity.Resource{
			{ID: "lathe", Units: 1, Calendar: "day", Shop: "shop"},
			{ID: "mill", Units: 1},
		},
		Items: []schedule.Item{{ID: "shaft"}, {ID: "flange"}, {ID: "bar"}},
		Routings: []schedule.Routing{{ID: "make", Item: "shaft", Shop: "shop", Steps: []schedule.Step{
			{ID: "turn", Modes: on("lathe"), Needs: []schedule.Need{{Item: "bar", Per: 1}}},
			{ID: "mill", Modes: on("mill")},
			{ID: "plate", Subcontract: &schedule.Subcontract{Partner: "plater", LeadTime: 48 * time.Hour}},
		}}},
		Partners:  []schedule.Partner{{ID: "plater"}},
		Supplies:  []schedule.Supply{{ID: "buy", Item: "bar", Partner: "plater"}},
		Stock:     []wip.Balance{{Point: wip.Point{Item: "bar"}, Qty: 5}},
		Orders:    []schedule.Order{{ID: "WO", Item: "shaft", Routing: "make", Qty: 3, Status: schedule.Released}},
		Contracts: []schedule.Contract{{ID: "C"}},
		Lines: []schedule.ContractLine{
			{ID: "L1", Contract: "C", Item: "shaft", Qty: 4, Due: day.AddDate(0, 0, 20)},
			{ID: "L2", Contract: "C", Item: "shaft", Qty: 4, Due: day.AddDate(0, 0, 30)},
		},
		Norms: []wip.Norm{{Point: wip.Point{Item: "shaft"}, Min: 2, Target: 4, Max: 8}},
	}
}

func TestValidateAcceptsTheBaseProblem(t *testing.T) {
	require.NoError(t, shaftPlant().Validate())
	err := (&schedule.Problem{}).Validate()
	var invalid *schedule.InvalidError
	require.ErrorAs(t, err, &invalid)
	assert.Equal(t, schedule.BadHorizon, invalid.Issues[0].Code)
}

// Every code's documented example yields that code and no other.
func TestDocumentedExamples(t *testing.T) {
	examples := documentedExamples(t)
	require.GreaterOrEqual(t, len(examples), 15)
	for code, lines := range examples {
		t.Run(code, func(t *testing.T) {
			p := shaftPlant()
			for _, line := range lines {
				set(t, p, line)
			}
			var invalid *schedule.InvalidError
			require.ErrorAs(t, p.Validate(), &invalid)
			for _, is := range invalid.Issues {
				assert.Equal(t, code, string(is.Code), is.String())
			}
		})
	}
}

// documentedExamples returns the example lines of each code in issue.go.
func documentedExamples(t *testing.T) map[string][]string {
	file, err := parser.ParseFile(token.NewFileSet(), "issue.go", nil, parser.ParseComments)
	require.NoError(t, err)
	examples := map[string][]string{}
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST {
			continue
		}
		for _, spec := range gen.Specs {
			v := spec.(*ast.ValueSpec)
			code, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			_, example, ok := strings.Cut(v.Doc.Text(), "Example:\n")
			require.True(t, ok, "%s has no example", code)
			for _, line := range strings.Split(strings.TrimSpace(example), "\n") {
				examples[code] = append(examples[code], strings.TrimSpace(line))
			}
		}
	}
	return examples
}

var pathPart = regexp.MustCompile(`\.?([A-Za-z]+)|\[(\d+)\]`)

// set carries out one assignment, such as Lines[0].Item = "pump".
func set(t *testing.T, p *schedule.Problem, assignment string) {
	path, value, ok := strings.Cut(assignment, " = ")
	require.True(t, ok, assignment)
	v := reflect.ValueOf(p).Elem()
	for _, m := range pathPart.FindAllStringSubmatch(path, -1) {
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if m[1] != "" {
			v = v.FieldByName(m[1])
		} else {
			i, _ := strconv.Atoi(m[2])
			v = v.Index(i)
		}
		require.True(t, v.IsValid(), assignment)
	}
	require.NoError(t, json.Unmarshal([]byte(value), v.Addr().Interface()), assignment)
}

// All mistakes come at once.
func TestValidateListsEverything(t *testing.T) {
	p := shaftPlant()
	p.Lines[0].Item = "nope"
	p.Lines[1].Qty = 0
	p.Items[0].Cost = -1
	var invalid *schedule.InvalidError
	require.True(t, errors.As(p.Validate(), &invalid))
	assert.Len(t, invalid.Issues, 3)
	assert.Equal(t, `Items["shaft"].Cost`, invalid.Issues[0].Path)
	assert.Contains(t, p.Validate().Error(), "and 2 more")
}
