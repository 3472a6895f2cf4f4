package lead

import (
	"slices"
	"time"
)

// AlertPolicy says when a lead's movement is worth a message. A model carries it.
type AlertPolicy struct {
	Kinds []string      // kinds of alert that are sent, ascending; a quiet hand_raise always is
	Rearm uint8         // points that engagement must fall by before a crossing alerts again
	Quiet time.Duration // after an alert for an ask, in which no other ask alerts quietly; and after one that a lead heated up, in which no other does
}

// Sends reports whether alerts of a kind go out. An explicit ask always reaches
// somebody, whatever a model leaves out (domain rule 16).
func (p *AlertPolicy) Sends(kind string) bool {
	return kind == KindHandRaise || slices.Contains(p.Kinds, kind)
}
