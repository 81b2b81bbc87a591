package release

import (
	"context"

	"github.com/taktplan/takt/internal/lp"
	"github.com/taktplan/takt/schedule"
)

// Programs returns the program of a problem as it is written, and as books
// write it.
func Programs(p *schedule.Problem) (written, textbookForm *lp.Problem, err error) {
	_, b, err := program(context.Background(), p, &Options{})
	if err != nil {
		return nil, nil, err
	}
	return &b.lp, newTextbook(b.model).program(), nil
}

// InWay returns the plan of a problem that comes from its program in one way.
func InWay(p *schedule.Problem, way Way) (*schedule.Plan, error) {
	a, r, err := answered(context.Background(), p, &Options{})
	if err != nil {
		return nil, err
	}
	c := contest{answer: a, problem: p, result: r, rounded: a.made()}
	err = c.try(context.Background(), attempt{Placement: Placement{Way: way}, steps: -1})
	return r.Plan, err
}
