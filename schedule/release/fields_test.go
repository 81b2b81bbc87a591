package release

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/internal/scenario"
)

// Small programs of days, whose cost follows by hand from a unit of any line
// costing 100 for each day that it is late.
var byHand = []struct {
	name, text string
	term       string
	cost       float64
}{
	{"a pump by itself is on time, a motor 3.5 days late", kit("", ""), "late", 2 * 350},
	{"together the pump waits for the motor, 4.5 days", kit("together=kit", "together=kit"), "late", 2*350 + 3*450},
	{"a mould lets 16 be started on the first day and 32/3 on the second, half of which is in time", tool("hold mould one>two"), "late", (24 - 16 - 16./3) * 50},
	{"without it all are in time", tool(""), "late", 0},
	{"a gate lets 2 a day in from the supplier", gated("supply buy pump far at=home lead=1d uses=gate:5h"), "late", 2*50 + 2*150},
	{"and from another store", gated(`stock pump 9 at=store
lane lane store>home time=1d uses=gate:5h`), "late", 2*50 + 2*150},
	{"boards bring chips along", boards("product chip 1", ""), "sources", 4 * 100},
	{"but not those that are made before that", boards("product chip 1 effective=5d00:00..9d00:00", ""), "sources", 4*100 + 4*7},
	{"boards need resin", boards("product chip 1", "need resin 1"), "sources", 4*100 + 4*5},
	{"but none from the second day on", boards("product chip 1", "need resin 1 effective=0d00:00..1d00:00"), "sources", 4 * 100},
}

func kit(pump, motor string) string {
	return `
horizon 20d
partner far
item pump
item motor
supply pump pump far lead=1d
supply motor motor far lead=6d
line a pump 3 2d00:00 min=1 ` + pump + `
line b motor 2 3d00:00 min=1 ` + motor + `
objective money=1000
`
}

func tool(hold string) string {
	return `
horizon 20d
resource lathe
resource mill
resource mould
item cap
routing cap cap
  step one lathe unit=1h
  step two mill unit=1h
  ` + hold + `
line a cap 6 2d00:00 min=1
line b cap 6 2d00:00 min=1
line c cap 6 2d00:00 min=1
line d cap 6 2d00:00 min=1
objective money=1000
`
}

func gated(way string) string {
	return `
horizon 20d
location store
location home
partner far
resource gate buckets=0d00:00-20d00:00*200h
item pump
` + way + `
line a pump 6 2d00:00 min=1 at=home
objective money=1000
`
}

func boards(product, need string) string {
	return `
horizon 20d
partner far
item board
item chip
item resin
routing board board price=100
  step press - unit=1m
  ` + need + `
  ` + product + `
supply chip chip far lead=1d price=7
supply resin resin far lead=0d price=5
line a board 4 3d00:00 min=1
line b chip 4 12d00:00 min=1
objective money=1000
`
}

func TestByHand(t *testing.T) {
	for _, c := range byHand {
		t.Run(c.name, func(t *testing.T) {
			p, _, err := scenario.Parse(c.text)
			require.NoError(t, err)
			var cuts []time.Time
			for d := range 20 {
				cuts = append(cuts, p.From.AddDate(0, 0, d))
			}
			for i := range p.Lines {
				p.Lines[i].Late, p.Lines[i].Short = 100, 100000
			}
			r, err := Solve(t.Context(), p, Options{Cuts: cuts, Utilization: 1})
			require.NoError(t, err)
			for _, term := range r.Terms {
				if term.Name == c.term {
					require.InDelta(t, c.cost, term.Cost, 1e-6)
				}
			}
		})
	}
}
