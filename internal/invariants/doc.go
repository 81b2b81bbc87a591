// Package invariants says whether costly self-checks are compiled in: whether
// what an engine keeps up to date step by step equals what a computation from
// scratch gives. Build with the tag "invariants" to have them.
package invariants
