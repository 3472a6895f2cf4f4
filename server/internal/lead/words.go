package lead

import "strings"

// writes reports whether a person is about to write something that the lead keeps,
// which MaxNotes bounds. Nothing is ever deleted from a history, so that a reminder
// counts each time that it is put off. What needs no words is possible still.
func (d *Doing) writes() bool {
	switch d.Do {
	case ActionConverse, ActionAnswer, ActionNote:
		return true
	case ActionRemind:
		return !d.At.IsZero() || d.Text != ""
	case ActionOpen, ActionUpdate:
		return d.Deal["terms"] != ""
	}
	return false
}

// writes reports the same of what a person did.
func (a *Action) writes() bool {
	switch a.Do {
	case ActionConverse, ActionAnswer, ActionNote:
		return true
	case ActionRemind:
		return a.reminds() || a.Args["text"] != ""
	case ActionOpen, ActionUpdate:
		return a.Args["terms"] != ""
	}
	return false
}

// written gives how much people wrote on the lead.
func (l *Lead) written() (n int) {
	for i := range l.Actions {
		if l.Actions[i].writes() {
			n++
		}
	}
	return n
}

// corrected gives how many values people replaced in the profile.
func (l *Lead) corrected() (n int) {
	for i := range l.Actions {
		if l.Actions[i].Do == ActionCorrect {
			n += replaces(l.Actions[i].Args)
		}
	}
	return n
}

// replaces gives how many values a correction replaces.
func replaces(args map[string]string) (n int) {
	for name := range args {
		if strings.HasPrefix(name, WasPrefix) {
			n++
		}
	}
	return n
}
