package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// disturbed is from which share of the machine on, used by other programs,
// rates and times are no measure of the server.
const disturbed = 0.10

// meter tells what other programs did to the machine while something was
// measured.
type meter struct {
	children          []*child
	busy, total, ours time.Duration
}

// newMeter begins to measure. Children are ours, as this process is.
func newMeter(children ...*child) (*meter, error) {
	m := &meter{children: children}
	return m, m.read()
}

func (m *meter) read() error {
	all, err := os.ReadFile("/proc/stat")
	if err != nil {
		return err
	}
	if m.busy, m.total, err = machineTime(string(all)); err != nil {
		return err
	}
	self, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return err
	}
	if m.ours, err = cpuTime(string(self)); err != nil {
		return err
	}
	for _, c := range m.children {
		used, err := c.cpu()
		if err != nil {
			return err
		}
		m.ours += used
	}
	return nil
}

// others gives the share of the machine's time, 0 to 1, that neither we nor
// nobody used since the meter was made.
func (m *meter) others() (float64, error) {
	before := *m
	if err := m.read(); err != nil {
		return 0, err
	}
	theirs := m.busy - before.busy - (m.ours - before.ours)
	return max(float64(theirs), 0) / max(float64(m.total-before.total), 1), nil
}

// machineTime reads the first line of /proc/stat: of all processors, the time
// in use and all time.
func machineTime(stat string) (busy, total time.Duration, err error) {
	line, _, _ := strings.Cut(stat, "\n")
	fields := strings.Fields(line)
	if len(fields) < 9 || fields[0] != "cpu" {
		return 0, 0, fmt.Errorf("no line of all processors: %q", line)
	}
	for i, text := range fields[1:9] { // user nice system idle iowait irq softirq steal
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return 0, 0, err
		}
		total += time.Duration(n) * tick
		if i != 3 && i != 4 {
			busy += time.Duration(n) * tick
		}
	}
	return busy, total, nil
}

// warnDisturbed says so when other programs used much of the machine.
func warnDisturbed(share float64) {
	if share > disturbed {
		fmt.Printf("  NOTE other programs used %.0f %% of the machine: rates and times are disturbed, and their ratios less; CPU is not\n", 100*share)
	}
}
