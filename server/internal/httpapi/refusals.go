package httpapi

import (
	"errors"
	"net/http"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

// refusal gives the answer to an action that cannot be done, one of 4xx; nil for
// any other fault.
func refusal(err error) *Problem {
	switch {
	case errors.Is(err, desk.ErrClaimed):
		return problem(http.StatusConflict, "already_claimed", "Somebody else has this lead.")
	case errors.Is(err, desk.ErrNotOwner):
		return problem(http.StatusConflict, "not_owner", "Only its owner or an admin can release a lead, and only its owner, an admin or a marketer can give it to somebody.")
	case errors.Is(err, lead.ErrAdmin):
		return forbidden("Only a person who is an admin takes an objection back.")
	case errors.Is(err, desk.ErrTaken):
		return problem(http.StatusConflict, "already_there", "Another lead has this mail address: merge the two if they are one person.")
	case errors.Is(err, desk.ErrOther):
		return invalidAction(Fault{"/other", "unknown_lead", "want the id of another lead in your site"})
	case errors.Is(err, lead.ErrSame):
		return invalidAction(Fault{"/other", "same_lead", "want the id of another lead than this one"})
	case errors.Is(err, lead.ErrApart):
		return problem(http.StatusConflict, "not_merged", "The other lead is not part of this one.")
	case errors.Is(err, lead.ErrSample):
		return problem(http.StatusConflict, "sample", "A sample and a real lead stay apart: samples are removed together.")
	case errors.Is(err, lead.ErrLong): // which is an ErrMany
		return problem(http.StatusConflict, "too_many_touches", "This lead, or one that belongs to it or would, has more than 1000 touches, too many to put it together anew. Nothing was changed: leave it as it is.")
	case errors.Is(err, lead.ErrMany):
		return problem(http.StatusConflict, "too_many_members", "A lead holds at most 50 merged ones. Nothing was changed: unmerge one first.")
	}
	return misplaced(err)
}

// misplaced gives the answer to an action that the lifecycle, or the lead's
// record, refuses. What it does not know by name is refused all the same.
func misplaced(err error) *Problem {
	var other lifecycle.Refusal
	switch {
	case errors.Is(err, lifecycle.ErrMove):
		return problem(http.StatusConflict, "no_such_move", "This cannot be done with a lead at its stage.")
	case errors.Is(err, lifecycle.ErrTheirs):
		return problem(http.StatusConflict, "decided", "Another person's decision stands; that person or an admin can change it.")
	case errors.Is(err, lifecycle.ErrNothing):
		return problem(http.StatusConflict, "not_decided", "No decision stands that could be released.")
	case errors.Is(err, lifecycle.ErrTalk):
		return problem(http.StatusConflict, "no_conversation", "The site wants a two-way conversation first: record one with converse.")
	case errors.Is(err, lifecycle.ErrReason):
		return invalidAction(Fault{"/reason", "unknown_value", "want a reason code"})
	case errors.Is(err, lead.ErrFull):
		return problem(http.StatusConflict, "too_many_actions", "The lead has 1000 conversations, notes, answers, reminders and terms of its deal, or 1000 corrected values, and keeps no more. Write further ones where your deals are kept; what needs no words can still be done.")
	case errors.Is(err, lead.ErrOften):
		return problem(http.StatusConflict, "too_many_actions", "The lead was snoozed, released, handed on, pinned and its deal changed 1000 times in all. It can still be claimed, decided on and written on, and an admin or a marketer can still give it to somebody.")
	case errors.Is(err, lead.ErrWaiting):
		return problem(http.StatusConflict, "too_many_reminders", "20 reminders wait on this lead. Take one back or put one off instead, or set this one when one was told.")
	case errors.Is(err, lead.ErrPast):
		return invalidAction(Fault{"/at", "in_past", "want a time to come"})
	case errors.Is(err, lead.ErrPastSnooze):
		return invalidAction(Fault{"/until", "in_past", "want a time to come"})
	case errors.Is(err, lead.ErrCalledOff):
		return problem(http.StatusConflict, "reminder_changed", "Somebody has put this reminder off, or taken it back, meanwhile.")
	case errors.Is(err, lead.ErrReminder):
		return invalidAction(Fault{"/reminder", "unknown_reminder", "want the id of one of the lead's reminders"})
	case errors.Is(err, lead.ErrRequest):
		return invalidAction(Fault{"/request", "reused", "want a request id that was not given to another action"})
	case errors.Is(err, lead.ErrAct), errors.As(err, &other):
		return invalidAction(Fault{"/action", "not_possible", "want an action that can be done with this lead"})
	}
	return nil
}

func invalidAction(faults ...Fault) *Problem {
	return problem(http.StatusUnprocessableEntity, "invalid_request", "Nothing was changed: a member is wrong.").with(faults...)
}
