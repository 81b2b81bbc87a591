// Package lotfile reads public lot-sizing instances as problems of package
// lotsize.
package lotfile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/taktplan/takt/internal/lotsize"
)

// Read reads the instance at path: a .cap file with its companions is one of
// Tempelmeier and Buschkühl (2009), a .txt file one of the MULTILSB collection,
// any other one of Trigeiro, Thomas and McClain (1989). Profile picks the
// set-up costs of a Tempelmeier instance, from 1 on. Where one resource is all
// there is, overtime is not allowed; see [lotsize.Resource].
//
// The error names the file and what was found in it.
func Read(path string, profile int) (*lotsize.Problem, error) {
	var p *lotsize.Problem
	var err error
	switch strings.ToLower(filepath.Ext(path)) {
	case ".cap":
		p, err = readTempelmeier(path, profile)
	case ".txt":
		p, err = readFile(path, readMultiLSB)
	default:
		p, err = readFile(path, readTrigeiro)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return p, p.Validate()
}

func readFile(path string, read func(*numbers) *lotsize.Problem) (*lotsize.Problem, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := newNumbers(f)
	p := read(in)
	return p, in.err
}
