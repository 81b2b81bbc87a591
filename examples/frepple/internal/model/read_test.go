package model_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/examples/frepple/internal/model"
)

func read(t *testing.T, body string) *model.Model {
	t.Helper()
	m, err := model.Read(strings.NewReader(plan(body)))
	require.NoError(t, err)
	return m
}

func plan(body string) string {
	return `<plan xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` + "\n" + body + "\n</plan>"
}

// What is said of one thing in several places, before and after it is used, as
// attribute or element, is merged.
func TestEntitiesAreMerged(t *testing.T) {
	m := read(t, `
<demands><demand name="d" quantity="1.5"><item name="i"><owner name="all"/></item><due>2026-01-02 03:04:05</due></demand></demands>
<operations>
  <operation name="make" xsi:type="operation_time_per" duration="PT1H"><loads><load><resource name="r"/></load></loads></operation>
  <operation><name>make</name><duration_per>90.5</duration_per><item name="i"/><location name="l"/></operation>
</operations>
<loads><load><operation name="make"/><resource name="r"/><quantity>2</quantity></load></loads>
<resources><resource name="r"><loads><load setup="red"><operation name="make"/></load></loads></resource></resources>
<items><item name="i" cost="3"><itemsuppliers><itemsupplier><supplier name="s"/></itemsupplier></itemsuppliers></item></items>
<suppliers><supplier name="s"><itemsuppliers><itemsupplier><item name="i"/><leadtime>P1W</leadtime></itemsupplier></itemsuppliers></supplier></suppliers>`)
	require.Len(t, m.Demands, 1)
	d := m.Demands[0]
	assert.Equal(t, model.One*3/2, d.Quantity)
	assert.Equal(t, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), d.Due)
	assert.Equal(t, "all", d.Item.Owner.Name)
	assert.Equal(t, 3*model.One, d.Item.Cost)

	require.Len(t, m.Operations, 1)
	o := m.Operations[0]
	assert.Equal(t, "operation_time_per", o.Kind)
	assert.Equal(t, 90500*time.Millisecond, o.PerUnit)
	assert.Same(t, d.Item, o.Item)
	assert.Equal(t, model.One, o.Sizes.Minimum, "the default")

	require.Len(t, m.Loads, 1, "one relation, said three times")
	assert.Equal(t, model.Load{Entity: m.Loads[0].Entity, Operation: o, Resource: m.Resources[0], Quantity: 2 * model.One, Setup: "red", Priority: 1}, *m.Loads[0])
	require.Len(t, m.Purchases, 1)
	assert.Equal(t, 7*24*time.Hour, m.Purchases[0].Leadtime)
}

func TestOlderForms(t *testing.T) {
	m := read(t, `
<FLOWS><flow_end><OPERATION NAME="o"/><BUFFER NAME="b"><MAXIMUM NAME="c"><DEFAULT>4</DEFAULT></MAXIMUM></BUFFER><QUANTITY>1</QUANTITY></flow_end></FLOWS>
<COMMANDS><COMMAND xsi:type="COMMAND_SOLVE"><SOLVER NAME="MRP" CONSTRAINTS="7"/></COMMAND></COMMANDS>
<OPERATIONS><OPERATION NAME="o" xsi:type="OPERATION_FIXED_TIME" DURATION="24:00:00"/></OPERATIONS>`)
	require.Len(t, m.Flows, 1)
	assert.Equal(t, "flow_end", m.Flows[0].Kind)
	assert.Equal(t, 4*model.One, m.Buffers[0].MaximumCalendar.Default)
	assert.Equal(t, 24*time.Hour, m.Operations[0].Duration)
	require.Len(t, m.Runs, 1)
	assert.Equal(t, 7, m.Runs[0].Constraints)
}

func TestActions(t *testing.T) {
	m := read(t, `
<items><item name="a"/><item name="a" cost="2" action="A"/><item name="b" cost="1" action="C"/><item name="c"/><item name="c" action="R"/><item name="d" action="R"/></items>
<operations><operation name="o"><flows><flow><item name="c"/><quantity>-1</quantity></flow><flow><item name="a"/><quantity>-1</quantity></flow></flows></operation></operations>
<flows><flow action="R"><operation name="o"/><item name="a"/><quantity>-1</quantity></flow></flows>`)
	var names []string
	for _, i := range m.Items {
		names = append(names, i.Name)
	}
	assert.Equal(t, []string{"a", "c"}, names, "c is named again after it was removed")
	assert.Zero(t, m.Items[0].Cost)
	require.Len(t, m.Flows, 1)
	assert.Equal(t, "c", m.Flows[0].Item.Name)
	assert.Len(t, m.Notes, 3)
}

// All mistakes are listed, each with its line.
func TestMistakes(t *testing.T) {
	_, err := model.Read(strings.NewReader(plan(`<demands>
<demand name="d"><quantity>many</quantity><due>tomorrow</due><colour>red</colour></demand>
<demand/>
</demands>
<operations>
<operation name="o" xsi:type="operation_magic" duration="P1X" priority="1.5"/>
</operations>
<shelves/>`)))
	var list model.Errors
	require.ErrorAs(t, err, &list)
	var texts []string
	for _, e := range list {
		texts = append(texts, e.Error())
	}
	assert.Equal(t, []string{
		`line 3: quantity: "many" is not a number`,
		`line 3: due: "tomorrow" is not a date such as 2026-01-31T08:00:00`,
		`line 3: demand "d": the field "colour" is not known`,
		`line 4: the demand has no name`,
		`line 7: operation "o": the type "operation_magic" is not known`,
		`line 7: duration: "P1X" is not a duration such as P1DT2H30M`,
		`line 7: priority: "1.5" is not a whole number`,
		`line 9: the section <shelves> is not known`,
	}, texts)
}

// endless yields the same text again and again.
type endless struct {
	text string
	at   int
}

func (e *endless) Read(b []byte) (int, error) {
	n := copy(b, e.text[e.at:])
	e.at = (e.at + n) % len(e.text)
	return n, nil
}

func TestHostileDocuments(t *testing.T) {
	bomb := `<!DOCTYPE plan [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;">]>`
	attributes := new(strings.Builder)
	for i := range 2000 {
		fmt.Fprintf(attributes, ` a%d="1"`, i)
	}
	for name, c := range map[string]struct {
		from io.Reader
		want string
	}{
		"entities":       {strings.NewReader(bomb + plan("<name>&b;</name>")), "not allowed"},
		"unknown entity": {strings.NewReader(plan("<name>&b;</name>")), "entity"},
		"depth":          {io.MultiReader(strings.NewReader("<plan>"), &endless{text: "<items><item>"}), "nested more than"},
		"endless name":   {io.MultiReader(strings.NewReader("<plan><"), &endless{text: "item"}), "longer than"},
		"endless value":  {io.MultiReader(strings.NewReader(`<plan><items><item name="`), &endless{text: "item"}), "longer than"},
		"endless text":   {io.MultiReader(strings.NewReader("<plan><name>"), &endless{text: "item"}), "longer than"},
		"endless note":   {io.MultiReader(strings.NewReader("<plan><!--"), &endless{text: "item"}), "longer than"},
		"endless script": {io.MultiReader(strings.NewReader("<plan><?python "), &endless{text: "item"}), "longer than"},
		"endless entity": {io.MultiReader(strings.NewReader(`<plan><items><item name="i">`), &endless{text: `<cost/>`}), "more than"},
		"endless errors": {io.MultiReader(strings.NewReader(`<plan><items>`), &endless{text: `<item/>`}), "reading ends"},
		"attributes":     {strings.NewReader("<plan><items><item" + attributes.String() + "/></items></plan>"), "more than 1000 attributes"},
		"other document": {strings.NewReader("<html/>"), "not a <plan>"},
		"empty":          {strings.NewReader(""), "unexpected EOF"},
		"cut off":        {strings.NewReader("<plan><items>"), "unexpected EOF"},
		"encoding":       {strings.NewReader(`<?xml version="1.0" encoding="EBCDIC"?><plan/>`), "encoding"},
	} {
		_, err := model.Read(c.from)
		assert.ErrorContains(t, err, c.want, name)
	}
}

func TestLatin(t *testing.T) {
	m, err := model.Read(bytes.NewReader([]byte("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><plan><name>B\xe4r</name></plan>")))
	require.NoError(t, err)
	assert.Equal(t, "Bär", m.Name)
}

func TestDurations(t *testing.T) {
	day := 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"P1D": day, "PT2H30M": 150 * time.Minute, "P2W": 14 * day, "P1Y": 365 * day, "P1M": 365 * day / 12, "-P1D": -day,
		"PT0.5S": time.Second / 2, "3600": time.Hour, "1.5": 1500 * time.Millisecond, "72:00:00": 3 * day, "1:30": 90 * time.Second,
		"P1DT1H": 25 * time.Hour, "P999Y": 100 * 365 * day,
	} {
		got, err := model.ParseDuration(text)
		assert.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "P", "PT", "P1", "1D", "P1H", "P1.1.1D", "1:2:3:4", "x", "NaN", "P-1D"} {
		_, err := model.ParseDuration(text)
		assert.Error(t, err, text)
	}
}

func TestAmounts(t *testing.T) {
	for text, want := range map[string]model.Amount{"1": model.One, "-0.5": -model.One / 2, "1e3": 1000 * model.One, "0.0000004": 0, "1e300": model.MaxAmount, "Inf": model.MaxAmount} {
		got, err := model.ParseAmount(text)
		assert.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "NaN", "1,5", "many"} {
		_, err := model.ParseAmount(text)
		assert.Error(t, err, text)
	}
	assert.Equal(t, "2.5", (model.One * 5 / 2).String())
}

func TestRuns(t *testing.T) {
	type run struct{ plan, constraints int }
	for script, want := range map[string][]run{
		``: nil,
		`frepple.solver_mrp(plantype=1, constraints=15).solve()`:                                    {{1, 15}},
		`frepple.solver_mrp(constraints=0).solve() # frepple.solver_mrp(plantype=2).solve()`:        {{1, 0}},
		"s = frepple.solver_mrp(plantype=2)\ns.solve()\ns.plantype = 1\ns.constraints=4\ns.solve()": {{2, 15}, {1, 4}},
		`frepple.solver_mrp(constraints="capa, mfg_lt").solve()`:                                    {{1, 4 + 16}},
		"i.start = 3\nif a.plantype == 3: pass\nfrepple.solver_mrp().solve()":                       {{1, 15}},
	} {
		var got []run
		for _, r := range model.ParseRuns(script) {
			got = append(got, run{r.PlanType, r.Constraints})
		}
		assert.Equal(t, want, got, script)
	}
}

// Whatever the bytes are, reading ends with a model or an error.
func FuzzRead(f *testing.F) {
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
	f.Add([]byte(`<plan><flows><flow xsi:type="x"/></flows><demands><demand name="a"><owner name="a"/></demand></demands></plan>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := model.Read(bytes.NewReader(text))
		if (m == nil) == (err == nil) {
			t.Errorf("model %v, error %v", m, err)
		}
	})
}
