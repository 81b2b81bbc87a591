package api

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite api.txt from the source")

const (
	module = "github.com/taktplan/takt"
	golden = "../../api.txt"
)

// The public surface is the one that was agreed on.
func TestSurface(t *testing.T) {
	got := surface(t)
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, "the public surface changed; if it was meant to, run: go test ./internal/api -update")
}

// Only what others can use is part of the surface.
func TestSurfaceOfPackage(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "x.go", `// Package x is documented.
		package x

		// A T is documented.
		type T struct {
			A int // documented
			b int
		}

		func (t *T) Do(n int) error { return nil }
		func (t T) hidden() {}

		type hidden struct{ A int }

		// F is documented.
		func F(t T) (u T) { return t }

		const (
			One = 1
			two = 2
		)
	`, parser.ParseComments)
	require.NoError(t, err)
	assert.Equal(t, `package x // import "x"

const (
	One = 1
)

type T struct {
	A int
	// contains filtered or unexported fields
}

func F(t T) (u T)

func (t *T) Do(n int) error
`, render(t, fset, []*ast.File{file}, "x"))
}

// surface renders the exported declarations of all public packages.
func surface(t *testing.T) string {
	var all []string
	for _, dir := range packages(t) {
		fset := token.NewFileSet()
		var files []*ast.File
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		require.NoError(t, err)
		for _, name := range names {
			if !strings.HasSuffix(name, "_test.go") {
				file, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
				require.NoError(t, err)
				files = append(files, file)
			}
		}
		if len(files) > 0 {
			inside, err := filepath.Rel("../..", dir)
			require.NoError(t, err)
			all = append(all, render(t, fset, files, module+"/"+filepath.ToSlash(inside)))
		}
	}
	return strings.Join(all, "\n")
}

// packages returns the folders of public packages in the order of their names.
func packages(t *testing.T) []string {
	var dirs []string
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if slices.Contains([]string{"internal", "examples", "benchmarks", "testdata"}, d.Name()) ||
			strings.HasPrefix(d.Name(), ".") && name != "../.." {
			return fs.SkipDir
		}
		dirs = append(dirs, name)
		return nil
	})
	require.NoError(t, err)
	return dirs
}

// render prints the exported declarations of a package without comments.
func render(t *testing.T, fset *token.FileSet, files []*ast.File, path string) string {
	p, err := doc.NewFromFiles(fset, files, path)
	require.NoError(t, err)
	w := &writer{fset: fset}
	fmt.Fprintf(w, "package %s // import %q\n", p.Name, path)
	w.values(p.Consts)
	w.values(p.Vars)
	w.funcs(p.Funcs)
	for _, typ := range p.Types {
		w.decl(typ.Decl)
		w.values(typ.Consts)
		w.values(typ.Vars)
		w.funcs(typ.Funcs)
		w.funcs(typ.Methods)
	}
	return w.String()
}

type writer struct {
	bytes.Buffer
	fset *token.FileSet
}

func (w *writer) values(list []*doc.Value) {
	for _, v := range list {
		w.decl(v.Decl)
	}
}

func (w *writer) funcs(list []*doc.Func) {
	for _, f := range list {
		w.decl(f.Decl)
	}
}

// decl prints a declaration, which loses its comments.
func (w *writer) decl(d ast.Decl) {
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			n.Doc = nil
		case *ast.FuncDecl:
			n.Doc = nil
		case *ast.Field:
			n.Doc, n.Comment = nil, nil
		case *ast.TypeSpec:
			n.Doc, n.Comment = nil, nil
		case *ast.ValueSpec:
			n.Doc, n.Comment = nil, nil
		}
		return true
	})
	w.WriteByte('\n')
	if err := (&printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}).Fprint(w, w.fset, d); err != nil {
		fmt.Fprint(w, err)
	}
	w.WriteByte('\n')
}
