package schedule

import (
	"fmt"
	"slices"
)

// The enumerations below are written by name in texts and files. The names
// are part of the formats of package codec.

var (
	lotRules       = []string{"lot-for-lot", "fixed", "period"}
	lineStatuses   = []string{"firm", "forecast", "quote", "closed"}
	orderStatuses  = []string{"approved", "firm", "released"}
	provisionKinds = []string{"document", "drawing", "tooling", "fixture", "other"}
	supplyKinds    = []string{"stock", "receipt", "order", "purchase", "transfer"}
	demandKinds    = []string{"line", "step", "transfer", "norm"}
	causeKinds     = []string{"", "material", "resource", "shift", "step", "lead-time", "fence", "provision",
		"partner", "order", "due-in-past", "no-source", "beyond-horizon", "beyond-max-late", "together", "lot-maximum", "not-reached", "no-working-time", "too-large", "max-wait"}
)

func (r LotRule) String() string       { return name(lotRules, int(r)) }
func (s LineStatus) String() string    { return name(lineStatuses, int(s)) }
func (s OrderStatus) String() string   { return name(orderStatuses, int(s)) }
func (k ProvisionKind) String() string { return name(provisionKinds, int(k)) }
func (k SupplyKind) String() string    { return name(supplyKinds, int(k)) }
func (k DemandKind) String() string    { return name(demandKinds, int(k)) }
func (k CauseKind) String() string     { return name(causeKinds, int(k)) }

// MarshalText writes the name; the error is that of a value without one.
func (r LotRule) MarshalText() ([]byte, error)       { return text(lotRules, int(r)) }
func (s LineStatus) MarshalText() ([]byte, error)    { return text(lineStatuses, int(s)) }
func (s OrderStatus) MarshalText() ([]byte, error)   { return text(orderStatuses, int(s)) }
func (k ProvisionKind) MarshalText() ([]byte, error) { return text(provisionKinds, int(k)) }
func (k SupplyKind) MarshalText() ([]byte, error)    { return text(supplyKinds, int(k)) }
func (k DemandKind) MarshalText() ([]byte, error)    { return text(demandKinds, int(k)) }
func (k CauseKind) MarshalText() ([]byte, error)     { return text(causeKinds, int(k)) }

// UnmarshalText reads a name; the error lists the names there are.
func (r *LotRule) UnmarshalText(b []byte) error       { return parse(r, lotRules, b) }
func (s *LineStatus) UnmarshalText(b []byte) error    { return parse(s, lineStatuses, b) }
func (s *OrderStatus) UnmarshalText(b []byte) error   { return parse(s, orderStatuses, b) }
func (k *ProvisionKind) UnmarshalText(b []byte) error { return parse(k, provisionKinds, b) }
func (k *SupplyKind) UnmarshalText(b []byte) error    { return parse(k, supplyKinds, b) }
func (k *DemandKind) UnmarshalText(b []byte) error    { return parse(k, demandKinds, b) }
func (k *CauseKind) UnmarshalText(b []byte) error     { return parse(k, causeKinds, b) }

func name(names []string, i int) string {
	if i < 0 || i >= len(names) {
		return fmt.Sprintf("unknown(%d)", i)
	}
	return names[i]
}

func text(names []string, i int) ([]byte, error) {
	if i < 0 || i >= len(names) {
		return nil, fmt.Errorf("%d has no name; it is not one of %q", i, names)
	}
	return []byte(names[i]), nil
}

func parse[E ~int](e *E, names []string, b []byte) error {
	i := slices.Index(names, string(b))
	if i < 0 {
		return fmt.Errorf("%q is not one of %q", b, names)
	}
	*e = E(i)
	return nil
}
