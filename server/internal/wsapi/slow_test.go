package wsapi_test

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"assay/server/internal/apptest"
)

// narrow connects with as small a window as the system gives, so that little is
// on its way to a client that does not read.
func narrow(network, addr string) (net.Conn, error) {
	c, err := net.Dial(network, addr)
	if err == nil {
		err = c.(*net.TCPConn).SetReadBuffer(4 << 10)
	}
	return c, err
}

func TestAReaderWhoIsTooSlowIsClosedAndResumes(t *testing.T) {
	s := apptest.Start(t)
	rep, quick := s.SignedIn("rep@demo.test"), s.SignedIn("rep2@demo.test")
	rep.NetDial = narrow
	slow, other := rep.Stream(""), quick.Stream("")
	slow.Next()
	other.Next()
	const total = 70 // of 10 KB: more than the queue and both kernel buffers hold
	for i := range total {
		touch := apptest.Submit(fmt.Sprintf("t%d", i))
		profile := touch["profile"].(map[string]any)
		for _, field := range []string{"name", "company", "role", "phone", "country"} {
			profile[field] = strings.Repeat("x", 1990)
		}
		s.Client().Send(touch)
		if m := other.Next(); m.Cursor != int64(i)+1 {
			t.Fatalf("the quick reader got %d, want %d", m.Cursor, i+1)
		}
	}
	seen := int64(0)
	for {
		_ = slow.SetReadDeadline(time.Now().Add(20 * time.Second))
		var m apptest.Message
		err := slow.ReadJSON(&m)
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			if closed.Code != 4008 {
				t.Errorf("code %d", closed.Code)
			}
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if m.Cursor != seen+1 {
			t.Fatalf("got %d after %d", m.Cursor, seen)
		}
		seen = m.Cursor
	}
	if seen == total {
		t.Error("it was sent everything and closed nevertheless")
	}
	again := quick.Stream(fmt.Sprintf("?after=%d", seen))
	again.Next()
	for ; seen < total; seen++ {
		if m := again.Next(); m.Cursor != seen+1 {
			t.Fatalf("resumed with %d after %d", m.Cursor, seen)
		}
	}
}

func TestSigningOutEndsTheStreamAtTheNextClaim(t *testing.T) {
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	ws := rep.Stream("")
	ws.Next()
	rep.Do("DELETE", "/v1/session", nil).Want(http.StatusNoContent)
	ws.Say(`{"type":"claim","lead":"x","request":"r"}`)
	if code := ws.Closed(); code != 4001 {
		t.Errorf("code %d", code)
	}
}
