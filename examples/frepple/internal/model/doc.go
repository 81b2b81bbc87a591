// Package model reads planning models in frePPLe's XML format.
//
// Read streams a document and returns its entities, linked to each other and
// with the format's defaults, as a [Model]. It knows the format and nothing of
// planning. What it does not know is an error with its line; what has no
// influence on a plan (descriptions, colours, user properties) is left out, and
// scripts are searched for the options of the solver only.
//
// A document is data from a stranger: declarations of entities, depth, size and
// the length of a token are limited, and nothing is fetched.
package model
