package main

import (
	"bytes"
	"os"
	"runtime"
	"strconv"
)

// peakBytes is the most memory that the process has held so far: what the
// system says where it says so, else what the Go runtime asked it for.
func peakBytes() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err == nil {
		if _, rest, ok := bytes.Cut(status, []byte("VmHWM:")); ok {
			field, _, _ := bytes.Cut(bytes.TrimSpace(rest), []byte(" "))
			if kib, err := strconv.ParseInt(string(field), 10, 64); err == nil {
				return kib << 10
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}
