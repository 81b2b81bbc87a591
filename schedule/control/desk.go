package control

import (
	"context"
	"errors"

	"github.com/taktplan/takt/capacity"
	"github.com/taktplan/takt/schedule"
	"github.com/taktplan/takt/schedule/heuristic"
	"github.com/taktplan/takt/wip"
)

// A Desk is where a dispatcher works: the plan in force, indexed once, and
// answers to what could be done, each in time that depends on what it touches.
//
// What a desk answers is a [Proposal]. It changes nothing until it is accepted;
// the next question sweeps it off the desk. A Desk belongs to one goroutine.
type Desk struct {
	board *heuristic.Board
	turn  int // questions asked and proposals accepted so far
}

// Open puts a plan for p, as p is now ([Present]), on a desk. What of the plan
// is not possible any more is shifted to the right at once.
//
// The error is a [*schedule.InvalidError] if p is not valid, [ErrNotMended] if
// something of the plan can neither stay nor be shifted, or that of ctx. p and
// plan must stay as they are while the desk is in use. It takes O(n log n) time
// for n operations.
func Open(ctx context.Context, p *schedule.Problem, plan *schedule.Plan) (*Desk, error) {
	board, err := heuristic.NewBoard(ctx, p, plan, heuristic.Freedom{})
	if err != nil {
		return nil, err
	}
	if !board.Mended() {
		return nil, ErrNotMended
	}
	return &Desk{board: board}, nil
}

// ErrNotMended is the error of what can only be planned anew, by [Replan].
var ErrNotMended = errors.New("control: the plan cannot be mended in places and has to be made anew")

// ErrSwept is the error of a proposal that is not on the desk any more.
var ErrSwept = errors.New("control: the proposal is not on the desk any more")

// A Proposal is what could be done, and what it would change.
type Proposal struct {
	// Deliveries are those of the line that was asked for, by date. If they
	// are less than that, there is no more to be had within the horizon.
	Deliveries []schedule.Delivery
	// Changes lists what would move, by when it was.
	Changes []schedule.Change
	// Effects lists the contract lines that would be delivered otherwise, in
	// the order of the problem, and Hurt is how much more their lateness and
	// shortage would cost, by the objective.
	Effects []Effect
	Hurt    int64

	desk *Desk
	turn int
}

// ask sweeps the desk for another question.
func (d *Desk) ask() {
	d.board.Undo()
	d.turn++
}

// propose tells what is on the desk.
func (d *Desk) propose() (*Proposal, error) {
	if !d.board.Mended() {
		d.ask()
		return nil, ErrNotMended
	}
	p := &Proposal{Changes: d.board.Changes(), desk: d, turn: d.turn}
	lines := d.board.Lines()
	problem := d.board.Problem()
	for i := range lines {
		l := &problem.Lines[lines[i].Position]
		e := Effect{Line: l.ID, Contract: l.Contract, Due: l.Due, Before: lines[i].Before, After: lines[i].After, Lost: lines[i].Lost}
		for k := range problem.Contracts {
			if problem.Contracts[k].ID == l.Contract {
				e.Customer = problem.Contracts[k].Customer
			}
		}
		p.Effects = append(p.Effects, e)
		p.Hurt += lines[i].Cost
	}
	return p, nil
}

// Breakdown proposes what to do if a resource is out of service: what was to be
// done there is moved as far as the extent allows, up to [Overtime], which
// further ones count as. Nothing that starts before o.Frozen from now makes way.
// Of o, only Extent and Frozen count.
//
// The error says that there is no such resource, that the outage is not a
// stretch of time, or [ErrNotMended].
func (d *Desk) Breakdown(resource schedule.ResourceID, out capacity.Outage, o Options) (*Proposal, error) {
	d.ask()
	if err := d.board.Outage(resource, out, o.freedom(o.Extent, d.board.Problem().Times().Now)); err != nil {
		return nil, err
	}
	return d.propose()
}

// Promise proposes when an inquiry can be delivered: by its due date if it can
// be had by then, or else as early as it can, and if it has no due date, as early
// as can be. It is made and bought, through all levels, from stock that nobody
// needs and in time that nobody uses; no promise is moved.
//
// If hurt, other lines may be delivered later where that costs less, by the
// objective, than the inquiry being late. Its Status says how it ranks among
// them: what is less important than they are does not displace them.
//
// The error is a [*schedule.InvalidError] that lists what is wrong with the
// line.
func (d *Desk) Promise(line schedule.ContractLine, hurt bool) (*Proposal, error) {
	d.ask()
	deliveries, err := d.board.Offer(line, hurt)
	if err != nil {
		d.ask()
		return nil, err
	}
	p, err := d.propose()
	if err == nil {
		p.Deliveries = deliveries
	}
	return p, err
}

// Quantity returns how much of what was asked for can be had.
func (p *Proposal) Quantity() (q wip.Qty) {
	for _, d := range p.Deliveries {
		q += d.Qty
	}
	return q
}

// Accept makes a proposal the plan in force. The error is [ErrSwept] if the desk
// was asked something else since.
func (p *Proposal) Accept() error {
	if p.turn != p.desk.turn {
		return ErrSwept
	}
	p.desk.board.Keep()
	p.desk.turn++
	return nil
}

// Reject sweeps a proposal off the desk, if it is still there.
func (p *Proposal) Reject() {
	if p.turn == p.desk.turn {
		p.desk.ask()
	}
}

// Plan writes out what is on the desk, with the proposal that was made last, if
// there is one, and the problem that it is for. It takes time in proportion to
// the plan.
func (d *Desk) Plan() (*schedule.Problem, *schedule.Plan, error) {
	plan, err := d.board.Plan()
	return d.board.Problem(), plan, err
}
