package mapping_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/examples/frepple/internal/mapping"
	"github.com/taktplan/takt/examples/frepple/internal/model"
)

func mapped(t *testing.T, body string) (*mapping.Mapped, error) {
	t.Helper()
	m, err := model.Read(strings.NewReader("<plan xmlns:xsi=\"x\">\n" + body + "\n</plan>"))
	require.NoError(t, err)
	return mapping.Map(m, model.NewRun())
}

// What cannot be mapped is an error with its line and name.
func TestErrors(t *testing.T) {
	for body, want := range map[string]string{
		`<demands><demand name="d" quantity="1"/></demands>`:                                                             `line 2: demand "d" has neither item nor operation`,
		`<demands><demand name="d" quantity="1" status="lost"><item name="i"/></demand></demands>`:                       `line 2: demand "d": the status "lost" is not known`,
		`<operationplans><operationplan reference="7" status="confirmed" quantity="1"/></operationplans>`:                `line 2: order "7" has no operation`,
		`<operationplans><operationplan reference="7" status="confirmed" ordertype="PO" quantity="1"/></operationplans>`: `line 2: order "7" has no item`,
		`<resources><resource name="r" xsi:type="resource_magic"/></resources>`:                                          `line 2: resource "r": the type "resource_magic" is not known`,
		`<operations><operation name="o" xsi:type="operation_routing"><suboperations><suboperation><operation name="o"/></suboperation></suboperations><flows><flow><item name="i"/><quantity>1</quantity></flow></flows></operation></operations>
		<buffers><buffer name="b"><item name="i"/><producing name="o"/></buffer></buffers>`: `line 2: operation "o" is nested more than 20 deep, or is part of itself`,
		`<resources><resource name="r"><setupmatrix name="m"><rules><rule fromsetup="("/></rules></setupmatrix></resource></resources>`: `line 2: set-up matrix "m": error parsing regexp`,
	} {
		_, err := mapped(t, body)
		assert.ErrorContains(t, err, want, body)
	}
}

// What is mapped less exactly than it is meant is noted.
func TestNotes(t *testing.T) {
	for body, want := range map[string]string{
		`<demands><demand name="d"><item name="i"/></demand></demands>`:                                                                                                    `line 2: demand "d" has no quantity`,
		`<operationplans><operationplan reference="7" quantity="1"><operation name="o"/></operationplan></operationplans>`:                                                 `line 2: order "7" is only proposed; it is planned anew`,
		`<resources><resource name="r" maximum="0"/></resources>`:                                                                                                          `line 2: resource "r" never has any capacity`,
		`<demands><demand name="g" xsi:type="demand_group" policy="inratio"><members><demand name="d" quantity="1"><item name="i"/></demand></members></demand></demands>`: `line 2: demand "g": its members are delivered independently, not in ratio`,
	} {
		m, err := mapped(t, body)
		require.NoError(t, err, body)
		assert.Contains(t, m.Notes, want, body)
		assert.NoError(t, m.Problem.Validate(), body)
	}
}

// Amounts that are whole stay whole, others get the places that they need.
func TestDecimals(t *testing.T) {
	m, err := mapped(t, `<buffers><buffer name="a @ x" onhand="3"/><buffer name="b @ x" onhand="2.25"/></buffers>`)
	require.NoError(t, err)
	assert.Equal(t, 0, m.Problem.Items[0].Unit.Decimals)
	assert.EqualValues(t, 3, m.Problem.Stock[0].Qty)
	assert.Equal(t, 2, m.Problem.Items[1].Unit.Decimals)
	assert.EqualValues(t, 225, m.Problem.Stock[1].Qty)
}

// Whatever a model says, mapping ends with an error or a valid problem.
func FuzzMap(f *testing.F) {
	files, err := filepath.Glob("../../testdata/*.xml")
	if err != nil || len(files) == 0 {
		f.Fatal("no models", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := model.Read(bytes.NewReader(text))
		if err != nil {
			return
		}
		call := model.NewRun()
		if len(m.Runs) > 0 {
			call = m.Runs[0]
		}
		mapped, err := mapping.Map(m, call)
		if err != nil {
			return
		}
		if err := mapped.Problem.Validate(); err != nil {
			t.Error(err)
		}
	})
}
