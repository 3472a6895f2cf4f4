package intake

import (
	"fmt"
	"slices"
	"time"

	"assay/server/internal/lead"
	"assay/shared/evidence"
)

// slack is how much a browser's clock may run ahead of ours in one session.
const slack = 5 * time.Second

// hasty is how soon after its session's start a typed submit is no person's.
const hasty = 2 * time.Second

// judged is a submission's evidence after its sessions were checked.
type judged struct {
	visits   []lead.Visit
	findings []string // why evidence was left out, or is not plausible
	suspect  bool
}

func (j *judged) find(code string, suspect bool) {
	if !slices.Contains(j.findings, code) {
		j.findings = append(j.findings, code)
	}
	j.suspect = j.suspect || suspect
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
		session, finding := verify(s.keys.Session, raw.Session, site.Key, sub.Visitor, now)
		if finding != "" {
			j.find(finding, false)
			continue
		}
		j.plausible(site, session, log, now)
		j.add(lead.Visit{Session: session.ID, Start: session.Start, Log: log})
	}
	lead.SortVisits(j.visits)
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

// add keeps the longer of two logs of one session.
func (j *judged) add(v lead.Visit) {
	for i := range j.visits {
		if j.visits[i].Session == v.Session {
			if len(v.Log) > len(j.visits[i].Log) {
				j.visits[i] = v
			}
			return
		}
	}
	j.visits = append(j.visits, v)
}

// plausible asks what a person and a clock allow.
func (j *judged) plausible(site *Site, session session, log []byte, now time.Time) {
	open := now.Sub(time.Unix(session.Start, 0))
	var r evidence.Reader
	var last uint32
	typed, early, filled := 0, 0, 0
	submitted := time.Duration(-1)
	r.Read(log)
	for {
		s, ok := r.Next()
		if !ok {
			break
		}
		last = s.Millis
		switch {
		case s.Kind == evidence.AutomationMarked && !site.AllowAutomation:
			j.find("automation", true)
		case s.Kind == evidence.FieldAutofilled || s.Kind == evidence.FieldPasted:
			filled++
		case s.Kind == evidence.FieldAnswered || s.Kind == evidence.OptionalAnswered || s.Kind == evidence.FieldCorrected:
			typed++
			if s.Millis == 0 {
				early++ // typed before the boot answer, for who knows how long
			}
		case s.Kind >= evidence.AskSubmitted && s.Kind <= evidence.FormSubmitted && submitted < 0:
			submitted = time.Duration(s.Millis) * time.Millisecond
		}
	}
	if time.Duration(last)*time.Millisecond > open+slack {
		j.find("longer_than_session", true)
	}
	if (submitted >= 0 && submitted < hasty || open < hasty) && typed > filled && early == 0 {
		j.find("too_fast", true)
	}
}
