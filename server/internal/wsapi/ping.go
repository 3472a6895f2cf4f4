package wsapi

import (
	"context"
	"errors"
	"time"

	"github.com/gorilla/websocket"

	"assay/server/internal/auth"
)

// askWithin bounds the question whether somebody may still listen.
const askWithin = 2 * time.Second

var pingFrame = controlFrame(websocket.PingMessage, nil)

// maxUnanswered is how many pings a client may leave without a word. They are
// counted, and no time is: a store that answers late makes pings late, which is
// no silence of the client's.
const maxUnanswered = 2

// ping shows the client that the stream lives, cuts it off when it answered
// neither of the two before, and, where asks is true, looks whether it may still
// listen. It gives false when the store failed: whoever is next need not ask.
func (c *conn) ping(asks bool) bool {
	if c.pings.Add(1) > maxUnanswered {
		c.Stats.Silent.Add(1)
		_ = c.net.Close()
		return asks
	}
	if asks && c.sub != nil {
		ctx, cancel := context.WithTimeout(c.ctx, askWithin)
		defer cancel()
		who, err := c.Auth.Check(ctx, c.session)
		switch {
		case errors.Is(err, auth.ErrSignedOut):
			c.finish(SignIn, "sign in again")
			return true
		case err == nil && !who.Person.Role.MayListen():
			c.finish(NotAllowed, "not allowed")
			return true
		}
		asks = err == nil
	}
	if !c.ending() {
		c.say(outgoing{wire: pingFrame}, outgoing{kind: "ping", data: struct{}{}})
	}
	return asks
}
