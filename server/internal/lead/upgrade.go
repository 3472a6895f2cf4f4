package lead

import (
	"encoding/json"
	"slices"
	"time"

	"assay/shared/lifecycle"
	"assay/shared/profile"
	"assay/shared/score"
)

// Read decodes a stored contact, whose profile may stand apart from the rest.
// One that was written before contacts had a state, stamps and actions gets
// those that its record tells.
func Read(doc, profile []byte) (*Lead, error) {
	l := new(Lead)
	l.State.Stage = lifecycle.Stages // stays where the document has no state
	if err := json.Unmarshal(doc, l); err != nil {
		return nil, err
	}
	if len(profile) > 0 {
		if err := json.Unmarshal(profile, &l.Profile); err != nil {
			return nil, err
		}
	}
	if l.State.Stage != lifecycle.Stages {
		return l, nil
	}
	var old struct {
		SourceAt time.Time `json:"source_at"`
	}
	if err := json.Unmarshal(doc, &old); err != nil {
		return nil, err
	}
	l.upgrade(old.SourceAt)
	return l, nil
}

// upgrade derives what a contact without a state lacks, and makes it due.
func (l *Lead) upgrade(source time.Time) {
	for i := range l.Touches {
		if ref := &l.Touches[i]; ref.Received.IsZero() {
			ref.Received = ref.At
		}
	}
	l.set(l.oldState())
	if l.State.Stage == lifecycle.Prospect && l.Cell.Band == score.Hot.String() {
		l.Heat.Peak = l.Cell.Engagement // reps were told of it as it is
	}
	l.Stamps = l.oldStamps(source)
	if l.Owner != "" {
		l.Actions = []Action{{ID: eventID(l.ID, ActionClaim, l.Owner), Do: ActionClaim, By: l.Owner, At: l.LastSeen.UTC()}}
	}
	if l.Verdict != Suspect {
		l.NextChange = l.LastSeen
	}
}

// oldState is what stage, history and score tell of the state.
func (l *Lead) oldState() lifecycle.State {
	stage, _ := lifecycle.StageOf(l.Stage)
	since := l.FirstSeen
	var before lifecycle.Stage
	if n := len(l.Transitions); n > 0 {
		since = l.Transitions[n-1].At
		if stage == lifecycle.Disqualified || stage == lifecycle.Junk {
			before, _ = lifecycle.StageOf(l.Transitions[n-1].From)
		}
	}
	s := lifecycle.State{Stage: stage, Since: since.Unix(), At: max(since.Unix(), l.LastSeen.Unix()), Touched: l.LastSeen.Unix(),
		Before: before, Nurturing: l.Nurturing, Asked: profile.Forms(l.Forms)&profile.HandRaise != 0,
		Seen: lifecycle.Cell{Fit: l.Cell.Fit, Level: l.Cell.Level}}
	if l.Nurturing {
		s.NurturedAt, s.Coldest = s.At, l.Cell.Level
	}
	return s
}

// oldStamps say that the newest touch told all facts, and the oldest the source.
func (l *Lead) oldStamps(source time.Time) Stamps {
	if source.IsZero() {
		source = l.FirstSeen
	}
	st := Stamps{Newest: Stamp{At: l.LastSeen}, Source: Stamp{At: source}}
	if len(l.Touches) > 0 {
		byTime := func(a, b TouchRef) int { return a.At.Compare(b.At) }
		st.Newest.Touch = slices.MaxFunc(l.Touches, byTime).ID
		st.Source.Touch = slices.MinFunc(l.Touches, byTime).ID
	}
	said := Stamp{At: l.Said, Touch: st.Newest.Touch}
	st.Profile, st.Answers = stampAll(l.Profile, said), stampAll(l.Answers, said)
	return st
}

// stampAll says of every value that one touch told it.
func stampAll(values map[string]string, s Stamp) map[string]Stamp {
	stamps := make(map[string]Stamp, len(values))
	for name := range values {
		stamps[name] = s
	}
	return stamps
}
