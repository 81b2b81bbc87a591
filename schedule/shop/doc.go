// Package shop is the short way to the sequencing engines for callers who have
// nothing but jobs and machines: job shops, flexible job shops and assembly
// shops, with release dates, due dates and weights, on machines that always
// work and do one operation at a time.
//
// It has no calendars, changeovers, operators or stocks. A plant that has them
// is a Problem of package schedule.
//
// [Solve] promises a feasible schedule for every problem that [Problem.Validate]
// accepts, a proven lower bound of its value, and the same answer for the same
// problem and [Options] on any machine if MaxSteps ends it.
package shop
