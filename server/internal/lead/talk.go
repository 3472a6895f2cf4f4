package lead

import "time"

// ChannelNote is the channel of what a person wrote down without talking to
// anybody.
const ChannelNote = "note"

// Conversation is a talk with the contact, the attempt at one, or a note.
type Conversation struct {
	ID      string    `json:"id"`
	Channel string    `json:"channel"` // one of Channels, or ChannelNote
	Outcome string    `json:"outcome"` // of lifecycle.Outcome; empty for a note
	At      time.Time `json:"at"`      // when it was
	By      string    `json:"by"`      // a person's id
	Text    string    `json:"text"`
}

// Conversations gives the recorded ones in the order in which they were recorded.
func (l *Lead) Conversations() []Conversation {
	talks := []Conversation{}
	for _, a := range l.Actions {
		switch a.Do {
		case ActionConverse:
			talks = append(talks, Conversation{ID: a.ID, Channel: a.Args["channel"], Outcome: a.Args["outcome"], At: instant(a.Args["at"]), By: a.By, Text: a.Args["text"]})
		case ActionNote:
			talks = append(talks, Conversation{ID: a.ID, Channel: ChannelNote, At: a.At, By: a.By, Text: a.Args["text"]})
		}
	}
	return talks
}

// instant reads one that args wrote.
func instant(text string) time.Time {
	at, _ := time.Parse(time.RFC3339Nano, text)
	return at
}
