// Command warm-go evaluates a program with go-jsonnet again and again in one process, as repeat.ts does with the engines that
// run in Node: warm-go TIMES [-J FOLDER]… (FILE | -e PROGRAM). With the variable REPORT it writes the medians of the later half
// to that file; the value of the last evaluation goes to standard output.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strconv"
	"syscall"
	"time"

	"github.com/google/go-jsonnet"
)

type sample struct {
	CPU  float64 `json:"cpu"`
	Wall float64 `json:"wall"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	args = args[1:]
	var folders []string
	for args[0] == "-J" {
		folders, args = append(folders, args[1]), args[2:]
	}
	file, source := args[0], ""
	if file == "-e" {
		file, source = "<cmdline>", args[1]
	} else if text, err := os.ReadFile(file); err != nil {
		return err
	} else {
		source = string(text)
	}

	// A machine keeps the values of what it imports, so that each evaluation has one of its own, and parses again.
	var value string
	samples := make([]sample, times)
	for i := range samples {
		before, start := cpuSeconds(), time.Now()
		machine := jsonnet.MakeVM()
		machine.Importer(&jsonnet.FileImporter{JPaths: folders})
		if value, err = machine.EvaluateAnonymousSnippet(file, source); err != nil {
			return err
		}
		samples[i] = sample{cpuSeconds() - before, time.Since(start).Seconds()}
	}
	if report := os.Getenv("REPORT"); report != "" {
		later := samples[times/2:]
		text, err := json.Marshal(sample{
			median(later, func(s sample) float64 { return s.CPU }),
			median(later, func(s sample) float64 { return s.Wall }),
		})
		if err != nil {
			return err
		}
		if err := os.WriteFile(report, text, 0o644); err != nil {
			return err
		}
	}
	fmt.Print(value)
	return nil
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func median(samples []sample, of func(sample) float64) float64 {
	values := make([]float64, len(samples))
	for i, s := range samples {
		values[i] = of(s)
	}
	sort.Float64s(values)
	middle := len(values) / 2
	if len(values)%2 == 1 {
		return values[middle]
	}
	return (values[middle-1] + values[middle]) / 2
}
