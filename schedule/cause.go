package schedule

import (
	"cmp"
	"fmt"
	"time"
)

// String says the cause in words, by the caller's names.
func (c Cause) String() string {
	s := c.subject()
	if c.From.IsZero() && c.To.IsZero() {
		return s
	}
	return fmt.Sprintf("%s, %s to %s", s, moment(c.From), moment(c.To))
}

func moment(t time.Time) string {
	if t.IsZero() {
		return "?"
	}
	return t.Format("2006-01-02 15:04")
}

func (c Cause) subject() string {
	item := string(c.Item)
	if c.Location != "" {
		item += "@" + string(c.Location)
	}
	switch c.Kind {
	case WaitsForMaterial:
		return c.who() + "waits for " + item + c.made()
	case WaitsForResource:
		return fmt.Sprintf("%swaits for %s, which is busy", c.who(), c.Resource)
	case WaitsForShift:
		if c.Resource == "" {
			return c.who() + "waits for working time"
		}
		return fmt.Sprintf("%swaits for %s, which does not work", c.who(), c.Resource)
	case WaitsForStep:
		return c.who() + "takes its time"
	case WaitsForLeadTime:
		return fmt.Sprintf("%s has a lead time%s", item, by(c.Partner))
	case WaitsForFence:
		return fmt.Sprintf("nothing may start before the fence%s", by(c.Partner))
	case WaitsForProvision:
		return fmt.Sprintf("%s is not ready", c.Provision)
	case WaitsForPartner:
		return fmt.Sprintf("%s has no more capacity", c.Partner)
	case WaitsForOrder:
		if c.Order == "" {
			return item + " is on its way and has its date" + by(c.Partner)
		}
		return fmt.Sprintf("order %s has its date already", c.Order)
	case DueInPast:
		return "it was due before now"
	case NoSource:
		return fmt.Sprintf("nothing makes, buys or moves %s", item)
	case BeyondHorizon:
		return fmt.Sprintf("%s would end after the horizon", item)
	case BeyondMaxLate:
		return "it would be later than the customer accepts"
	case WaitsForTogether:
		return "another line of the group is later"
	case LotMaximum:
		return fmt.Sprintf("%s would take more lots than are planned", item)
	case NotReached:
		if item != "" {
			return fmt.Sprintf("planning gave up on %s before all ways to it were looked at", item)
		}
		return "planning ended before it was looked at"
	case NoWorkingTime:
		return fmt.Sprintf("%s has no working time left", c.server("what "+item+" needs"))
	case TooLarge:
		return fmt.Sprintf("%s is more than %s can take at once", item, c.server("anything"))
	case MaxWait:
		return fmt.Sprintf("the longest wait between the steps of %s cannot be kept", item)
	default:
		return c.Kind.String()
	}
}

// server names the resource or partner of a cause, if there is one.
func (c Cause) server(otherwise string) string {
	return cmp.Or(string(c.Resource), string(c.Partner), otherwise)
}

// who waits: the step, if there is one.
func (c Cause) who() string {
	if c.Step == "" {
		return ""
	}
	return fmt.Sprintf("%s/%s ", c.Order, c.Step)
}

// made says which order makes what is waited for.
func (c Cause) made() string {
	if c.Order == "" || c.Step != "" {
		return ""
	}
	return fmt.Sprintf(" of order %s", c.Order)
}

func by(partner PartnerID) string {
	if partner == "" {
		return ""
	}
	return fmt.Sprintf(" (%s)", partner)
}

// Duration returns the time that was lost to the cause.
func (c Cause) Duration() time.Duration {
	if c.From.IsZero() || c.To.IsZero() {
		return 0
	}
	return c.To.Sub(c.From)
}
