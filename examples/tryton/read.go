package main

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
	"modernc.org/sqlite/vfs"
)

// tables are the planner's tables of a seeded Tryton 6.0, for working offline.
//
//go:embed testdata/tryton60_planning_subset.sqlite
var tables embed.FS

// readTables reads the tables that come with the program.
func readTables(ctx context.Context, code string) (*snapshot, error) {
	name, files, err := vfs.New(tables)
	if err != nil {
		return nil, err
	}
	defer files.Close()
	db, err := sql.Open("sqlite", "file:testdata/tryton60_planning_subset.sqlite?immutable=1&vfs="+name)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return read(ctx, db, sqlite, &sql.TxOptions{}, code)
}

// readServer reads a PostgreSQL server, all of it as of one instant.
func readServer(ctx context.Context, dsn, code string) (*snapshot, error) {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return read(ctx, db, postgres, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, code)
}

// A dialect is the SQL that differs between databases, as formats: the seconds
// of an interval, and the stamp of the last change of a row of table t.
//
// Tryton compares stamps as texts, so that of PostgreSQL is word for word its
// own expression.
type dialect struct{ seconds, stamp string }

var (
	postgres = dialect{
		seconds: `CAST(EXTRACT(EPOCH FROM %s) AS BIGINT)`,
		stamp:   `CAST(EXTRACT(EPOCH FROM COALESCE(t.write_date, t.create_date)) AS VARCHAR)`,
	}
	sqlite = dialect{
		seconds: `CAST(%s AS INTEGER)`,
		stamp:   `strftime('%s', COALESCE(t.write_date, t.create_date)) || substr(COALESCE(t.write_date, t.create_date), 20)`,
	}
)

// read takes a snapshot of the warehouse with a code.
func read(ctx context.Context, db *sql.DB, d dialect, o *sql.TxOptions, code string) (*snapshot, error) {
	tx, err := db.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	r := &reader{ctx: ctx, tx: tx, dialect: d}
	s := &snapshot{warehouse: r.warehouse(code)}
	r.master(s)
	r.supply(s)
	r.orders(s)
	return s, r.err
}

// A reader collects rows until something goes wrong.
type reader struct {
	ctx context.Context
	tx  *sql.Tx
	dialect
	err error
}

// rows returns what a query finds. into lists where the columns of a row go;
// NULL is read as zero.
func rows[T any](r *reader, query string, into func(*T) []any) []T {
	if r.err != nil {
		return nil
	}
	found, err := r.tx.QueryContext(r.ctx, query)
	if err != nil {
		r.err = fmt.Errorf("%w, in %s", err, query)
		return nil
	}
	defer found.Close()
	var list []T
	for found.Next() {
		var x T
		if err := found.Scan(orZero(into(&x))...); err != nil {
			r.err = fmt.Errorf("%w, in %s", err, query)
			return nil
		}
		list = append(list, x)
	}
	r.err = found.Err()
	return list
}

// orZero makes destinations take NULL for zero.
func orZero(list []any) []any {
	for i, d := range list {
		switch d := d.(type) {
		case *int64:
			list[i] = nullable[int64]{d}
		case *int:
			list[i] = nullable[int]{d}
		case *float64:
			list[i] = nullable[float64]{d}
		case *string:
			list[i] = nullable[string]{d}
		case *bool:
			list[i] = nullable[bool]{d}
		}
	}
	return list
}

type nullable[T any] struct{ to *T }

func (n nullable[T]) Scan(v any) error {
	var x sql.Null[T]
	err := x.Scan(v)
	*n.to = x.V
	return err
}

func (r *reader) warehouse(code string) warehouse {
	list := rows(r, `SELECT id, code, "left", "right" FROM stock_location WHERE type = 'warehouse' ORDER BY id`,
		func(x *warehouse) []any { return []any{&x.id, &x.code, &x.left, &x.right} })
	for _, w := range list {
		if w.code == code {
			return w
		}
	}
	r.err = errors.Join(r.err, fmt.Errorf("there is no warehouse with the code %q", code))
	return warehouse{}
}

// master reads what is made of what, how, and where.
func (r *reader) master(s *snapshot) {
	s.units = rows(r, `SELECT id, category, factor, digits, symbol FROM product_uom ORDER BY id`,
		func(x *unit) []any { return []any{&x.id, &x.category, &x.factor, &x.digits, &x.symbol} })
	s.products = rows(r, `
		SELECT p.id, p.code, t.name, t.default_uom, t.producible,
			(SELECT CAST(c.cost_price AS VARCHAR) FROM product_cost_price c WHERE c.product = p.id ORDER BY c.id LIMIT 1)
		FROM product_product p JOIN product_template t ON t.id = p.template
		WHERE p.active AND t.active AND t.type = 'goods' ORDER BY p.id`,
		func(x *product) []any { return []any{&x.id, &x.code, &x.name, &x.unit, &x.producible, &x.cost} })
	s.categories = rows(r, `SELECT id, name FROM production_work_center_category ORDER BY id`,
		func(x *category) []any { return []any{&x.id, &x.name} })
	s.centres = rows(r, fmt.Sprintf(`
		SELECT id, name, category, parent, cost_method, CAST(cost_price AS VARCHAR)
		FROM production_work_center WHERE active AND warehouse = %d ORDER BY id`, s.warehouse.id),
		func(x *centre) []any { return []any{&x.id, &x.name, &x.category, &x.parent, &x.costMethod, &x.cost} })
	s.operations = rows(r, `SELECT id, name, work_center_category FROM production_routing_operation ORDER BY id`,
		func(x *operation) []any { return []any{&x.id, &x.name, &x.category} })
	s.inputs = r.components("production_bom_input")
	s.outputs = r.components("production_bom_output")
	s.variants = rows(r, `
		SELECT id, product, bom, routing FROM "product_product-production_bom"
		ORDER BY product, sequence IS NOT NULL, sequence, id`, // Tryton sorts NULLs first
		func(x *variant) []any { return []any{&x.id, &x.product, &x.bom, &x.routing} })
	s.steps = rows(r, `
		SELECT routing, operation, sequence FROM production_routing_step
		ORDER BY routing, sequence IS NOT NULL, sequence, id`,
		func(x *step) []any { return []any{&x.routing, &x.operation, &x.sequence} })
	s.leads = rows(r, fmt.Sprintf(`SELECT product, `+r.seconds+` FROM production_lead_time ORDER BY sequence IS NOT NULL, sequence, id`, "lead_time"),
		func(x *lead) []any { return []any{&x.product, &x.seconds} })
}

func (r *reader) components(table string) []component {
	return rows(r, `SELECT bom, product, quantity, uom FROM `+table+` ORDER BY bom, id`,
		func(x *component) []any { return []any{&x.bom, &x.product, &x.quantity, &x.unit} })
}

// supply reads what there is, what comes, and who sells it.
func (r *reader) supply(s *snapshot) {
	s.suppliers = rows(r, fmt.Sprintf(`
		SELECT v.id, p.id, y.name, `+r.seconds+`
		FROM purchase_product_supplier v
		JOIN product_product p ON p.id = v.product OR (v.product IS NULL AND p.template = v.template)
		JOIN party_party y ON y.id = v.party
		WHERE v.active ORDER BY p.id, v.sequence IS NOT NULL, v.sequence, v.id`, "v.lead_time"),
		func(x *supplier) []any { return []any{&x.id, &x.product, &x.party, &x.seconds} })
	s.points = rows(r, fmt.Sprintf(`
		SELECT product, min_quantity, target_quantity FROM stock_order_point
		WHERE warehouse_location = %d ORDER BY id`, s.warehouse.id),
		func(x *orderPoint) []any { return []any{&x.product, &x.min, &x.target} })
	// There is no table of stock: it is the sum of what was moved. What is
	// reserved for a production has left the store already.
	s.stock = rows(r, fmt.Sprintf(`
		SELECT m.product, SUM(CASE WHEN d.id IS NULL THEN 0 ELSE m.internal_quantity END)
			- SUM(CASE WHEN f.id IS NULL THEN 0 ELSE m.internal_quantity END)
		FROM stock_move m
		LEFT JOIN stock_location d ON d.id = m.to_location AND d."left" >= %[1]d AND d."right" <= %[2]d
		LEFT JOIN stock_location f ON f.id = m.from_location AND f."left" >= %[1]d AND f."right" <= %[2]d
		WHERE m.state = 'done' OR (m.state = 'assigned' AND m.production_input IS NOT NULL)
		GROUP BY m.product ORDER BY m.product`, s.warehouse.left, s.warehouse.right),
		func(x *amount) []any { return []any{&x.product, &x.quantity} })
	s.receipts = rows(r, fmt.Sprintf(`
		SELECT m.id, m.product, m.internal_quantity, m.planned_date, y.name
		FROM stock_move m
		JOIN stock_location f ON f.id = m.from_location AND f.type = 'supplier'
		JOIN stock_location d ON d.id = m.to_location AND d."left" >= %d AND d."right" <= %d
		LEFT JOIN purchase_line l ON m.origin = 'purchase.line,' || l.id
		LEFT JOIN purchase_purchase o ON o.id = l.purchase
		LEFT JOIN party_party y ON y.id = o.party
		WHERE m.state IN ('draft', 'assigned') ORDER BY m.id`, s.warehouse.left, s.warehouse.right),
		func(x *receipt) []any { return []any{&x.id, &x.product, &x.quantity, &x.planned, &x.party} })
}

// orders reads what was sold, what is to be made of it, and how far that is.
func (r *reader) orders(s *snapshot) {
	s.demands = append(r.shipments(s.warehouse), r.saleLines(s.warehouse)...)
	open := fmt.Sprintf(`p.warehouse = %d AND p.state IN ('request', 'draft', 'waiting', 'assigned', 'running')`, s.warehouse.id)
	s.orders = rows(r, `
		SELECT t.id, t.number, t.state, t.product, t.quantity, t.uom,
			t.bom, t.routing, t.work_center,
			t.planned_start_date, t.planned_date, t.origin, `+r.stamp+`
		FROM production t JOIN production p ON p.id = t.id WHERE `+open+` ORDER BY t.id`,
		func(x *production) []any {
			return []any{&x.id, &x.number, &x.state, &x.product, &x.quantity, &x.unit,
				&x.bom, &x.routing, &x.centre, &x.start, &x.end, &x.origin, &x.stamp}
		})
	s.works = rows(r, `
		SELECT t.id, t.production, t.operation, t.work_center, t.sequence, t.state, `+r.stamp+`
		FROM production_work t JOIN production p ON p.id = t.production
		WHERE `+open+` ORDER BY t.production, t.sequence IS NOT NULL, t.sequence, t.id`,
		func(x *work) []any {
			return []any{&x.id, &x.production, &x.operation, &x.centre, &x.sequence, &x.state, &x.stamp}
		})
	s.cycles = rows(r, `
		SELECT c.work, c.create_date FROM production_work_cycle c
		JOIN production_work w ON w.id = c.work JOIN production p ON p.id = w.production
		WHERE c.state = 'running' AND `+open+` ORDER BY c.id`,
		func(x *cycle) []any { return []any{&x.work, &x.started} })
	s.moves = rows(r, `
		SELECT p.id, m.product, m.internal_quantity FROM stock_move m
		JOIN production p ON p.id = m.production_input
		WHERE m.state = 'draft' AND `+open+` ORDER BY p.id, m.id`,
		func(x *move) []any { return []any{&x.production, &x.product, &x.quantity} })
	s.history = rows(r, fmt.Sprintf(`
		SELECT w.operation, p.product, p.quantity, p.uom, SUM(`+r.seconds+`)
		FROM production_work_cycle c JOIN production_work w ON w.id = c.work JOIN production p ON p.id = w.production
		WHERE c.state = 'done' AND c.duration IS NOT NULL AND w.state IN ('finished', 'done')
		GROUP BY w.id, w.operation, p.product, p.quantity, p.uom ORDER BY w.id`, "c.duration"),
		func(x *measurement) []any { return []any{&x.operation, &x.product, &x.quantity, &x.unit, &x.seconds} })
}

// shipments reads what is still to be moved to customers, so partial
// deliveries are taken off already.
func (r *reader) shipments(w warehouse) []demand {
	return rows(r, fmt.Sprintf(`
		SELECT l.id, s.id, s.number, y.name, s.state, m.product, m.internal_quantity, t.default_uom,
			m.planned_date, CAST(l.unit_price AS VARCHAR)
		FROM stock_move m JOIN stock_location d ON d.id = m.to_location AND d.type = 'customer'
		JOIN sale_line l ON m.origin = 'sale.line,' || l.id
		JOIN sale_sale s ON s.id = l.sale JOIN party_party y ON y.id = s.party
		JOIN product_product p ON p.id = m.product JOIN product_template t ON t.id = p.template
		WHERE m.state IN ('draft', 'staging', 'assigned') AND s.warehouse = %d ORDER BY l.id, m.id`, w.id), intoDemand)
}

// saleLines reads what is offered, or confirmed and not yet turned into moves.
func (r *reader) saleLines(w warehouse) []demand {
	return rows(r, fmt.Sprintf(`
		SELECT l.id, s.id, s.number, y.name, s.state, l.product, l.quantity, l.unit,
			s.shipping_date, CAST(l.unit_price AS VARCHAR)
		FROM sale_line l JOIN sale_sale s ON s.id = l.sale JOIN party_party y ON y.id = s.party
		WHERE l.type = 'line' AND l.product IS NOT NULL AND s.state IN ('quotation', 'confirmed') AND s.warehouse = %d
		ORDER BY l.id`, w.id), intoDemand)
}

func intoDemand(x *demand) []any {
	return []any{&x.line, &x.sale, &x.number, &x.customer, &x.state, &x.product, &x.quantity, &x.unit, &x.planned, &x.price}
}
