// Package jobshop minimises the makespan of classical job shops: every job is
// a chain of operations, every operation has one machine and one time, every
// machine does one operation at a time. Jobs may visit a machine again, and
// may have release dates and delivery times (tails).
//
// It is a tabu search on the disjunctive graph, inside a small population
// that is recombined by path relinking, after Peng, Lü and Cheng, "A tabu
// search/path relinking algorithm to solve the job shop scheduling problem",
// Computers & Operations Research 53, 2015. What differs from the paper is
// said where it differs.
//
// It knows no calendars, changeovers, alternatives or due dates: [FromModel]
// says no to a model with any of them. A search makes no promise of an
// optimum; package bound has the bounds.
//
// A run is determined by the shop, the seed and the number of steps. No step
// of the search allocates.
package jobshop
