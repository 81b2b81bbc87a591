package mapping

import (
	"errors"
	"fmt"
	"time"

	"github.com/taktplan/takt/examples/frepple/internal/model"
	"github.com/taktplan/takt/schedule"
)

// A Mapped is a problem, and what its parts were in the model.
type Mapped struct {
	Problem *schedule.Problem
	// Demands are the model's, by the line they became.
	Demands map[schedule.LineID]*model.Demand
	// Operations are the model's, by the routing they became, and Transfers and
	// Purchases those that had to become routings.
	Operations map[schedule.RoutingID]*model.Operation
	Transfers  map[schedule.RoutingID]*model.ItemDistribution
	Purchases  map[schedule.RoutingID]*model.ItemSupplier
	// Points are the stock points by the item and location they became.
	Points map[schedule.ItemID]Point
	// Fixed are the orders of the model that stay where they are.
	Fixed []*model.OperationPlan
	Notes []string
}

// A Point says what an item of the problem is in the model.
type Point struct {
	Item, Batch string
	// OnPaper items do not exist in the model: see the package comment. Of those,
	// a Delivery is made by an operation that delivers, or completes something.
	OnPaper, Delivery bool
}

// ReservedPrefix begins the lines that stand for material of fixed orders.
const ReservedPrefix = "reserved for "

// A mapper holds what is known while mapping.
type mapper struct {
	m     *model.Model
	run   model.Run
	index *index
	out   *Mapped
	p     *schedule.Problem
	now   time.Time

	points   map[pointKey]*point
	byBuffer map[*model.Buffer]*point
	places   map[schedule.LocationID]bool
	// deliveries and completions are the points on paper.
	deliveries, completions map[paperKey]*point
	toolPoints              map[*model.Resource]*point
	// Names that are taken.
	supplies, lanes, partners map[string]bool
	reserved                  map[schedule.LineID]bool
	receipts                  map[schedule.ReceiptID]bool
	todo                      []*point
	// besides are the routings that make another item than that of their
	// operation.
	besides   map[schedule.RoutingID]bool
	itemIDs   map[schedule.ItemID]*point
	located   map[*model.Item]bool
	resources map[*model.Resource]*resource
	closed    map[schedule.ResourceID]bool // those that do not always work
	calendars *calendars
	noted     map[string]bool
	errs      []error
}

// Map maps a model to a problem that is planned as run says. The error joins
// all that cannot be mapped.
func Map(m *model.Model, run model.Run) (*Mapped, error) {
	p := &schedule.Problem{Name: m.Name, Tick: time.Second}
	mp := &mapper{
		m: m, run: run, p: p,
		out: &Mapped{Problem: p, Demands: map[schedule.LineID]*model.Demand{}, Points: map[schedule.ItemID]Point{},
			Operations: map[schedule.RoutingID]*model.Operation{}, Transfers: map[schedule.RoutingID]*model.ItemDistribution{},
			Purchases: map[schedule.RoutingID]*model.ItemSupplier{}},
		points: map[pointKey]*point{}, byBuffer: map[*model.Buffer]*point{}, itemIDs: map[schedule.ItemID]*point{},
		toolPoints: map[*model.Resource]*point{}, deliveries: map[paperKey]*point{}, completions: map[paperKey]*point{},
		supplies: map[string]bool{}, lanes: map[string]bool{}, partners: map[string]bool{},
		besides: map[schedule.RoutingID]bool{}, reserved: map[schedule.LineID]bool{}, receipts: map[schedule.ReceiptID]bool{},
		places: map[schedule.LocationID]bool{}, resources: map[*model.Resource]*resource{}, noted: map[string]bool{}, closed: map[schedule.ResourceID]bool{},
	}
	mp.index = mp.newIndex()
	mp.horizon()
	mp.calendars = newCalendars(p)
	mp.located = mp.itemsInCircles()
	mp.mapResources()
	mp.mapBuffers()
	mp.mapDemands()
	mp.mapFixedOrders()
	mp.mapSources()
	mp.mapNorms()
	mp.breakCircles()
	mp.rescale()
	mp.out.Notes = append(append([]string{}, m.Notes...), mp.out.Notes...)
	return mp.out, errors.Join(mp.errs...)
}

// note says once that something is mapped less exactly than it is meant.
func (mp *mapper) note(e model.Entity, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if e.Line > 0 {
		text = fmt.Sprintf("line %d: %s", e.Line, text)
	}
	if !mp.noted[text] {
		mp.noted[text] = true
		mp.out.Notes = append(mp.out.Notes, text)
	}
}

func (mp *mapper) fail(e model.Entity, format string, args ...any) {
	mp.errs = append(mp.errs, fmt.Errorf("line %d: %s", e.Line, fmt.Sprintf(format, args...)))
}
