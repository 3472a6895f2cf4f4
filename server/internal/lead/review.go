package lead

import "assay/shared/lifecycle"

// judges gives what the lifecycle makes of an action; ok is false where it makes
// nothing of it. Who reopens a held contact that is not out of the funnel has
// reviewed it: the gates seen so far hold it no longer (domain rule 6).
func (l *Lead) judges(do string) (kind lifecycle.Kind, ok bool) {
	kind, ok = judged[do]
	if kind == lifecycle.OnReopen && l.Hold != nil && l.State.Stage <= lifecycle.Prospect {
		kind = lifecycle.OnRelease
	}
	return kind, ok
}

// reviewed ends the hold that an action has dealt with. Suspect evidence that a
// person took out of junk still counts for nothing, but nobody has to look again.
func (l *Lead) reviewed(kind lifecycle.Kind) {
	if kind == lifecycle.OnRelease || kind == lifecycle.OnReopen && l.Verdict == Suspect {
		l.stand(func(st *Standing) { st.Hold = nil })
	}
}
