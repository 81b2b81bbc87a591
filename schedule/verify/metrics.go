package verify

import (
	"reflect"

	"github.com/taktplan/takt/schedule"
)

// metrics judges the plan's measure of itself.
func (j *judge) metrics() {
	if j.unknown {
		return // cannot be measured
	}
	m, err := schedule.Evaluate(j.given, j.plan)
	if err != nil {
		j.report(Violation{Code: UnknownReference, Ref: err.Error()})
		return
	}
	stated := reflect.ValueOf(j.plan.Metrics)
	for i, n := 0, stated.NumField(); i < n; i++ {
		if !reflect.DeepEqual(stated.Field(i).Interface(), reflect.ValueOf(m).Field(i).Interface()) {
			j.report(Violation{Code: WrongMetrics, Ref: stated.Type().Field(i).Name})
		}
	}
}
