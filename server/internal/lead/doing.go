package lead

import (
	"errors"
	"time"

	"assay/shared/lifecycle"
	"assay/shared/model"
	"assay/shared/score"
)

// Bounds of what people write on one lead, and of what they do with it again and
// again. What they decide is never refused for want of room.
const (
	MaxNotes     = 1000 // conversations, notes, answers, reminders with those that were put off, and terms of deals
	MaxTurns     = 1000 // snoozes, changes of a deal without words, releases, hand-overs and pins
	MaxReminders = 20   // that wait
	MaxCorrected = 1000 // values that people replaced in the profile
	MaxText      = 2000 // characters of one text
	maxRequests  = 100  // newest actions whose request is known again
)

// Faults of an action; those of the lifecycle are lifecycle.Refusal.
var (
	// ErrFull: the lead keeps no more of what people write (MaxNotes), or no more
	// corrections (MaxCorrected).
	ErrFull = errors.New("lead: too much that people wrote")
	// ErrOften: the lead was snoozed, handed on, pinned and its deal changed as often
	// as it can (MaxTurns).
	ErrOften = errors.New("lead: too often snoozed, handed on, pinned or changed")
	// ErrWaiting: as many reminders wait as can (MaxReminders).
	ErrWaiting = errors.New("lead: too many reminders wait")
	// ErrAct: this is nothing that a person can do, or the text is too long.
	ErrAct = errors.New("lead: no such action")
	// ErrPast: a reminder is for an instant to come.
	ErrPast = errors.New("lead: the instant of the reminder has passed")
	// ErrPastSnooze: a snooze is until an instant to come.
	ErrPastSnooze = errors.New("lead: the end of the snooze has passed")
	// ErrReminder: no reminder of the lead has this id.
	ErrReminder = errors.New("lead: no such reminder")
	// ErrCalledOff: somebody has put the reminder off, or taken it back, meanwhile.
	ErrCalledOff = errors.New("lead: the reminder was put off or taken back")
	// ErrAdmin: only a person who is an admin takes an objection back.
	ErrAdmin = errors.New("lead: only an admin takes an objection back")
	// ErrRequest: the request's id stands for another action.
	ErrRequest = errors.New("lead: this request was another action")
)

// Doing is something that a person is about to do with a lead.
type Doing struct {
	Do        string              // Actions has the names
	By        string              // a person's id
	Program   bool                // By is a program: nobody to alert
	Request   string              // the caller's id of it: a repeat changes nothing; empty: none
	Admin     bool                // the person may change what others decided
	Assigns   bool                // the person may give leads to people, whoever has them
	Owner     string              // of assign: a person's id
	From      *string             // of assign: who must have the lead; nil: whoever has it
	Other     string              // of merge and unmerge: the other lead's id
	Reason    lifecycle.Reason    // of reject, disqualify and lose
	Channel   string              // of converse: one of Channels
	Outcome   lifecycle.Outcome   // of converse
	At        time.Time           // of converse: when it was, zero for now; of remind and snooze: until when, zero to call off
	Reminder  string              // of remind: the id of one to put off or call off; empty: a new one, or all of By's own
	Criterion model.CriterionName // of answer
	State     score.State         // of answer; Unknown takes an earlier one back
	Undo      bool                // of stop_scoring: take back what was objected (Unobject)
	Text      string              // of converse, note, remind, answer and an undo, in the person's words
	Deal      map[string]string   // of open_opportunity and update_opportunity: what is said of the deal, by Terms
	Profile   map[string]string   // of add and correct: by field; an empty text takes it away
}

// Channels are the ways to talk with a contact.
var Channels = []string{"call", "mail", "meeting", "chat"}

// judged are the actions that the lifecycle judges, by their name in the API.
var judged = map[string]lifecycle.Kind{
	"accept": lifecycle.OnAccept, "reject": lifecycle.OnReject, "disqualify": lifecycle.OnDisqualify,
	"reopen": lifecycle.OnReopen, actionPin: lifecycle.OnPin, "unpin": lifecycle.OnUnpin, "nurture": lifecycle.OnNurture,
	ActionConverse: lifecycle.OnConverse, ActionOpen: lifecycle.OnOpen, "win": lifecycle.OnWin, "lose": lifecycle.OnLose,
}

// others are the actions that it does not.
var others = map[string]func(l *Lead, d *Doing, r *Rater, now time.Time) error{
	ActionAnswer: (*Lead).answer, ActionNote: (*Lead).note, ActionRemind: (*Lead).remind, ActionSnooze: (*Lead).snooze,
	ActionUpdate: (*Lead).updateDeal, ActionStop: (*Lead).object, ActionCorrect: (*Lead).correct,
}

// Requested reports whether a person's request was carried out already: ErrRequest
// when it was another action.
func (l *Lead) Requested(d *Doing) (done bool, err error) {
	if d.Request == "" {
		return false, nil
	}
	known := 0
	for i := len(l.Actions) - 1; i >= 0 && known < maxRequests; i-- {
		a := &l.Actions[i]
		if a.Request == "" {
			continue
		}
		known++
		if a.Request == d.Request && a.By == d.By {
			if a.Do != d.Do {
				err = ErrRequest
			}
			return true, err
		}
	}
	return false, nil
}

// Request notes the request by which the newest action came.
func (l *Lead) Request(d *Doing) {
	if n := len(l.Actions); n > 0 {
		l.Actions[n-1].Request = d.Request
	}
}
