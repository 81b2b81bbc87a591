package layering

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/taktplan/takt"

// The source tree keeps to the policy.
func TestPolicy(t *testing.T) {
	files := sources(t)
	assert.Greater(t, len(files), 50, "the tree was not found")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, complaint := range judge(t, name, files[name]) {
			t.Error(complaint)
		}
	}
}

// The judgement itself is tested on files that break each rule once.
func TestPolicyIsEnforced(t *testing.T) {
	for _, c := range []struct{ name, source, complaint string }{
		{"wip/x.go", `import "github.com/taktplan/takt/calendar"`, "may not import calendar"},
		{"schedule/x.go", `import "github.com/taktplan/takt/schedule/heuristic"`, "may not import schedule/heuristic"},
		{"schedule/verify/x.go", `import "github.com/taktplan/takt/internal/scenario"`, "may not import internal/scenario"},
		{"schedule/verify/x.go", `import "github.com/taktplan/takt/schedule/codec"`, "may not import schedule/codec"},
		{"schedule/internal/lns/x.go", `import "github.com/taktplan/takt/schedule"`, "may not import schedule"},
		{"examples/plan/x.go", `import "github.com/taktplan/takt/internal/scenario"`, "may not import internal/scenario"},
		{"examples/plan/x_test.go", `import "github.com/taktplan/takt/internal/lp"`, "may not import internal/lp"},
		{"calendar/x.go", `import "os"`, "may not import os"},
		{"calendar/x.go", `import "os/exec"`, "may not import os/exec"},
		{"calendar/x.go", `import "net/http"`, "may not import net/http"},
		{"calendar/x.go", `import "log"`, "may not import log"},
		{"calendar/x.go", `import "math/rand"`, "may not import math/rand"},
		{"calendar/x.go", `import "unsafe"`, "may not import unsafe"},
		{"calendar/x.go", `import "C"`, "may not import C"},
		{"calendar/x.go", `import "github.com/stretchr/testify/assert"`, "may not import github.com/stretchr/testify/assert"},
		{"calendar/x_test.go", `import "github.com/lib/pq"`, "may not import github.com/lib/pq"},
		{"calendar/x.go", `import "time"; func f() time.Time { return time.Now() }`, "may not use time.Now"},
		{"calendar/x.go", `import clock "time"; var now = clock.Now`, "may not use time.Now"},
		{"calendar/x.go", `import . "time"`, "may not import time under the name ."},
		{"unheard/of/x.go", ``, "no rule"},
	} {
		complaints := judge(t, c.name, "package x\n"+c.source)
		if assert.Len(t, complaints, 1, c.source) {
			assert.Contains(t, complaints[0], c.complaint)
		}
	}
	for name, source := range map[string]string{
		"capacity/x.go":           `import "github.com/taktplan/takt/calendar"`,
		"schedule/x.go":           `import "log/slog"`,
		"internal/lp/x.go":        `import "math/rand/v2"`,
		"examples/plan/x.go":      `import "os"`,
		"benchmarks/plant/x.go":   `import "time"; func f() time.Time { return time.Now() }`,
		"schedule/x_test.go":      `import "github.com/taktplan/takt/internal/scenario"`,
		"schedule/verify/y.go":    `import "github.com/taktplan/takt/schedule"`,
		"calendar/testing_tst.go": `import "time"; var t time.Time; var _ = t.After`,
	} {
		assert.Empty(t, judge(t, name, "package x\n"+source), source)
	}
}

// judge returns what is wrong with a file of the tree.
func judge(t *testing.T, name, source string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
	require.NoError(t, err)
	of, test := path.Dir(name), strings.HasSuffix(name, "_test.go")
	var complaints []string
	say := func(format string, args ...any) {
		complaints = append(complaints, name+": "+fmt.Sprintf(format, args...))
	}
	if of != "." && ruleFor(of) == nil {
		say("there is no rule for %s", of)
		return complaints
	}
	for _, spec := range file.Imports {
		what, _ := strconv.Unquote(spec.Path.Value)
		if !mayImport(of, what, test) {
			say("may not import %s", strings.TrimPrefix(what, module+"/"))
		}
		if spec.Name != nil && spec.Name.Name == "." && what == "time" {
			say("may not import time under the name .")
		}
	}
	if !test && !fits(of, programs) {
		for _, use := range clockUses(file) {
			say("may not use time.%s", use)
		}
	}
	return complaints
}

func ruleFor(of string) *rule {
	for i := range policy {
		if fits(of, []string{policy[i].packages}) {
			return &policy[i]
		}
	}
	return nil
}

// fits reports whether a folder is one of some patterns.
func fits(of string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		below, all := strings.CutSuffix(pattern, "/...")
		switch {
		case pattern == public:
			return isPublic(of)
		case all:
			return of == below || strings.HasPrefix(of, below+"/")
		default:
			return of == pattern
		}
	})
}

func isPublic(of string) bool {
	return !slices.Contains(strings.Split(of, "/"), "internal") && !fits(of, programs)
}

// mayImport reports whether the files of a folder may import what. Tests of
// libraries may import everything of this module but programs.
func mayImport(of, what string, test bool) bool {
	first, _, _ := strings.Cut(what, "/")
	switch ours, ok := strings.CutPrefix(what, module+"/"); {
	case ok && test && !fits(of, programs):
		return !fits(ours, programs)
	case ok:
		return of == "." || fits(ours, ruleFor(of).imports)
	case strings.Contains(first, "."):
		return under(what, dependencies) || test && under(what, testDependencies)
	default:
		return test || fits(of, programs) || under(what, spared) || !under(what, banned)
	}
}

// under reports whether a path is one of some paths or below it.
func under(what string, paths []string) bool {
	return slices.ContainsFunc(paths, func(p string) bool { return what == p || strings.HasPrefix(what, p+"/") })
}

// clockUses returns what a file uses of package time that reads the clock.
func clockUses(file *ast.File) []string {
	local := ""
	for _, spec := range file.Imports {
		if spec.Path.Value == `"time"` {
			if local = "time"; spec.Name != nil {
				local = spec.Name.Name
			}
		}
	}
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && local != "" {
			if of, ok := s.X.(*ast.Ident); ok && of.Name == local && slices.Contains(clockReaders, s.Sel.Name) {
				found = append(found, s.Sel.Name)
			}
		}
		return true
	})
	return found
}

// sources returns the Go files of the module by their path in it. Folders
// with a module of their own are left out.
func sources(t *testing.T) map[string]string {
	root := filepath.Join("..", "..")
	files := map[string]string{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != root:
			_, nested := os.Stat(filepath.Join(name, "go.mod"))
			if nested == nil || strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" {
				return fs.SkipDir
			}
		case strings.HasSuffix(name, ".go"):
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			inside, err := filepath.Rel(root, name)
			files[filepath.ToSlash(inside)] = string(text)
			return err
		}
		return nil
	})
	require.NoError(t, err)
	return files
}
