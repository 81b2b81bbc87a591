// Package layering holds who may import whom in this module, as data, and a
// test that reads the source tree and fails on whatever is not listed. It has
// no code of its own.
package layering
