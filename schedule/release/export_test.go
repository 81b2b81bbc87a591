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
