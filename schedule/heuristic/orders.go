package heuristic

// planOrders places the orders that exist before planning.
func (s *state) planOrders() {}
