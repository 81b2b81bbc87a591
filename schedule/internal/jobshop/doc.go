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
// Beside it runs the exact search of package exact, which raises the lower
// bound and, on shops of up to some two hundred operations, often proves the
// best schedule optimal.
//
// It knows no calendars, changeovers, alternatives or due dates: [New] refuses
// a model with any of them.
//
// A run is determined by the model, the seed, the number of steps, and the
// schedules offered and when. No step of the search allocates.
package jobshop
