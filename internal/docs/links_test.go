package docs

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const root = "../.."

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// Every relative link in a document leads to a file, and every heading that a
// link names exists.
func TestLinks(t *testing.T) {
	pages := 0
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".md" {
			return err
		}
		pages++
		checkPage(t, path)
		return nil
	}))
	assert.Greater(t, pages, 3)
}

func checkPage(t *testing.T, path string) {
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, m := range link.FindAllStringSubmatch(string(text), -1) {
		target, heading, _ := strings.Cut(m[1], "#")
		if strings.Contains(target, "://") {
			continue
		}
		file := path
		if target != "" {
			file = filepath.Join(filepath.Dir(path), target)
		}
		if _, err := os.Stat(file); err != nil {
			t.Errorf("%s: nothing at %s", path, m[1])
			continue
		}
		if heading != "" && !headings(t, file)[heading] {
			t.Errorf("%s: %s has no heading #%s", path, file, heading)
		}
	}
}

// headings returns the anchors of a page's headings.
func headings(t *testing.T, file string) map[string]bool {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	anchors := map[string]bool{}
	for _, line := range strings.Split(string(text), "\n") {
		if title := strings.TrimLeft(line, "#"); title != line {
			anchors[anchor(strings.TrimSpace(title))] = true
		}
	}
	return anchors
}

var notInAnchor = regexp.MustCompile(`[^\p{L}\p{N} _-]`)

func anchor(title string) string {
	return strings.ReplaceAll(notInAnchor.ReplaceAllString(strings.ToLower(title), ""), " ", "-")
}
