package lifecycle

// Refusal is why an act makes no sense from where a contact stands. A refused
// act changes nothing.
type Refusal uint8

// The refusals.
const (
	ErrEvent   Refusal = iota + 1 // no such kind of event, policy or state
	ErrMove                       // no such move from this stage
	ErrReason                     // the act needs one of Codes
	ErrTheirs                     // another person's decision stands
	ErrNothing                    // no decision to release
	ErrTalk                       // the confirmed policy wants a conversation first
	ErrTarget                     // nobody can be brought to that stage
)

// Error implements the error interface.
func (r Refusal) Error() string {
	switch r {
	case ErrMove:
		return "lifecycle: no such move from this stage"
	case ErrReason:
		return "lifecycle: give a reason code"
	case ErrTheirs:
		return "lifecycle: another person's decision stands; that person or an admin can change it"
	case ErrNothing:
		return "lifecycle: no decision to release"
	case ErrTalk:
		return "lifecycle: record a two-way conversation first"
	case ErrTarget:
		return "lifecycle: nobody can be brought to that stage"
	}
	return "lifecycle: malformed event, policy or state"
}
