package codec

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the schema files")

// The schemas in the folder are those of the types.
func TestSchemaFiles(t *testing.T) {
	for file, want := range map[string][]byte{"problem.schema.json": ProblemSchema(), "plan.schema.json": PlanSchema()} {
		if *update {
			require.NoError(t, os.WriteFile(file, want, 0o644))
		}
		got, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got), "go test ./schedule/codec -update rewrites it")
	}
}

// What is written satisfies the schema; what has an unknown field or a value
// of another kind does not.
func TestSchemaJudgesTexts(t *testing.T) {
	var s map[string]any
	require.NoError(t, json.Unmarshal(ProblemSchema(), &s))
	for seed := range uint64(10) {
		var b bytes.Buffer
		require.NoError(t, EncodeProblem(&b, filledProblem(seed)))
		assert.Empty(t, judge(s, s, parse(t, b.String()), ""))
	}
	for _, text := range []string{
		`{"format":"takt/problem"}`,
		`{"format":"takt/problem","version":1,"colour":1}`,
		`{"format":"takt/problem","version":1,"tick":"1h"}`,
		`{"format":"takt/problem","version":1,"lines":[{"status":"maybe"}]}`,
		`{"format":"takt/problem","version":1,"items":{}}`,
	} {
		assert.NotEmpty(t, judge(s, s, parse(t, text), ""), text)
	}
}

func parse(t *testing.T, text string) any {
	var v any
	require.NoError(t, json.Unmarshal([]byte(text), &v))
	return v
}

// judge checks a value against the part of JSON Schema that [schema] uses.
func judge(root, s map[string]any, v any, path string) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, path+": "+fmt.Sprintf(format, args...)) }
	if ref, ok := s["$ref"].(string); ok {
		name := strings.TrimPrefix(ref, "#/$defs/")
		return judge(root, root["$defs"].(map[string]any)[name].(map[string]any), v, path)
	}
	if c, ok := s["const"]; ok && c != v {
		fault("%v is not %v", v, c)
	}
	if e, ok := s["enum"].([]any); ok && !slices.Contains(e, v) {
		fault("%v is not one of %v", v, e)
	}
	if p, ok := s["pattern"].(string); ok && !regexp.MustCompile(p).MatchString(fmt.Sprint(v)) {
		fault("%v does not match %s", v, p)
	}
	switch s["type"] {
	case "object":
		o, ok := v.(map[string]any)
		if !ok {
			fault("%v is no object", v)
		}
		properties := s["properties"].(map[string]any)
		for name, x := range o {
			if sub, ok := properties[name].(map[string]any); ok {
				faults = append(faults, judge(root, sub, x, path+"."+name)...)
			} else {
				fault("unknown property %s", name)
			}
		}
		required, _ := s["required"].([]any)
		for _, name := range required {
			if _, ok := o[name.(string)]; !ok {
				fault("%s is missing", name)
			}
		}
	case "array":
		list, ok := v.([]any)
		if !ok {
			fault("%v is no list", v)
		}
		for i, x := range list {
			faults = append(faults, judge(root, s["items"].(map[string]any), x, fmt.Sprintf("%s[%d]", path, i))...)
		}
	case "string":
		if _, ok := v.(string); !ok {
			fault("%v is no string", v)
		}
	case "integer", "number":
		if _, ok := v.(float64); !ok {
			fault("%v is no number", v)
		}
	case "boolean":
		if _, ok := v.(bool); !ok {
			fault("%v is no truth value", v)
		}
	}
	return faults
}
