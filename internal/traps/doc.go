// Package traps holds small problems in which a planner that serves one line
// after the other, each as well as it can, fails, with their optimum; and tests
// that the planners of this module find it. It has no code.
package traps
