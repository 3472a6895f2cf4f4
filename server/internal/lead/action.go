package lead

import (
	"strconv"
	"time"
)

// Actions of people, by their names in the API.
const (
	ActionClaim   = "claim"
	ActionRelease = "release"
	ActionMerge   = "merge"
	ActionUnmerge = "unmerge"
)

// Action is something that a person did with a lead. Together with touches,
// actions are the record that a lead is rebuilt from; none is ever changed.
type Action struct {
	ID   string            `json:"id"`
	Do   string            `json:"action"` // the API's name of it
	By   string            `json:"by"`     // a person's id
	At   time.Time         `json:"at"`
	Args map[string]string `json:"args,omitempty"`
	Of   string            `json:"of,omitempty"` // the member that it was done with before the merge
}

// record keeps what a person did. Time never goes backwards in the record,
// although the clocks of two servers may.
func (l *Lead) record(do, by string, now time.Time, args map[string]string) {
	if n := len(l.Actions); n > 0 && l.Actions[n-1].At.After(now) {
		now = l.Actions[n-1].At
	}
	id := eventID(l.ID, "action", strconv.FormatInt(l.Rev, 10), strconv.Itoa(len(l.Actions)))
	l.Actions = append(l.Actions, Action{ID: id, Do: do, By: by, At: now.UTC(), Args: args})
}

// ownerOf gives who has a lead after some actions: who claims it first has it
// until it is released.
func ownerOf(actions []Action) string {
	owner := ""
	for _, a := range actions {
		switch {
		case a.Do == ActionClaim && owner == "":
			owner = a.By
		case a.Do == ActionRelease && owner == a.Args["owner"]:
			owner = ""
		}
	}
	return owner
}
