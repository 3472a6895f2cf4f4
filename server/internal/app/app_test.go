package app_test

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"assay/server/internal/app"
	"assay/server/internal/apptest"
	"assay/server/internal/config"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestATakenPortIsToldWithWhatToDo(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	a, err := app.Open(t.Context(), &config.Config{Addr: taken.Addr().String(), DataDir: t.TempDir()}, slog.New(slog.DiscardHandler))
	if a != nil || err == nil || !strings.Contains(err.Error(), taken.Addr().String()) || !strings.Contains(err.Error(), "ASSAY_ADDR=") {
		t.Errorf("got %v", err)
	}
}

// A request whose body is on its way when the signal comes is answered.
func TestADrainFinishesRequestsInHand(t *testing.T) {
	s := apptest.Start(t)
	c, err := net.Dial("tcp", s.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	body := fmt.Sprintf(`{"id":"t1","type":"submit","site":"demo","form":"book-a-demo","at":%q,"profile":{"email":"ann@northbeck.test"}}`,
		time.Now().UTC().Format(time.RFC3339))
	head := fmt.Sprintf("POST /v1/touches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", len(body))
	if _, err := io.WriteString(c, head); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(c)
	if line, err := r.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") { // the handler waits for the body
		t.Fatalf("%q, %v", line, err)
	}
	_, _ = r.ReadString('\n')
	stopped := make(chan struct{})
	go func() {
		s.Stop()
		close(stopped)
	}()
	refused := func() bool {
		other, err := net.Dial("tcp", s.Addr)
		if err == nil {
			other.Close()
		}
		return err != nil
	}
	apptest.Eventually(t, "no new connections", refused)
	if _, err := io.WriteString(c, body); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusAccepted {
		b, _ := io.ReadAll(answer.Body)
		t.Errorf("%s %s", answer.Status, b)
	}
	<-stopped
}

func TestALeadOutlivesTheServer(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("t1"))
	rep := s.SignedIn("rep@demo.test")
	before := rep.Leads("")
	s.Restart()
	rep.Base = s.URL
	after := rep.Leads("")
	if len(before) != 1 || len(after) != 1 || before[0] != after[0] {
		t.Errorf("before %+v, after %+v", before, after)
	}
	s.Client().Send(apptest.Submit("t1")) // known still
	if again := rep.Leads(""); len(again) != 1 {
		t.Errorf("the same touch made %d leads", len(again))
	}
	apptest.Eventually(t, "one alert", func() bool { items, _ := rep.Alerts(""); return len(items) == 1 })
}

func TestSessionsOfPagesOutliveTheServer(t *testing.T) {
	s := apptest.Start(t)
	var boot struct{ Session string }
	s.Client().Get("/v1/sites/demo/boot?visitor=v-t1").Want(http.StatusOK).Into(&boot)
	s.Restart()
	s.Client().Send(apptest.Submit("t1").With("visits", []any{map[string]any{"session": boot.Session, "signals": []any{[]any{"pricing_viewed", 0}, []any{"ask_submitted", 0}}}}))
	var list struct{ Items []struct{ Verdict string } }
	s.SignedIn("rep@demo.test").Get("/v1/leads").Want(http.StatusOK).Into(&list)
	if len(list.Items) != 1 || list.Items[0].Verdict != "verified" {
		t.Errorf("got %+v", list.Items)
	}
}

func TestTheDemosOwnPagesMayCallWhereverTheyAre(t *testing.T) {
	s := apptest.Start(t, func(c *config.Config) { c.PublicURL, c.DemoAnywhere = "https://demo.assay.test", true })
	c := s.Client()
	c.Base, c.Origin = "http://"+s.Addr, "https://demo.assay.test"
	c.Send(apptest.Submit("t1"))
}
