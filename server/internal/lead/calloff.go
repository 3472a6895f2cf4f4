package lead

import "time"

// argEnds is the argument of an action by which it names another: the reminder
// or the snooze that it called off, or the objection that it took back.
const argEnds = "ends"

// callOff calls off alarms that people set, each on the record. Where none waits,
// nothing is done.
func (l *Lead) callOff(which func(Alarm) bool, d *Doing, r *Rater, now time.Time) error {
	for _, a := range l.Alarms {
		if which(a) {
			args := map[string]string{argEnds: a.Cause}
			if d.Text != "" {
				args["text"] = d.Text
			}
			l.record(d.Do, d.By, now, args)
		}
	}
	l.silence(which)
	return l.schedule(r)
}

// calledOff gives the action that called off what another one set; nil for none.
func (l *Lead) calledOff(id string) *Action {
	for i := range l.Actions {
		if l.Actions[i].Args[argEnds] == id {
			return &l.Actions[i]
		}
	}
	return nil
}

// heed takes over what was called off of a contact while it was part of a whole:
// a person wanted to hear no more of it.
func (l *Lead) heed(whole *Lead) {
	for i := range whole.Actions {
		a := &whole.Actions[i]
		if id := a.Args[argEnds]; id != "" && l.action(id) != nil && l.calledOff(id) == nil {
			args := map[string]string{argEnds: id}
			if a.Do == ActionStop { // why an objection was taken back
				args["text"] = a.Args["text"]
			}
			l.record(a.Do, a.By, a.At, args)
		}
	}
}

// action gives an action by its id, nil for an unknown one.
func (l *Lead) action(id string) *Action {
	for i := range l.Actions {
		if l.Actions[i].ID == id {
			return &l.Actions[i]
		}
	}
	return nil
}

// actor gives who did an action, empty for an unknown one.
func (l *Lead) actor(id string) string {
	if a := l.action(id); a != nil {
		return a.By
	}
	return ""
}

// Wrote gives the words of an action, or "" for an unknown one.
func (l *Lead) Wrote(action string) string {
	if a := l.action(action); a != nil {
		return a.Args["text"]
	}
	return ""
}
