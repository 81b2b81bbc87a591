package codec

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/taktplan/takt/wip"
)

// Amounts with an exponent are what they are without.
func TestUnscaled(t *testing.T) {
	unit := wip.Unit{Decimals: 9}
	for s, want := range map[string]string{
		"5e-05": "0.00005", "-1.25E-2": "-0.0125", "12.5e+1": "125", "1.5e3": "1500", "7e0": "7",
		"12": "12", "0.5": "0.5", "123e-2": "1.23", "1e-9": "0.000000001", "-3e2": "-300",
	} {
		got, err := unit.Parse(unscaled(s))
		require.NoError(t, err, s)
		expected, err := unit.Parse(want)
		require.NoError(t, err, want)
		assert.Equal(t, expected, got, s)
	}
	for _, s := range []string{"1e", "e5", "-e5", ".e1", "1e99", "1e-10", "1e5e5", "1e1.5", "--1e2", strings.Repeat("9", 30) + "e3"} {
		_, err := unit.Parse(unscaled(s))
		assert.Error(t, err, s)
	}
}
