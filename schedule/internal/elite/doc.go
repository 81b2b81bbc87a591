// Package elite drives a local search on a disjunctive graph by a small
// population of elite solutions: phases of search start from list schedules
// until the population is full, then from points on random paths between two
// of its members (path relinking, in the manner of Peng, Lü & Cheng 2015 for
// job shops and González, Vela & Varela 2015 for flexible ones) or from members
// with one job shifted in time, and what a phase finds takes the place of a
// worse member or of its nearest relative.
//
// [Engine] implements [core.Engine] for any [Search]. What is local to an
// objective, moves, their values and tabu rules, is the search's.
package elite
