package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"
)

const table = `strategy,setting,part,seed,WIP,late
CONWIP,30,training,1,30,2
CONWIP,30,training,2,32,4
CONWIP,20,training,1,20,9
CONWIP,20,held out,101,99,99
bound,,training,1,10,NaN
immediate,,training,1,40,1
`

// A setting is the mean of its training runs.
func TestRead(t *testing.T) {
	curves, err := read(strings.NewReader(table), "WIP", "late")
	require.NoError(t, err)
	assert.Equal(t, []curve{
		{"CONWIP", plotter.XYs{{X: 31, Y: 3}, {X: 20, Y: 9}}},
		{"immediate", plotter.XYs{{X: 40, Y: 1}}},
	}, curves)
	_, err = read(strings.NewReader(table), "WIP", "profit")
	require.ErrorContains(t, err, `"profit"`)
	_, err = read(strings.NewReader(""), "WIP", "late")
	require.Error(t, err)
	_, err = read(strings.NewReader(strings.Replace(table, "30,2", "30,two", 1)), "WIP", "late")
	require.ErrorContains(t, err, "line 2")
}

func TestDraw(t *testing.T) {
	curves, err := read(strings.NewReader(table), "WIP", "late")
	require.NoError(t, err)
	var svg bytes.Buffer
	require.NoError(t, draw(&svg, curves, "WIP", "late"))
	for _, text := range []string{"<svg", "CONWIP", "immediate", "late", "</svg>"} {
		assert.Contains(t, svg.String(), text)
	}
	assert.NotContains(t, svg.String(), "bound")
}
