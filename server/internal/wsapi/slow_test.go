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

// large makes a touch whose alert has 4 KB: fields as long as alerts show them, of
// letters of four bytes.
func large(i int) apptest.Touch {
	touch := apptest.Submit(fmt.Sprintf("t%d", i))
	profile := touch["profile"].(map[string]any)
	for _, field := range []string{"name", "company", "role", "phone", "country"} {
		profile[field] = strings.Repeat("𝔵", 200)
	}
	return touch
}

func TestAReaderWhoIsTooSlowIsClosedAndResumes(t *testing.T) {
	s := apptest.Start(t)
	rep, quick := s.SignedIn("rep@demo.test"), s.SignedIn("rep2@demo.test")
	rep.NetDial = narrow
	slow, other := rep.Stream(""), quick.Stream("")
	slow.Next()
	other.Next()
	const total = 180 // of 4 KB: more than the queue and both kernel buffers hold
	for i := range total {
		s.Client().Send(large(i))
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

// A write to a client that does not read may take longer than a shutdown.
func TestAReaderWhoStandsStillDoesNotHoldUpTheDrain(t *testing.T) {
	s := apptest.Start(t)
	rep, quick := s.SignedIn("rep@demo.test"), s.SignedIn("rep2@demo.test")
	rep.NetDial = narrow
	still, other := rep.Stream(""), quick.Stream("")
	still.Next()
	other.Next()
	for i := range 100 {
		s.Client().Send(large(i))
		other.Next()
	}
	closed := make(chan int)
	go func() { closed <- other.Closed() }()
	begun := time.Now()
	s.Stop()
	if took := time.Since(begun); took > 7*time.Second {
		t.Errorf("the drain took %v", took)
	}
	if code := <-closed; code != 4010 {
		t.Errorf("the other reader: code %d", code)
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
