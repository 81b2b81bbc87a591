// Package flexible minimises the makespan of flexible job shops: every
// operation can be done by one of several machines, jobs are chains or
// networks of operations.
//
// The search is a tabu search on the disjunctive graph. Its moves take an
// operation of a random critical path and insert it on another machine
// ([Mastrolilli & Gambardella 2000]) or at another place of its critical
// block (N7, Zhang et al. 2007). Package elite steers it with a population
// and random paths between its members.
//
// It promises what [core.Engine] does. It is not for other objectives, nor
// for shops that package disjunctive refuses.
//
// [Mastrolilli & Gambardella 2000]: https://doi.org/10.1002/(SICI)1099-1425(200001/02)3:1<3::AID-JOS32>3.0.CO;2-Y
package flexible
