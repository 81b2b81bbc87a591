// Package lp solves sparse linear programs
//
//	minimise    offset + cᵀx
//	subject to  rl ≤ Ax ≤ ru
//	            cl ≤  x ≤ cu
//
// in which any bound may be infinite and any two may be equal. It is made for
// the programs of release planning: ten thousand to half a million rows, two
// or three entries a column, solved again every day after small changes.
//
// A [Problem] is plain data. [Solve] solves one once; a [Solver] keeps the
// factors and weights of the last basis, so that the next, slightly changed
// program is solved from there.
//
// What comes back is judged on the problem as it was given: a [Solution] that
// says [Optimal] carries residuals within the tolerances, one that says
// [Infeasible] or [Unbounded] carries a ray that proves it.
//
// The package is internal: its two clients are the release planner and the
// benchmark program.
package lp
