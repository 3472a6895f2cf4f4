package desk

import (
	"errors"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

// Refusals of an action; the lead as it stands comes with them.
var (
	ErrClaimed  = errors.New("desk: somebody else has this lead")
	ErrNotOwner = errors.New("desk: only its owner or an admin can release a lead")
	ErrOther    = errors.New("desk: there is no other lead with this id")
	ErrTaken    = errors.New("desk: another lead has this mail address")
)

// Refusals are all of them but those of the lifecycle.
var Refusals = [...]error{ErrClaimed, ErrNotOwner, ErrOther,
	lead.ErrSame, lead.ErrApart, lead.ErrSample, lead.ErrLong, lead.ErrMany, lead.ErrFull, lead.ErrOften, lead.ErrWaiting, lead.ErrAct, lead.ErrPast, lead.ErrPastSnooze,
	lead.ErrReminder, lead.ErrCalledOff, lead.ErrAdmin, lead.ErrRequest, ErrTaken}

// asRefusal tells what an action must not do from what went wrong.
func asRefusal(err error) error {
	var stage lifecycle.Refusal
	if errors.As(err, &stage) {
		return stage
	}
	for _, r := range Refusals {
		if errors.Is(err, r) {
			return r
		}
	}
	return nil
}
