package codec

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/taktplan/takt/wip"
)

// setScalar sets v from its text.
func setScalar(v reflect.Value, in reflect.Type, s string, u wip.Unit) error {
	switch formOf(v.Type(), in) {
	case word:
		v.SetString(s)
		return nil
	case instant:
		t, err := parseInstant(s)
		v.Set(reflect.ValueOf(t))
		return err
	case duration:
		t, err := parseDuration(s)
		v.SetInt(int64(t))
		return err
	case clock:
		t, err := parseClock(s)
		v.SetInt(int64(t))
		return err
	case amount:
		q, err := u.Parse(unscaled(s))
		v.SetInt(int64(q))
		return err
	case named:
		return v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s))
	case truth:
		b, err := strconv.ParseBool(s)
		if err != nil {
			return fmt.Errorf("%q is not true or false", s)
		}
		v.SetBool(b)
		return nil
	case decimal:
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return fmt.Errorf("%q is not a number", s)
		}
		v.SetFloat(x)
		return nil
	default:
		n, err := strconv.ParseInt(s, 10, v.Type().Bits())
		if err != nil {
			return fmt.Errorf("%s is not a whole number of %d bits", s, v.Type().Bits())
		}
		v.SetInt(n)
		return nil
	}
}

// unscaled returns a number without exponent, which many programs write for
// small ones: 5e-05 is 0.00005. What is no such number, or further from 1 than
// any amount, stays as it is.
func unscaled(s string) string {
	mantissa, power, found := strings.Cut(strings.ToLower(s), "e")
	n, err := strconv.Atoi(power)
	if !found || err != nil || max(n, -n) > 20 || strings.Trim(mantissa, "-.") == "" {
		return s
	}
	sign := ""
	if strings.HasPrefix(mantissa, "-") {
		sign, mantissa = "-", mantissa[1:]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if n > 0 {
		fraction += strings.Repeat("0", max(0, n-len(fraction)))
		return sign + whole + fraction[:n] + "." + fraction[n:]
	}
	whole = strings.Repeat("0", max(0, -n-len(whole))) + whole
	point := len(whole) + n
	return sign + whole[:point] + "." + whole[point:] + fraction
}

// formatScalar returns the text of a value that is neither object nor list,
// and whether JSON quotes it.
func formatScalar(v reflect.Value, in reflect.Type, u wip.Unit) (s string, quoted bool, err error) {
	switch formOf(v.Type(), in) {
	case word:
		return v.String(), true, nil
	case instant:
		return formatInstant(v.Interface().(time.Time)), true, nil
	case duration:
		return formatDuration(time.Duration(v.Int())), true, nil
	case clock:
		return formatClock(time.Duration(v.Int())), true, nil
	case amount:
		return formatAmount(wip.Qty(v.Int()), u), false, nil
	case named:
		b, err := v.Interface().(encoding.TextMarshaler).MarshalText()
		return string(b), true, err
	case truth:
		return strconv.FormatBool(v.Bool()), false, nil
	case decimal:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64), false, nil
	default:
		return strconv.FormatInt(v.Int(), 10), false, nil
	}
}

func formatAmount(q wip.Qty, u wip.Unit) string {
	s := u.Format(q)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}
