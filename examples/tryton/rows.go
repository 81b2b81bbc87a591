package main

import "database/sql"

// A snapshot is what the planner wants to know of the ERP: rows, as they are.
// A key of another row is 0 where the column is NULL.
type snapshot struct {
	warehouse  warehouse
	units      []unit
	products   []product
	categories []category
	centres    []centre
	operations []operation
	inputs     []component
	outputs    []component
	variants   []variant
	steps      []step
	leads      []lead
	suppliers  []supplier
	points     []orderPoint
	stock      []amount
	receipts   []receipt
	demands    []demand
	orders     []production
	works      []work
	cycles     []cycle
	moves      []move
	history    []measurement
}

type warehouse struct {
	id          int64
	code        string
	left, right int64 // bounds of its subtree of locations
}

type unit struct {
	id, category int64
	factor       float64 // base units of its category in one of it
	digits       int
	symbol       string
}

type product struct {
	id         int64
	code, name string
	unit       int64
	producible bool
	cost       string // decimal, in the currency of the company
}

type category struct {
	id   int64
	name string
}

// A centre is a work centre. Those that are parents are the shops.
type centre struct {
	id               int64
	name             string
	category, parent int64
	costMethod, cost string
}

type operation struct {
	id       int64
	name     string
	category int64
}

// A component is one line of a bill of material, in or out.
type component struct {
	bom, product int64
	quantity     float64
	unit         int64
}

// A variant is one way to make a product: a bill of material with a routing.
type variant struct {
	id, product, bom, routing int64
}

type step struct {
	routing, operation, sequence int64
}

// A lead is the time that the ERP allows for making a product.
type lead struct {
	product, seconds int64
}

type supplier struct {
	id, product int64
	party       string
	seconds     int64 // lead time
}

type orderPoint struct {
	product     int64
	min, target float64
}

type amount struct {
	product  int64
	quantity float64 // in the product's unit
}

type receipt struct {
	id, product int64
	quantity    float64 // in the product's unit
	planned     sql.NullTime
	party       string
}

// A demand is a sale line, or a move of goods to a customer for one.
type demand struct {
	line, sale              int64
	number, customer, state string
	product                 int64
	quantity                float64
	unit                    int64
	planned                 sql.NullTime
	price                   string
}

type production struct {
	id                         int64
	number, state              string
	product                    int64
	quantity                   float64
	unit, bom, routing, centre int64
	start, end                 sql.NullTime // the ERP's own dates
	origin                     string
	stamp                      string // of the last change, as the ERP's lock compares it
}

type work struct {
	id, production, operation, centre, sequence int64
	state, stamp                                string
}

// A cycle is a stretch of work that goes on.
type cycle struct {
	work    int64
	started sql.NullTime
}

// A move is a component of a production that has yet to be reserved.
type move struct {
	production, product int64
	quantity            float64 // in the product's unit
}

// A measurement is what one finished work has taken, all its cycles together.
type measurement struct {
	operation, product int64
	quantity           float64
	unit, seconds      int64
}
