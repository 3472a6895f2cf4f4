package wsapi_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"assay/server/internal/apptest"
)

// raw makes one frame of a client, masked, with whatever header bits.
func raw(first byte, payload []byte) []byte {
	b := []byte{first}
	switch n := len(payload); {
	case n < 126:
		b = append(b, 0x80|byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 0x80|126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 0x80|127), uint64(n))
	}
	mask := [4]byte{1, 2, 3, 4}
	b = append(b, mask[:]...)
	for i, c := range payload {
		b = append(b, c^mask[i%4])
	}
	return b
}

// calm is another rep's stream, that nothing may disturb.
type calm struct {
	t  *testing.T
	s  *apptest.Server
	ws *apptest.Socket
	n  int64
}

func (c *calm) hears() {
	c.t.Helper()
	c.n++
	c.s.Client().Send(apptest.Submit(fmt.Sprintf("calm%d", c.n)))
	for {
		if m := c.ws.Next(); m.Type == "alert" {
			if m.Cursor != c.n {
				c.t.Fatalf("the other stream got %d, want %d", m.Cursor, c.n)
			}
			return
		}
	}
}

func start2(t *testing.T) (rep *apptest.Client, other *calm) {
	s := apptest.Start(t)
	rep = s.SignedIn("rep@demo.test")
	other = &calm{t: t, s: s, ws: s.SignedIn("rep2@demo.test").Stream("")}
	other.ws.Next()
	return rep, other
}

func TestBrokenFramesEndTheirConnectionWithACode(t *testing.T) {
	rep, other := start2(t)
	claim := []byte(`{"type":"claim","lead":"x","request":"r"}`)
	unmasked := append([]byte{0x81, byte(len(claim))}, claim...)
	for name, frames := range map[string][]byte{
		"not masked":                   unmasked,
		"reserved bit":                 raw(0xC1, claim),
		"unknown opcode":               raw(0x83, claim),
		"unknown control opcode":       raw(0x8B, nil),
		"fragmented ping":              raw(0x09, nil),
		"long ping":                    raw(0x89, bytes.Repeat([]byte("p"), 126)),
		"a continuation of nothing":    raw(0x80, claim),
		"a text inside of a text":      append(raw(0x01, claim[:9]), raw(0x81, claim[9:])...),
		"binary":                       raw(0x82, claim),
		"bad UTF-8":                    raw(0x81, []byte("{\"type\":\"claim\",\"lead\":\"\xff\xfe\"}")),
		"close with a forbidden code":  raw(0x88, []byte{3, 0xEE}),
		"close with bad UTF-8":         raw(0x88, []byte{3, 0xE8, 0xff}),
		"claims to be of 8 EB":         {0x81, 0xFF, 0x7f, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4},
		"negative length":              {0x81, 0xFF, 255, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4},
		"16 MB":                        raw(0x81, bytes.Repeat([]byte("x"), 16<<20)),
		"too large in small fragments": append(raw(0x01, claim[:9]), bytes.Repeat(raw(0x00, bytes.Repeat([]byte(" "), 100)), 60)...),
		"a second after another":       append(raw(0x81, []byte("x")), raw(0x81, claim)...),
	} {
		ws := rep.Stream("")
		ws.Next()
		socket := ws.NetConn()
		go func() { _, _ = socket.Write(frames) }()
		if code := ws.Closed(); code != 4400 {
			t.Errorf("%s: code %d", name, code)
		}
	}
	other.hears()
}

func TestMessagesOfTheWrongTypesEndTheirConnection(t *testing.T) {
	rep, other := start2(t)
	for _, text := range []string{`{"type":7}`, `{"type":["claim"]}`, `{"type":"claim","lead":{}}`, `{"type":"claim","lead":"x","request":1}`,
		`{"type":"filter","filter":[]}`, `{"type":"filter","filter":{"grades":"A"}}`, `{"type":"filter","filter":{"hours":9}}`,
		`{"type":"Claim\u0000","lead":"x"}`, `{"type":"ping"}`, strings.Repeat("[", 4000), `{"type":"claim","lead":"x"}{}`} {
		ws := rep.Stream("")
		ws.Next()
		ws.Say(text)
		if code := ws.Closed(); code != 4400 {
			t.Errorf("%.40s: code %d", text, code)
		}
	}
	other.hears()
}

func TestTooManyMessagesEndTheirConnection(t *testing.T) {
	rep, other := start2(t)
	for name, frame := range map[string][]byte{"pings": raw(0x89, []byte("p")), "pongs": raw(0x8A, nil),
		"claims": raw(0x81, []byte(`{"type":"claim","lead":"nobody"}`))} {
		ws := rep.Stream("")
		ws.Next()
		socket := ws.NetConn()
		go func() { _, _ = socket.Write(bytes.Repeat(frame, 300)) }()
		if code := ws.Closed(); code != 4400 {
			t.Errorf("%s: code %d", name, code)
		}
	}
	other.hears()
}

// Whatever bytes come, they are the end of their own connection at the most.
func TestRandomBytesDisturbNobody(t *testing.T) {
	rep, other := start2(t)
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 60 {
		ws := rep.Stream("")
		ws.Next()
		noise := make([]byte, 1+random.IntN(600))
		for i := range noise {
			noise[i] = byte(random.Uint32())
		}
		if round%2 == 0 { // a sound header before it
			noise = raw(0x80|byte(random.IntN(16)), noise)
		}
		_, _ = ws.NetConn().Write(noise)
		if round%3 == 0 {
			_ = ws.NetConn().Close()
		}
		if round%20 == 0 {
			other.hears()
		}
	}
	other.hears()
}

func TestAClientsPingIsAnsweredAndItsCloseToo(t *testing.T) {
	rep, _ := start2(t)
	ws := rep.Stream("")
	ws.Next()
	pong := ""
	ws.SetPongHandler(func(payload string) error { pong = payload; return nil })
	if err := ws.WriteControl(websocket.PingMessage, []byte("hello"), time.Now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	ws.Say(`{"type":"claim","lead":"nobody","request":"r"}`)
	if r := ws.Result("r"); pong != "hello" || r.Code != "unknown_lead" {
		t.Errorf("pong %q, result %+v", pong, r)
	}
	bye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	if err := ws.WriteControl(websocket.CloseMessage, bye, time.Now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	if code := ws.Closed(); code != websocket.CloseNormalClosure {
		t.Errorf("code %d", code)
	}
}
