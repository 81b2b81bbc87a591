// Package scenario makes problems for tests and benchmarks: a plant of any
// size whose difficulty stays the same, and small random ones that use every
// feature of the model. The same arguments give the same problem on every
// machine.
package scenario
