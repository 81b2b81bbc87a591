// Package lotsize decides lots: in which period to set up for which item, and
// how much to make, so that set-ups and stock together cost least while every
// resource has the time for both (the multi-level capacitated lot-sizing
// problem with set-up times; Billington, McClain and Thomas 1983, Trigeiro,
// Thomas and McClain 1989). Set-up states may be carried over into the next
// period, deliveries of chosen items may be late at a price, and overtime has
// one.
//
// [Solve] relaxes the decisions to a linear program, tightens it by (l,S)
// inequalities on echelon demand (Barany, Van Roy and Wolsey 1984), rounds it
// to a first plan, and improves that by fix-and-optimise (Sahling, Buschkühl,
// Tempelmeier and Helber 2009): again and again the set-ups of some items and
// periods are free and all others fixed, and branch and bound finds the best.
//
// # Repeatability
//
// The same problem, options and module version give the same answer. A run
// that its context cut off after k steps equals one of [Options.MaxSteps] = k,
// but for the step that was cut.
package lotsize
