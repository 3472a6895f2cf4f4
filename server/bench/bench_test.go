package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"assay/server/internal/lead"
	"assay/shared/evidence"
)

func TestPercentilesAreTheNearestRank(t *testing.T) {
	values := make([]int, 200)
	for i := range values {
		values[i] = i + 1
	}
	for p, want := range map[float64]int{0: 1, .001: 1, .5: 100, .99: 198, .995: 199, 1: 200} {
		if got := percentile(values, p); got != want {
			t.Errorf("%g of 1 to 200 is %d, want %d", p, got, want)
		}
	}
	if got := percentile([]int{7}, .99); got != 7 {
		t.Errorf("of one value: %d", got)
	}
}

func TestTheMedianDoesNotDependOnOrder(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   float64
	}{{nil, 0}, {[]float64{5}, 5}, {[]float64{9, 1, 5}, 5}, {[]float64{9, 1, 5, 6}, 5.5}} {
		if got := median(c.values); got != c.want {
			t.Errorf("of %v: %g, want %g", c.values, got, c.want)
		}
	}
}

func TestGrowthComparesTheLastThirdWithTheOneBefore(t *testing.T) {
	var looks []look
	for _, n := range []int{1, 1, 1, 10, 10, 12, 15, 30, 15} {
		looks = append(looks, look{state: state{Goroutines: n}})
	}
	if got := growth(looks, func(l look) float64 { return float64(l.Goroutines) }); got != 1.5 {
		t.Errorf("got %g", got)
	}
}

func TestAnAnswerIsReadOnceItsHeadIsComplete(t *testing.T) {
	const answer = "HTTP/1.1 202 Accepted\r\nContent-Type: a\r\nContent-Length: 5\r\n\r\nhello"
	head := strings.Index(answer, "hello")
	for n := range len(answer) + 1 {
		status, length, err := parseAnswer([]byte(answer[:n]))
		switch {
		case err != nil:
			t.Fatalf("after %d bytes: %v", n, err)
		case n < head && length != 0:
			t.Errorf("after %d bytes: %d long already", n, length)
		case n >= head && (status != 202 || length != len(answer)):
			t.Errorf("after %d bytes: status %d, %d long", n, status, length)
		}
	}
}

func TestAnAnswerWithoutALengthIsRefused(t *testing.T) {
	for _, answer := range []string{
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n", "\r\n\r\n",
		"HTTP/1.1 abc\r\nContent-Length: 1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n",
	} {
		if status, length, err := parseAnswer([]byte(answer)); err == nil {
			t.Errorf("%q: status %d, %d long", answer, status, length)
		}
	}
}

func TestFramesAreReadWhereverTheyAreCut(t *testing.T) {
	long := alertPrefix + strings.Repeat("x", 70000)
	stream := append([]byte{0x81, 2, 'h', 'i', 0x89, 0, 0x81, 126, 1, 0}, bytes.Repeat([]byte{'m'}, 256)...)
	stream = append(append(stream, 0x81, 127, 0, 0, 0, 0, 0, 1, byte(len(long)>>8), byte(len(long))), long...)
	for cut := 0; cut < len(stream); cut += 1 + cut/50 {
		var got []string
		rest := stream[:cut]
		for _, more := range [][]byte{nil, stream[cut:]} {
			rest = append(bytes.Clone(rest), more...)
			for {
				f, after, whole, err := nextFrame(rest)
				if err != nil {
					t.Fatal(err)
				}
				if !whole {
					break
				}
				rest = after
				if f.isAlert() {
					got = append(got, "alert")
				} else {
					got = append(got, map[byte]string{opText: "text", opPing: "ping"}[f.opcode])
				}
			}
		}
		if all := strings.Join(got, " "); all != "text ping text alert" || len(rest) > 0 {
			t.Fatalf("cut at %d: %s, %d bytes left", cut, all, len(rest))
		}
	}
}

func TestCPUTimeIsReadPastAnyName(t *testing.T) {
	got, err := cpuTime("42 (a) b (c) S 1 42 42 0 -1 4194560 900 0 0 0 150 25 0 0 20 0 8 0 100 1 1")
	if err != nil || got != 1750*time.Millisecond {
		t.Errorf("%s, %v", got, err)
	}
	if _, err := cpuTime("42 (a"); err == nil {
		t.Error("half a line was read")
	}
}

func TestTheMachineIsBusyWhenItNeitherRestsNorWaits(t *testing.T) {
	busy, total, err := machineTime("cpu  10 20 30 400 50 6 7 8 99 99\ncpu0 1")
	if err != nil || busy != 81*tick || total != 531*tick {
		t.Errorf("%s of %s, %v", busy, total, err)
	}
	if _, _, err := machineTime("cpu0 1 2 3 4 5 6 7 8"); err == nil {
		t.Error("one processor's line was taken for all")
	}
}

func TestACursorIsReadFromAMessage(t *testing.T) {
	for message, want := range map[string]int64{`{"type":"alert","id":"x","cursor":1207,"at":""}`: 1207, `{"cursor":1}`: 1, `{"cursor":}`: 0, `{}`: 0, `{"cursor":12`: 0} {
		if got, ok := cursorOf([]byte(message)); ok != (want > 0) || ok && got != want {
			t.Errorf("%s: %d, %v", message, got, ok)
		}
	}
}

// The claim must be what the server computes, and the log a person's: else
// every touch would be corrected or held, which is other work than promised.
func TestTouchesAreThoseOfAPersonWhoFits(t *testing.T) {
	m, err := newMaker(filepath.Join(t.TempDir(), "keys.json"))
	if err != nil {
		t.Fatal(err)
	}
	body, err := m.next()
	if err != nil {
		t.Fatal(err)
	}
	var sent touch
	if err := json.Unmarshal(body, &sent); err != nil {
		t.Fatal(err)
	}
	signals, last, err := evidence.Check(m.log)
	if err != nil || signals != 60 || time.Duration(last)*time.Millisecond > since {
		t.Errorf("%d signals until %d ms, %v", signals, last, err)
	}
	if sent.Claim.Fit < 60 || sent.Claim.Engagement < 50 || sent.Claim.Band != "hot" || *sent.Claim == (lead.Claim{}) {
		t.Errorf("claims %+v", *sent.Claim)
	}
}

func TestAPageBelongsToTheGroupOfItsFilters(t *testing.T) {
	for name, want := range map[string]string{"feed: newest": "feed", "leads: limit=50&sort=priority": "no filter",
		"leads: limit=50&q=a b&sort=priority": "q", "leads: band=hot&limit=50&q=a&sort=last_seen": "two filters"} {
		if got := groupOf(name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
