// Package measure is the CPU time of this process, and the one form that figures take.
package measure

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"sort"
	"syscall"
	"time"
	"unsafe"
)

const processClock = 2 // CLOCK_PROCESS_CPUTIME_ID

// Must ends the program where there is an error.
func Must[T any](given T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return given
}

// Now is this process's CPU time; a busy machine disturbs it less than the clock.
func Now() time.Duration {
	var at syscall.Timespec
	syscall.Syscall(syscall.SYS_CLOCK_GETTIME, processClock, uintptr(unsafe.Pointer(&at)), 0)
	return time.Duration(at.Nano())
}

// Times are nanoseconds of one call; allocations and bytes are of one call too.
type Times struct {
	Nanoseconds        []float64
	Allocations, Bytes float64
}

// Sample calls `work` for `repeats` times about `target` long.
func Sample(repeats int, target time.Duration, work func()) Times {
	count := 1
	for {
		begin := Now()
		for i := 0; i < count; i++ {
			work()
		}
		if spent := Now() - begin + 1; spent >= target/2 {
			count = max(1, int(float64(count)*float64(target)/float64(spent)))
			break
		}
		count *= 4
	}
	return times(repeats, count, work)
}

// Each calls `work` `repeats` times, and times each call.
func Each(repeats int, work func()) Times { return times(repeats, 1, work) }

func times(repeats, count int, work func()) Times {
	var made Times
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for r := 0; r < repeats; r++ {
		begin := Now()
		for i := 0; i < count; i++ {
			work()
		}
		made.Nanoseconds = append(made.Nanoseconds, float64(Now()-begin)/float64(count))
	}
	runtime.ReadMemStats(&after)
	calls := float64(repeats * count)
	made.Allocations = float64(after.Mallocs-before.Mallocs) / calls
	made.Bytes = float64(after.TotalAlloc-before.TotalAlloc) / calls
	return made
}

// Tell writes a figure as a JSON line.
func Tell(peer, variant, name string, found Times, further map[string]any) {
	sort.Float64s(found.Nanoseconds)
	count := len(found.Nanoseconds)
	line := map[string]any{"peer": peer, "variant": variant, "case": name, "ns": found.Nanoseconds[count/2],
		"min": found.Nanoseconds[0], "max": found.Nanoseconds[count-1], "repeats": count,
		"allocations": found.Allocations, "bytes": found.Bytes}
	for key, given := range further {
		line[key] = given
	}
	fmt.Println(string(Must(json.Marshal(line))))
}
