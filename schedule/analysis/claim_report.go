package analysis

import "github.com/taktplan/takt/internal/table"

// ClaimReport returns claims, a line each.
func ClaimReport(claims []Claim) Report {
	t := &table.Table{Title: "Claims", Columns: []table.Column{
		table.Text("claimant"), table.Text("respondent"), table.Text("from"), table.Text("to"), table.Text("order"), table.Text("step"),
		table.Text("resource"), table.Text("cause"), table.Text("item"), table.Number("short"), table.Number("hours"), table.Number("overtime"), table.Number("penalty"), table.Number("cost"),
	}}
	for i := range claims {
		c := &claims[i]
		t.Add(c.Claimant, c.Respondent, c.From, c.To, string(c.Order), string(c.Step), string(c.Resource), c.Cause,
			c.Item.String(), c.Short, c.Hours, c.Overtime, c.Penalty, c.Cost)
	}
	return Report{t}
}

// NetReport returns balances, a line each.
func NetReport(list []Balance) Report {
	t := &table.Table{Title: "Claims, net", Columns: []table.Column{
		table.Text("party"), table.Number("claimed"), table.Number("charged"), table.Number("net"),
	}}
	for _, b := range list {
		t.Add(b.Party, b.Claimed, b.Charged, b.Net)
	}
	return Report{t}
}

// ParetoReport returns causes, a line each.
func ParetoReport(list []CauseShare) Report {
	t := &table.Table{Title: "Causes", Columns: []table.Column{
		table.Text("cause"), table.Number("claims"), table.Number("hours"), table.Number("cost"), table.Number("share"), table.Number("cumulative"),
	}}
	for _, c := range list {
		t.Add(c.Cause, c.Claims, c.Hours, c.Cost, c.Share, c.Cumulative)
	}
	return Report{t}
}
