package lead

import (
	"time"

	"assay/shared/lifecycle"
	"assay/shared/score"
)

// Heat says whether a prospect that becomes hot is news.
type Heat struct {
	Peak uint8     `json:"peak"`        // highest engagement since reps knew it hot; 0: it is news
	At   time.Time `json:"at,omitzero"` // of the newest alert that it heated up
}

// cooled notes, before new evidence counts, how far engagement has fallen since
// reps knew the contact hot: far enough, and a crossing is news again. It
// reports whether the contact is hot without the new evidence.
func (l *Lead) cooled(r *Rater, now time.Time) (hot bool, err error) {
	if l.Stage != lifecycle.Prospect.String() || l.Verdict == Suspect {
		return false, nil
	}
	s, err := r.Rate(l, now)
	if err != nil {
		return false, err
	}
	if peak := l.Heat.Peak; peak > 0 && int(s.Engagement)+int(r.Alerts.Rearm) <= int(peak) {
		l.stand(func(st *Standing) { st.Heat.Peak = 0 })
	}
	return s.Band == score.Hot, nil
}

// heated reports whether new evidence took a prospect up into hot, for the first
// time or again after it had cooled, and not so soon after another alert of it.
func (l *Lead) heated(before Standing, hot bool, s *score.Result, r *Rater, now time.Time) bool {
	news := s.Band == score.Hot && !hot && l.Heat.Peak == 0 && before.State.Stage == lifecycle.Prospect &&
		l.State.Stage == lifecycle.Prospect && now.Sub(l.Heat.At) >= r.Alerts.Quiet && r.Alerts.Sends(KindHeated)
	if s.Band == score.Hot || l.Heat.Peak > 0 {
		l.stand(func(st *Standing) { st.Heat.Peak = max(st.Heat.Peak, s.Engagement) })
	}
	return news && !l.Sample && !l.hushed(now)
}
