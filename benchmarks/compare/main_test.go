package main

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// All sequences of four jobs, counted out one by one, have no better one than
// the search that leaves out what cannot be.
func TestBestOfAllSequences(t *testing.T) {
	for seed := range uint64(20) {
		m := generate(4, seed)
		least := m.inSequence(m.byDue())
		for code := range 256 { // four digits to the base of four
			s := []int{code % 4, code / 4 % 4, code / 16 % 4, code / 64}
			if s[0] == s[1] || s[0] == s[2] || s[0] == s[3] || s[1] == s[2] || s[1] == s[3] || s[2] == s[3] {
				continue
			}
			if r := m.inSequence(s); r.cost() < least.cost() {
				least = r
			}
		}
		assert.Equal(t, least.cost(), m.best().cost())
	}
}

// The planner spares a quarter of the setup time that the order of due dates
// takes, and is no later.
func TestSetupIsSpared(t *testing.T) {
	var r sequenced
	for seed := range uint64(5) {
		require.NoError(t, r.add(context.Background(), generate(12, seed), 2000))
	}
	assert.Less(t, r.Setup, 0.75*r.DueSetup)
	assert.Equal(t, 5, r.NoLater)
}

// Of the small models, plain MRP leaves many times as many lines late as the
// others do.
func TestSmallModels(t *testing.T) {
	small, err := read("../../internal/traps/testdata")
	require.NoError(t, err)
	var late []int
	for _, way := range planners() {
		var o outcome
		for _, p := range small {
			plan, err := way.plan(context.Background(), p, 1000)
			require.NoError(t, err)
			require.NoError(t, o.execute(context.Background(), p, plan))
		}
		late = append(late, o.LateLines)
	}
	assert.Less(t, late[1], late[0]/4)
	assert.Less(t, late[2], late[0]/4)
}
