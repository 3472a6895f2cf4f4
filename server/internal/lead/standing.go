package lead

import (
	"time"

	"assay/shared/lifecycle"
)

// Standing is what became of a contact so far, which no replay of its evidence
// can tell: models change, and what reps were told stays told.
type Standing struct {
	Stage     string    `json:"stage"`
	Nurturing bool      `json:"nurturing"`
	Decided   time.Time `json:"decided,omitzero"`    // when a person last decided the stage
	AlertedAt time.Time `json:"alerted_at,omitzero"` // of the newest alert, for the quiet period
	Hold      *Hold     `json:"hold,omitempty"`
}

// stand changes the standing. A survivor keeps what happens to it after a merge.
func (l *Lead) stand(change func(*Standing)) {
	change(&l.Standing)
	if l.Own != nil {
		change(l.Own)
	}
}

// own is the standing without what came from members.
func (l *Lead) own() Standing {
	if l.Own != nil {
		return *l.Own
	}
	return l.Standing
}

// same reports whether nothing happened between two standings.
func (a Standing) same(b Standing) bool {
	return a.Stage == b.Stage && a.Nurturing == b.Nurturing && a.Decided.Equal(b.Decided) && a.AlertedAt.Equal(b.AlertedAt)
}

// join gives the standing of two records that are one person's: the stage that
// a person decided last, else the one further on; the newest alert of both. It
// is the same whichever comes first, and however many are joined.
func (a Standing) join(b Standing) Standing {
	if b.outweighs(a) {
		a, b = b, a
	}
	if b.AlertedAt.After(a.AlertedAt) {
		a.AlertedAt = b.AlertedAt
	}
	a.Nurturing = a.Nurturing && b.Nurturing
	return a
}

func (a Standing) outweighs(b Standing) bool {
	if by := a.Decided.Compare(b.Decided); by != 0 {
		return by > 0
	}
	return rank(a.Stage) > rank(b.Stage)
}

// rank orders stages for a join: junk is nothing, and what is decided outweighs
// all that rules made of it.
func rank(stage string) int {
	if stage == lifecycle.Junk.String() {
		return -1
	}
	s, _ := lifecycle.StageOf(stage)
	return int(s)
}
