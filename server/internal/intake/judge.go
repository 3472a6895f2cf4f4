package intake

import (
	"fmt"
	"slices"
	"time"

	"assay/server/internal/lead"
	"assay/shared/evidence"
)

// judged is a submission's evidence after its sessions were checked.
type judged struct {
	visits   []lead.Visit // in the engine's order
	findings findings     // why evidence was left out, or is not plausible
}

// judge checks each visit's session and whether a person could have left its
// log. Broken bytes are a Fault; a session that cannot be believed leaves its
// evidence out, since a new key or a moved site is no fault of the visitor's.
func (s *Service) judge(site *Site, sub *Submission, now time.Time) (*judged, error) {
	j := &judged{}
	for i, raw := range sub.Visits {
		log, err := raw.log(i)
		if err != nil {
			return nil, err
		}
		session, found := verify(s.keys.Session, raw.Session, site.Key, sub.Visitor, now)
		if found != plausible {
			j.findings.add(found)
			continue
		}
		if back := raw.backwards(); back > clockSlack {
			j.findings.add(timeBackwards, span(back))
		}
		j.add(lead.Visit{Session: session.ID, Start: session.Start, Log: log})
	}
	lead.SortVisits(j.visits)
	j.findings.weigh(site, j.visits, now)
	return j, nil
}

// log gives the visit's log, encoding raw signals as the engine would have.
func (v *RawVisit) log(i int) ([]byte, error) {
	if !v.HasSignals {
		if _, _, err := evidence.Check(v.Evidence); err != nil {
			return nil, &Fault{fmt.Sprintf("/visits/%d/evidence", i), "invalid_evidence", err.Error()}
		}
		return v.Evidence, nil
	}
	var log evidence.Log
	for k, signal := range v.Signals {
		if err := log.Append(signal.Kind, signal.Millis); err != nil {
			return nil, &Fault{fmt.Sprintf("/visits/%d/signals/%d", i, k), "invalid_signal", err.Error()}
		}
	}
	return slices.Clone(log.Bytes()), nil
}

// backwards gives by how much raw signals go back in time at most.
func (v *RawVisit) backwards() time.Duration {
	var latest, back uint32
	for _, s := range v.Signals {
		latest = max(latest, s.Millis)
		back = max(back, latest-s.Millis)
	}
	return time.Duration(back) * time.Millisecond
}

// add keeps the longer of two logs of one session, which must go on from the
// other.
func (j *judged) add(v lead.Visit) {
	for i := range j.visits {
		known := &j.visits[i]
		if known.Session != v.Session {
			continue
		}
		if len(v.Log) < len(known.Log) {
			*known, v = v, *known
		}
		if !evidence.Extends(v.Log, known.Log) {
			j.findings.add(logDiverges)
		}
		*known = v
		return
	}
	j.visits = append(j.visits, v)
}
