package lead

import (
	"strconv"
	"time"
)

// What a Change tells.
const (
	ChangeClaimed  = "claimed" // it has another owner now, whoever made them so
	ChangeReleased = "released"
	ChangeMoved    = "moved"
)

// Claim gives the lead an owner if it has none, and tells everybody. It
// reports whether the person has the lead after the call; claiming one's own
// changes nothing.
func (l *Lead) Claim(person string, now time.Time) (changed, mine bool) {
	if l.Owner != "" {
		return false, l.Owner == person
	}
	l.give(person, now)
	l.record(ActionClaim, person, now, nil)
	l.tell(ChangeClaimed, now)
	return true, true
}

// Assign gives the lead to a person, by another or the same, and tells
// everybody. It reports false when that person has it already.
func (l *Lead) Assign(owner, by string, now time.Time) bool {
	if l.Owner == owner {
		return false
	}
	l.give(owner, now)
	l.record(ActionAssign, by, now, map[string]string{"owner": owner})
	l.tell(ChangeClaimed, now)
	return true
}

// give gives the lead an owner, whom nobody needs to be told to look for.
func (l *Lead) give(person string, now time.Time) {
	l.Owner = person
	l.calm()
	l.roused(now)
}

// Release takes the lead from its owner, by whoever does it, and tells
// everybody. It reports false when it has none.
func (l *Lead) Release(person string, now time.Time) bool {
	if l.Owner == "" {
		return false
	}
	l.record(ActionRelease, person, now, map[string]string{"owner": l.Owner})
	l.Owner = ""
	l.roused(now)
	l.tell(ChangeReleased, now)
	return true
}

// ownerOf gives who has a lead after some actions: who claims it first has it
// until it is released, or given to somebody else.
func ownerOf(actions []Action) string {
	owner := ""
	for _, a := range actions {
		switch {
		case a.Do == ActionClaim && owner == "":
			owner = a.By
		case a.Do == ActionAssign:
			owner = a.Args["owner"]
		case a.Do == ActionRelease && owner == a.Args["owner"]:
			owner = ""
		}
	}
	return owner
}

// stands reports whether a contact came to stand elsewhere than it did before.
func (l *Lead) stands(before *Standing) bool {
	return l.Stage != before.Stage || l.State.Decision != before.State.Decision || l.Nurturing != before.Nurturing
}

// tell puts a change into the outbox. Nobody waits for where a sample moves by
// itself; who has one is told like any other, so that the demo is live.
func (l *Lead) tell(what string, now time.Time) {
	if l.Sample && what == ChangeMoved {
		return
	}
	id := eventID(l.ID, what, strconv.FormatInt(l.Rev, 10))
	l.Outbox = append(l.Outbox, Event{ID: id, Type: TypeLead, Lead: l.ID, At: now,
		Change: &Change{What: what, Owner: l.Owner, Stage: l.Stage, Grade: l.Cell.Grade, Band: l.Cell.Band}})
}
