// Package api holds a test that compares the public surface of this module,
// as its source declares it, with api.txt at the root of the repository, so
// that a change of it is always deliberate. It has no code of its own.
package api
