package transfer

import (
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
	"assay/shared/evidence"
)

// Subject is all that is held on one person, as they may ask for it (domain rule
// 31).
type Subject struct {
	ExportedAt time.Time      `json:"exported_at"`
	Lead       *desk.Detail   `json:"lead"`
	Actions    []lead.Action  `json:"actions"`  // what people did with the lead
	Visitors   []string       `json:"visitors"` // ids of browsers
	Touches    []SubjectTouch `json:"touches"`
	Leaves     []*lead.Leave  `json:"leaves"` // forms that were left in their browsers
}

// SubjectTouch is a touch as it was stored, its evidence in words.
type SubjectTouch struct {
	*lead.Touch
	Visits []SubjectVisit `json:"visits"`
}

// SubjectVisit is what was done in one visit.
type SubjectVisit struct {
	Session string    `json:"session"`
	Start   time.Time `json:"start"`
	Signals []Signal  `json:"signals"`
}

// Signal is one thing that was done.
type Signal struct {
	Signal string `json:"signal"`
	Millis uint32 `json:"ms"` // after the start of the visit
}

// SubjectOf gives a record, and the forms left, as their person may have them.
func SubjectOf(rec *desk.Record, left []*lead.Leave, now time.Time) *Subject {
	s := &Subject{ExportedAt: now.UTC(), Lead: rec.Lead, Actions: append([]lead.Action{}, rec.Actions...),
		Visitors: append([]string{}, rec.Visitors...), Touches: []SubjectTouch{}, Leaves: append([]*lead.Leave{}, left...)}
	for _, t := range rec.Touches {
		st := SubjectTouch{Touch: t, Visits: []SubjectVisit{}}
		for _, v := range t.Visits {
			st.Visits = append(st.Visits, SubjectVisit{v.Session, time.Unix(v.Start, 0).UTC(), signals(v.Log)})
		}
		s.Touches = append(s.Touches, st)
	}
	return s
}

// signals gives a log in words. Of one that cannot be read, what comes before.
func signals(log []byte) []Signal {
	list := []Signal{}
	var r evidence.Reader
	r.Read(log)
	for {
		s, ok := r.Next()
		if !ok {
			return list
		}
		list = append(list, Signal{s.Kind.String(), s.Millis})
	}
}
