package lead

import (
	"maps"
	"strconv"
	"time"

	"assay/shared/model"
	"assay/shared/score"
)

// Actions of people that a lead is rebuilt from, by their names in the API.
const (
	ActionClaim    = "claim"
	ActionRelease  = "release"
	ActionMerge    = "merge"
	ActionUnmerge  = "unmerge"
	ActionAssign   = "assign"
	ActionConverse = "converse"
	ActionAnswer   = "answer"
	ActionNote     = "note"
	ActionRemind   = "remind"
	ActionSnooze   = "snooze"
	ActionOpen     = "open_opportunity"
	ActionUpdate   = "update_opportunity"
	ActionStop     = "stop_scoring"
	ActionAdd      = "add"
	ActionCorrect  = "correct"
	actionPin      = "pin"
)

// Action is something that a person did with a lead. Together with touches,
// actions are the record that a lead is rebuilt from; none is ever changed.
type Action struct {
	ID   string            `json:"id"`
	Do   string            `json:"action"` // the API's name of it
	By   string            `json:"by"`     // a person's id
	At   time.Time         `json:"at"`
	Args map[string]string `json:"args,omitempty"` // as the API names them
	Of   string            `json:"of,omitempty"`   // the member that it was done with before the merge
	// Request is the caller's id of it, by which a repeat is recognised.
	Request string `json:"request,omitempty"`
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

// args are the members of an action that its record keeps.
func (d *Doing) args(now time.Time) map[string]string {
	args := map[string]string{}
	maps.Copy(args, d.Deal)
	if why := d.Reason.String(); why != "" {
		args["reason"] = why
	}
	if d.Text != "" {
		args["text"] = d.Text
	}
	switch d.Do {
	case ActionConverse:
		at := d.At
		if at.IsZero() || at.After(now) {
			at = now
		}
		args["channel"], args["outcome"], args["at"] = d.Channel, d.Outcome.String(), at.UTC().Format(time.RFC3339Nano)
	case ActionRemind:
		args["at"] = d.At.UTC().Format(time.RFC3339Nano)
	case ActionSnooze:
		args["until"] = d.At.UTC().Format(time.RFC3339Nano)
	case ActionAnswer:
		args["criterion"], args["state"] = CriterionNames[d.Criterion], StateNames[d.State]
	}
	if len(args) == 0 {
		return nil
	}
	return args
}

// CriterionNames are the criteria by their names in the API, in the engine's order.
var CriterionNames = [model.Criteria]string{"need", "budget", "authority", "timing", "interest"}

// StateNames are the states of a criterion by their names in the API.
var StateNames = [...]string{score.Unknown: "unknown", score.Met: "met", score.Partly: "partly", score.Unmet: "unmet"}

// Told gives what people were told of each criterion, and the newest action
// that says so; an unknown one is nobody's.
func (l *Lead) Told() (states [model.Criteria]score.State, by [model.Criteria]*Action) {
	for i := range l.Actions {
		a := &l.Actions[i]
		if a.Do != ActionAnswer {
			continue
		}
		for c, name := range CriterionNames {
			if name != a.Args["criterion"] {
				continue
			}
			for s, text := range StateNames {
				if text == a.Args["state"] {
					states[c], by[c] = score.State(s), a
				}
			}
		}
	}
	return states, by
}
