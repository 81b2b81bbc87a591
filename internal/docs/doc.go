// Package docs holds the tests of the written documents.
package docs
