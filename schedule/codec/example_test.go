package codec_test

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/codec"
	"github.com/taktplan/takt/wip"
)

func ExampleDecodeProblem() {
	const text = `{
		"format": "takt/problem", "version": 1,
		"from": "2026-03-02T00:00:00Z", "to": "2026-03-30T00:00:00Z",
		"items": [{"id": "steel", "unit": {"code": "m", "decimals": 3}}],
		"stock": [{"point": {"item": "steel"}, "qty": 6.7505}],
		"lines": [{"id": "L1", "article": "steel", "qty": 3, "due": "2026-03-06T13:00:00Z"}]
	}`
	_, err := codec.DecodeProblem(strings.NewReader(text))
	for _, e := range err.(codec.Errors) {
		fmt.Println(e)
	}
	// Output:
	// line 5:54: wip: "6.7505": there are more than 3 decimal places
	// line 6:34: unknown field "article" of ContractLine
}

func ExampleEncodeProblem() {
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	p := &schedule.Problem{
		From: monday, To: monday.AddDate(0, 0, 28), Tick: time.Minute,
		Items: []schedule.Item{{ID: "steel", Unit: wip.Unit{Code: "m", Decimals: 3}}},
		Stock: []wip.Balance{{Point: wip.Point{Item: "steel"}, Qty: 6750}}, // in base units: millimetres
	}
	if err := codec.EncodeProblem(os.Stdout, p); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {
	// "format": "takt/problem", "version": 1,
	// "from": "2026-03-02T00:00:00Z",
	// "to": "2026-03-30T00:00:00Z",
	// "tick": "PT1M",
	// "items": [
	//  {"id":"steel","unit":{"code":"m","decimals":3}}
	// ],
	// "stock": [
	//  {"point":{"item":"steel"},"qty":6.75}
	// ]
	// }
}
