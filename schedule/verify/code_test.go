package verify_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule/verify"
)

// Each code's example yields that code and no other.
func TestExamplesOfCodes(t *testing.T) {
	examples := codeExamples(t)
	require.NotEmpty(t, examples)
	for name, example := range examples {
		t.Run(name, func(t *testing.T) {
			p, plan, err := scenario.Parse(example.text)
			require.NoError(t, err)
			found := verify.Check(p, plan)
			require.NotEmpty(t, found)
			for _, v := range found {
				assert.Equal(t, example.code, string(v.Code), v.String())
			}
		})
	}
}

type codeExample struct{ code, text string }

// codeExamples reads the examples from the comments in code.go.
func codeExamples(t *testing.T) map[string]codeExample {
	file, err := parser.ParseFile(token.NewFileSet(), "code.go", nil, parser.ParseComments)
	require.NoError(t, err)
	examples := map[string]codeExample{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || spec.Doc == nil {
			return true
		}
		_, text, found := strings.Cut(spec.Doc.Text(), "Example:\n")
		require.True(t, found, "%s has no example", spec.Names[0].Name)
		code := strings.Trim(spec.Values[0].(*ast.BasicLit).Value, `"`)
		examples[spec.Names[0].Name] = codeExample{code, text}
		return true
	})
	return examples
}
