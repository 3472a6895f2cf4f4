package intake

import (
	"time"

	"assay/server/internal/lead"
	"assay/shared/evidence"
)

// What clocks may do.
const (
	// clockSlack is how much a browser's clock may run ahead of ours at once.
	clockSlack = 5 * time.Second
	// clockDrift is the part of the time passed that it may gain besides: a
	// quartz is good for a hundred millionths, and warm ones are worse.
	clockDrift = 5000
)

// ahead gives by how much a browser's clock may lead after some time.
func ahead(passed time.Duration) time.Duration { return clockSlack + max(passed, 0)/clockDrift }

// Bounds of the sessions of one touch.
const (
	maxAtOnce  = 2                // sessions that begin within atOnce
	atOnceSpan = 10 * time.Second // a reload takes longer to ask again
)

// weigh runs all checks over the visits of one touch, which are in order.
func (f *findings) weigh(site *Site, visits []lead.Visit, now time.Time) {
	starts := make([]time.Duration, 0, len(visits))
	var end time.Duration
	for i, v := range visits {
		start := time.Duration(v.Start) * time.Second
		c := read(v.Log)
		c.open, c.newest = now.Sub(time.Unix(v.Start, 0)), v.Start == visits[len(visits)-1].Start
		c.weigh(site, f)
		if i > 0 && min(end, start+c.length)-start > ahead(end-starts[0]) {
			f.add(visitsOverlap, span(min(end, start+c.length)-start))
		}
		end = max(end, start+c.length)
		starts = append(starts, start)
	}
	if n, within := densest(starts, atOnceSpan); n > maxAtOnce {
		f.add(sessionsAtOnce, n, span(within))
	}
}

// course is what one visit's log tells, apart by what the checks ask for. All
// times count from the boot answer.
type course struct {
	open   time.Duration // age of the session when the touch came
	newest bool          // of the visits that the touch brought

	length       time.Duration // time of the last signal
	early        bool          // something was logged at 0 ms, before the boot answer or at it
	startedEarly bool          // a form was in use by then
	marks        int           // fields that a browser filled in or that were pasted into
	kinds        [evidence.MaxKind + 1]int
	first        [evidence.MaxKind + 1]time.Duration // of each kind that is there
	answers      []time.Duration                     // of fields, each its first
	corrections  []time.Duration                     // of answers
	pages        []time.Duration
	submits      []time.Duration
}

// read walks a log that evidence.Check has passed.
func read(log []byte) *course {
	c := &course{}
	var r evidence.Reader
	r.Read(log)
	for s, ok := r.Next(); ok; s, ok = r.Next() {
		c.note(s.Kind, time.Duration(s.Millis)*time.Millisecond)
	}
	return c
}

func (c *course) note(k evidence.Kind, at time.Duration) {
	if c.kinds[k] == 0 {
		c.first[k] = at
	}
	c.kinds[k]++
	c.length = at
	c.early = c.early || at == 0
	switch {
	case k >= evidence.PageViewed && k <= evidence.CareersViewed:
		c.pages = append(c.pages, at)
	case k == evidence.FormStarted || k == evidence.AskStarted:
		c.startedEarly = c.startedEarly || at == 0
	case k == evidence.FieldAnswered || k == evidence.OptionalAnswered:
		c.answers = append(c.answers, at)
	case k == evidence.FieldCorrected:
		c.corrections = append(c.corrections, at)
	case k == evidence.FieldAutofilled || k == evidence.FieldPasted:
		c.marks++
	case k >= evidence.AskSubmitted && k <= evidence.FormSubmitted:
		c.submits = append(c.submits, at)
	}
}
