package main

import (
	"context"
	"math/rand/v2"
	"slices"

	"github.com/taktplan/takt/schedule/analysis"
	"github.com/taktplan/takt/schedule/cooperation"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/schedule/standards"
	"github.com/taktplan/takt/wip"
	"github.com/taktplan/takt/wip/stocktake"
)

// review returns what is said of the month when it is over: what was planned
// and what came, where the time went, who owes whom for what, and what would
// have helped.
func (m *month) review(ctx context.Context) ([]paper, error) {
	from, to := m.desk.p.Now, m.until
	h, err := analysis.Read(m.desk.p, &m.worked.Plan, m.events(), from, to)
	if err != nil {
		return nil, err
	}
	outputs, err := h.Outputs()
	if err != nil {
		return nil, err
	}
	hindsight, err := analysis.Counterfactual(ctx, h, heuristic.Options{MaxSteps: 200})
	if err != nil {
		return nil, err
	}
	cycles := h.Cycles()
	times := analysis.Decompose(cycles)
	claims := h.Claims(nil)
	papers := []paper{
		read("output", analysis.OutputReport(outputs)),
		read("use", analysis.UseReport(h.Use())),
		read("times", times.Report()),
		read("bottlenecks", analysis.BottleneckReport(h.Bottlenecks(week))),
		file("claims", analysis.ClaimReport(claims)),
		read("claims-net", analysis.NetReport(analysis.Net(claims))),
		read("claims-causes", analysis.ParetoReport(analysis.Pareto(claims))),
		read("levers", analysis.LeverReport(first(analysis.Levers(cycles), 8))),
		read("hindsight", hindsight.Report()),
	}
	for _, more := range []func() ([]paper, error){m.stocktake, m.norms, m.partners} {
		list, err := more()
		if err != nil {
			return nil, err
		}
		papers = append(papers, list...)
	}
	return papers, nil
}

// read makes a paper that is read out as a whole.
func read(name string, d document) paper { return paper{name, d, d} }

func first[T any](list []T, n int) []T { return list[:min(n, len(list))] }

// events returns what the books have of the month.
func (m *month) events() []wip.Event {
	return slices.Collect(m.desk.ledger.Between(m.desk.p.From, m.until))
}

// stocktake counts the stores. In one of ten places a piece or two is missing;
// what was found goes into the books like everything else.
func (m *month) stocktake() ([]paper, error) {
	state := m.desk.ledger.State(m.until)
	sheet := stocktake.NewSheet("stocktake", &state, nil)
	draw := rand.NewPCG(m.seed, 2)
	var counts []stocktake.Count
	for _, l := range sheet.Lines {
		c := stocktake.Count{Place: l.Place, Qty: l.Book}
		if draw.Uint64()%10 == 0 {
			c.Qty, c.Cause = max(0, l.Book-1-wip.Qty(draw.Uint64()%2)), "loss"
		}
		counts = append(counts, c)
	}
	book, err := analysis.NewBook(m.desk.p, &m.worked.Plan)
	if err != nil {
		return nil, err
	}
	inProcess, err := book.InProcess(&state)
	if err != nil {
		return nil, err
	}
	result, err := stocktake.Reconcile(sheet, counts, book.Value)
	if err != nil {
		return nil, err
	}
	return []paper{
		file("stocktake", result),
		read("work-in-process-value", analysis.InProcessReport(inProcess)),
	}, m.desk.ledger.Append(result.Events()...)
}

// norms compares the norms in force with those that follow from the programme,
// and with what happened.
func (m *month) norms() ([]paper, error) {
	p := m.desk.p
	table, err := standards.Derive(p, standards.FromLines(p, p.From, p.To), standards.Options{})
	if err != nil {
		return nil, err
	}
	audit := standards.Audit(p, table, standards.History{From: p.Now, To: m.until, Events: m.events()}, 0)
	return []paper{file("norms-derived", table), file("norms-audit", audit)}, nil
}

// partners sums up who kept to dates: the books know when work went out and
// came back.
func (m *month) partners() ([]paper, error) {
	commissions, err := cooperation.FromPlan(m.desk.p, &m.worked.Plan)
	if err != nil {
		return nil, err
	}
	var entries []cooperation.Entry
	for _, c := range commissions {
		step, begun := m.desk.ledger.Step(c.Order, c.Step, m.until)
		if !begun {
			continue
		}
		entries = append(entries,
			cooperation.Entry{ID: c.ID, Stage: cooperation.Request, At: step.Started},
			cooperation.Entry{ID: c.ID, Stage: cooperation.Promise, At: step.Started, Date: c.Due})
		if step.Good > 0 && !step.Ended.IsZero() {
			entries = append(entries, cooperation.Entry{ID: c.ID, Stage: cooperation.Delivery, At: step.Ended, Qty: min(c.Qty, step.Good)})
		}
	}
	done, err := cooperation.Record(commissions, entries)
	if err != nil {
		return nil, err
	}
	return []paper{
		read("partners", cooperation.ScoreReport(cooperation.Timeliness(done, m.until))),
		file("reminders", cooperation.ReminderReport(cooperation.Reminders(done, m.until, week))),
	}, nil
}
