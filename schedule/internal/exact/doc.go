// Package exact decides whether a classical job shop has a schedule of at
// most a given makespan. It is what proves optimality where the bounds of
// package bound leave a gap.
//
// It is a conflict-driven search over the orders of pairs of operations on
// one machine. Heads and tails are longest paths through what is ordered; a
// pair that does not fit the makespan one way round is put the other way; and
// what a conflict teaches is a clause over orders. That is the model of
// Grimes and Hebrard, "Solving variants of the job shop scheduling problem
// through conflict-directed search", INFORMS Journal on Computing 27, 2015,
// with the explanations of Siala, Artigues and Hebrard, "Two clause learning
// approaches for disjunctive scheduling", CP 2015: a bound is explained, when
// it is asked for, by the orders along the path that made it.
//
// Edge finding joins in with explanations of its own.
//
// The course of a search follows from the shop, the makespan and what it is
// told to prefer. It makes sense up to a few hundred operations. Memory is
// taken at the start, and a little more while the search finds its depth.
package exact
