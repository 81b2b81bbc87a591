module github.com/taktplan/takt

go 1.26
