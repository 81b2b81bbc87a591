// Package gantt draws plans: as SVG for pages and reports, as text for
// terminals, with resources or orders as rows, non-working time shaded and
// late orders marked; and the load of each resource against its capacity.
//
// It draws any plan, whoever made it and whether it is allowed or not. Equal
// input gives equal bytes.
package gantt
