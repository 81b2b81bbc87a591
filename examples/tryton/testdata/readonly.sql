-- A role that can read what the planner reads and write nothing.
CREATE ROLE planner LOGIN PASSWORD 'planner';
ALTER ROLE planner SET default_transaction_read_only = on;
GRANT SELECT ON
	party_party, product_cost_price, product_product, "product_product-production_bom", product_template, product_uom,
	production, production_bom_input, production_bom_output, production_lead_time, production_routing_operation,
	production_routing_step, production_work, production_work_center, production_work_center_category,
	production_work_cycle, purchase_line, purchase_product_supplier, purchase_purchase, sale_line, sale_sale,
	stock_location, stock_move, stock_order_point
TO planner;
