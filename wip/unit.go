package wip

import (
	"fmt"
	"strconv"
	"strings"
)

// MaxDecimals is the largest number of decimal places of a [Unit].
const MaxDecimals = 9

// A Unit is a unit of measure and the number of decimal places in which
// amounts are kept: 12375 in the unit {kg, 3} is 12.375 kg. The zero Unit
// counts pieces.
type Unit struct {
	Code     string // such as kg; no spaces, and does not begin like a number
	Decimals int    // 0 to [MaxDecimals]
}

// Format writes q with all decimal places of the unit, and its code if it has
// one: "12.375 kg".
func (u Unit) Format(q Qty) string {
	digits := strconv.FormatUint(magnitude(int64(q)), 10)
	if n := u.decimals(); n > 0 {
		if len(digits) <= n {
			digits = strings.Repeat("0", n-len(digits)+1) + digits
		}
		digits = digits[:len(digits)-n] + "." + digits[len(digits)-n:]
	}
	if q < 0 {
		digits = "-" + digits
	}
	if u.Code != "" {
		digits += " " + u.Code
	}
	return digits
}

// Parse reads a decimal number, such as "12.375" or "-0.5", which the code of
// the unit may follow: "12.375 kg". The decimal separator is a point.
//
// Parse is exact or refuses: the error, a [*ParseError], says that there are
// more decimal places than the unit keeps, that the amount is too large, that
// the unit is another one, or that there is no number. Zeros beyond the last
// decimal place are no loss and accepted.
func (u Unit) Parse(s string) (Qty, error) {
	fail := func(format string, args ...any) (Qty, error) {
		return 0, &ParseError{s, fmt.Sprintf(format, args...)}
	}
	number, code, _ := strings.Cut(strings.TrimSpace(s), " ")
	if code = strings.TrimSpace(code); code != "" && code != u.Code {
		return fail("the unit is not %q", u.Code)
	}
	unsigned := strings.TrimPrefix(number, "-")
	whole, fraction, _ := strings.Cut(unsigned, ".")
	if whole+fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return fail("there is no decimal number")
	}
	places := u.decimals()
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > places {
		return fail("there are more than %d decimal places", places)
	}
	digits := whole + fraction + strings.Repeat("0", places-len(fraction))
	if len(unsigned) < len(number) {
		digits = "-" + digits
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return fail("the amount is too large")
	}
	return Qty(n), nil
}

// decimals returns the decimal places, or the nearest number that is allowed.
func (u Unit) decimals() int { return min(max(0, u.Decimals), MaxDecimals) }

// A ParseError says why a text is not an amount in a unit.
type ParseError struct {
	Text   string
	Reason string
}

func (e *ParseError) Error() string { return fmt.Sprintf("wip: %q: %s", e.Text, e.Reason) }
