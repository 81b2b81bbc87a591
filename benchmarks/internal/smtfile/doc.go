// Package smtfile reads wafer fabs in the text form in which the SMT2020
// testbed is handed around (Kopp, Hassoun, Kalir and Mönch 2020): a folder of
// tables with tabs, one for tool groups, routes, parts, orders, lots in process,
// setups, breakdowns, maintenance and transport.
//
// It is for the benchmark programs. What it leaves aside, because no program
// here simulates it, is said in [Fab]. Every mistake is reported with its file
// and line; the readers never panic.
package smtfile
