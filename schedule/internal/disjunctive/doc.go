// Package disjunctive keeps the disjunctive graph of a shop: the given network
// of operations, plus, for every machine, the order in which it does the
// operations assigned to it (Roy & Sussmann 1964; for alternative machines
// Dauzère-Pérès & Paulli 1997). It is what the engines for flexible makespan
// and for weighted tardiness search on.
//
// A [Shop] is what stays, a [Graph] is one acyclic selection in it. The only
// way to change a graph is [Graph.Apply], which takes one operation out of its
// machine's sequence and puts it at another place there or on another
// machine; all neighbourhoods are made of such moves. The graph keeps a
// topological order and the ends of all operations up to date. What is
// measured from the other side, tails, differs between the engines and is
// theirs.
//
// The package is not for calendars, changeovers, machines with several units
// or modes with several resources: [Compile] refuses them, and the engines
// for general problems take over.
package disjunctive
