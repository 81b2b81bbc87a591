module github.com/taktplan/takt/examples/rrule

go 1.26

require github.com/taktplan/takt v0.0.0

require github.com/teambition/rrule-go v1.8.2

replace github.com/taktplan/takt => ../../
