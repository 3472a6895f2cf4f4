package intake

import (
	"strings"
	"time"

	"assay/shared/evidence"
)

// hasty is how soon after its session's start a typed submit is no person's.
const hasty = 2 * time.Second

// pace is how much may happen within a time.
type pace struct {
	most   int
	within time.Duration
}

// What a person's hands can do, and what a browser can show. Signals are per
// field, so a field here may be a box to tick: the rates are those of somebody
// quick at the keyboard, Tab and Space, not of somebody who types words.
var (
	answerPaces    = []pace{{4, time.Second}, {2, 300 * time.Millisecond}}
	sentPace       = pace{2, 500 * time.Millisecond} // at the submit: the way from the last field to the button
	correctionPace = pace{99, time.Second}
	pagePace       = pace{99, 10 * time.Second}
)

// Bounds of one visit.
const (
	maxOnce    = 2  // of a signal that a visit has once; one more for two tabs that met
	maxSubmits = 30 // of forms
)

// Reading time is counted in ticks of the widget's timer, of which two may come
// together when a page was busy.
const twoTicks = 10 * time.Second

// patience is how long a boot answer may take where it waits for no consent.
const patience = 30 * time.Second

// weigh runs the checks of one visit.
func (c *course) weigh(site *Site, f *findings) {
	c.weighMarks(site, f)
	if over := c.length - c.open; over > ahead(c.open) {
		f.add(longerThanSession, span(over))
	}
	c.weighHaste(f)
	if c.kinds[evidence.AutomationMarked] == 0 { // a program types and reads as fast as it likes, where it may
		c.weighRates(f)
	}
	c.weighReading(site, f)
	c.weighCounts(f)
}

func (c *course) weighMarks(site *Site, f *findings) {
	if c.kinds[evidence.AutomationMarked] > 0 && !site.AllowAutomation {
		f.add(automation)
	}
	if c.kinds[evidence.HoneypotFilled] > 0 {
		f.add(honeypot)
	}
}

// weighHaste asks whether somebody typed and submitted within two seconds.
func (c *course) weighHaste(f *findings) {
	typed := len(c.answers) - c.marks
	if len(c.answers) == 0 {
		typed = len(c.corrections) - c.marks
	}
	soon := c.open < hasty || len(c.submits) > 0 && c.submits[0] < hasty
	if soon && typed > 0 && !c.bootWasLate(typed) {
		at := c.open
		if len(c.submits) > 0 {
			at = min(at, c.submits[0])
		}
		f.add(tooFast, span(at))
	}
}

// bootWasLate reports whether the boot answer came after the typing: answers
// stand at 0 ms, or the one field that was being typed into then was left later.
// The touch's own submit comes after the boot answer, or has no session.
func (c *course) bootWasLate(typed int) bool {
	if n := len(c.submits); c.newest && n > 0 && c.submits[n-1] == 0 {
		return false
	}
	answered := len(c.answers) > 0 && c.answers[0] == 0 || len(c.corrections) > 0 && c.corrections[0] == 0
	return answered || c.startedEarly && typed == 1
}

// weighRates asks for what no hand and no browser does. Each mark of autofill or
// paste, wherever it stands, explains one answer.
func (c *course) weighRates(f *findings) {
	answers := later(c.answers)
	for _, p := range answerPaces {
		if n, within := densest(answers, p.within); n-c.marks > p.most {
			f.add(typingRate, n, span(within))
		}
	}
	for _, at := range later(c.submits) {
		filled := 0
		for _, answer := range answers {
			if answer <= at && at-answer <= sentPace.within {
				filled++
			}
		}
		if filled-c.marks > sentPace.most {
			f.add(sentAtOnce, filled, span(sentPace.within))
		}
	}
	if n, within := densest(later(c.corrections), correctionPace.within); n > correctionPace.most {
		f.add(correctionRate, n, span(within))
	}
	if n, within := densest(later(c.pages), pagePace.within); n > pagePace.most {
		f.add(pageRate, n, span(within))
	}
}

// weighReading asks whether a minute of reading, and three, had the time. What
// was read before the boot answer is not in the log: something at 0 ms says that
// there was such a time, and where consent was waited for it may be any.
func (c *course) weighReading(site *Site, f *findings) {
	minute, three := c.first[evidence.Active60s], c.first[evidence.Active180s]
	if minute > 0 && !(c.early && site.ConsentRequired) {
		least := time.Minute - twoTicks
		if c.early {
			least -= patience
		}
		if minute < least {
			f.add(activeTooSoon, span(time.Minute), span(minute))
		}
	}
	if minute > 0 && three > 0 && three-minute < 2*time.Minute-twoTicks {
		f.add(activeTooSoon, span(3*time.Minute), span(three))
	}
}

func (c *course) weighCounts(f *findings) {
	for _, k := range []evidence.Kind{evidence.Active60s, evidence.Active180s, evidence.ReturnedDay, evidence.ReturnedWeek} {
		if n := c.kinds[k]; n > maxOnce {
			f.add(repeated, strings.ReplaceAll(k.String(), "_", " "), n)
		}
	}
	if n := len(c.submits); n > maxSubmits {
		f.add(manySubmits, n)
	}
}

// later leaves out what happened before the boot answer.
func later(times []time.Duration) []time.Duration {
	for len(times) > 0 && times[0] == 0 {
		times = times[1:]
	}
	return times
}

// densest gives the most of some ascending times that lie within a span, and
// how far these are apart.
func densest(times []time.Duration, within time.Duration) (most int, apart time.Duration) {
	from := 0
	for to, t := range times {
		for t-times[from] > within {
			from++
		}
		if n := to - from + 1; n > most {
			most, apart = n, t-times[from]
		}
	}
	return most, apart
}
