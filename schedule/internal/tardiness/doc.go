// Package tardiness minimises weighted tardiness, and any other sum of costs
// that only grow with the completion of jobs: number late, flow time, a part
// for the makespan. Shops may be job shops or flexible, jobs chains or
// networks of operations with releases.
//
// The search is a tabu search on the disjunctive graph. Each step traces a
// longest path to the end of a job that costs something (one of the critical
// trees of Mati, Dauzère-Pérès & Lahlou 2011), on small shops of two jobs, and
// considers the insertions at the ends of its critical blocks (CEI and its kin,
// Kuhpfahl & Bierwirth 2016) and, for operations with alternatives, on other
// machines. Moves are valued by estimates from the longest paths of every
// operation to the end of every job, which are kept; on shops too large for
// that, exactly, by propagating ends and taking the change back.
// Package elite steers the search with a population, random paths between its
// members (Bierwirth & Kuhpfahl 2017 do the same for this objective) and, on
// small shops, jobs shifted in time.
//
// It is not for earliness or setup costs, nor for shops that package
// disjunctive refuses.
package tardiness
