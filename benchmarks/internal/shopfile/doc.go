// Package shopfile reads and generates the public instances of shop
// scheduling: job shops as in JSPLIB, re-entrant shops, flexible job shops
// (.fjs), flexible shops with assembly networks (.fajs), due-date side files,
// and the sets of Taillard.
//
// It is for the benchmark programs. The readers take text from anywhere and
// report every mistake with its line; they never panic.
package shopfile
