package install

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

// secret is a server of this machine's own network, which tells when it is
// reached.
func secret(t *testing.T) (url string, reached *bool) {
	reached = new(bool)
	return serve(t, func(w http.ResponseWriter, _ *http.Request) {
		*reached = true
		w.Header().Set("Content-Type", "text/html")
	}), reached
}

func TestNothingInOurOwnNetworkIsReached(t *testing.T) {
	inside, reached := secret(t)
	port := inside[strings.LastIndexByte(inside, ':'):]
	c := checker(t, "https://assay.test")
	for _, address := range []string{inside, "http://localhost" + port, "http://[::1]" + port, "http://[::ffff:127.0.0.1]" + port, "http://0.0.0.0" + port,
		"http://127.0.0.1/", "http://127.1" + port, "http://2130706433" + port, "http://10.0.0.1/", "http://192.168.0.1/", "http://172.16.0.1/",
		"http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://[fd00::1]/", "http://224.0.0.1/", "http://[ff02::1]/", "http://100.64.0.1/",
		"http://255.255.255.255/", "http://[64:ff9b::7f00:1]/"} {
		r := checked(t, c, address)
		if r.Works || r.Status != 0 || len(r.Findings) != 1 {
			t.Errorf("%s: %+v", address, r)
		}
		// A spelling that the resolver does not take leads nowhere at all.
		if code := r.Findings[0].Code; code != "page_not_public" && (code != "page_unreachable" || strings.Contains(address, "0.0.1")) {
			t.Errorf("%s: %s", address, code)
		}
	}
	if *reached {
		t.Error("the server in our own network was reached")
	}
}

func TestARedirectIsLookedAtLikeTheFirstAddress(t *testing.T) {
	inside, reached := secret(t)
	for to, wanted := range map[string]string{inside: "page_not_public", "file:///etc/passwd": "page_redirects_badly",
		"http://name:word@x.test/": "page_redirects_badly", "http://169.254.169.254/": "page_not_public"} {
		outside := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) })
		wants(t, to, checked(t, checker(t, "https://assay.test", outside), outside), wanted)
	}
	if *reached {
		t.Error("the server in our own network was reached")
	}
}

func TestRedirectsEnd(t *testing.T) {
	asked := 0
	var round string
	round = serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		http.Redirect(w, r, round, http.StatusFound)
	})
	wants(t, "round", checked(t, checker(t, "https://assay.test", round), round), "page_redirects_badly")
	if asked != maxRedirects+1 {
		t.Errorf("asked %d times", asked)
	}
	once := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/there", http.StatusFound)
			return
		}
		htmlOf("there")(w, r)
	})
	r := checked(t, checker(t, "https://assay.test", once), once+"/")
	wants(t, "once", r, "page_redirected")
	if r.URL != once+"/there" {
		t.Errorf("the page is at %s", r.URL)
	}
}

// The tag's own address is one that anybody may write into a page.
func TestATagLeadsNowhereInOurOwnNetworkEither(t *testing.T) {
	inside, reached := secret(t)
	page := serve(t, htmlOf(`<script src="`+inside+`/assay.js" data-site="demo" async></script>`))
	wants(t, "tag", checked(t, checker(t, "https://assay.test", page), page), "endpoint_unreachable")
	if *reached {
		t.Error("the server in our own network was reached")
	}
}

func TestAPageIsReadUpToItsBound(t *testing.T) {
	tag := `<script src="https://assay.test/assay.js" data-site="demo" async></script>`
	long := serve(t, htmlOf(tag+strings.Repeat(" ", maxPage)))
	c := checker(t, "https://assay.test", long)
	a, err := c.pages.get(context.Background(), parsed(t, long), "")
	if err != nil || len(a.body) != maxPage || !a.cut {
		t.Errorf("read %d bytes, %v", len(a.body), err)
	}
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, _ = zip.Write(bytes.Repeat([]byte{' '}, 50*maxPage))
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	bomb := serve(t, htmlOf(packed.String(), "Content-Encoding", "gzip"))
	if a, err = checker(t, "https://assay.test", bomb).pages.get(context.Background(), parsed(t, bomb), ""); err != nil || len(a.body) != maxPage || !a.cut {
		t.Errorf("unpacked %d bytes, %v", len(a.body), err)
	}
}

func TestAPageThatNeverEndsIsGivenUp(t *testing.T) {
	left := make(chan struct{})
	slow := serve(t, func(w http.ResponseWriter, r *http.Request) {
		htmlOf("begin")(w, r)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		close(left)
	})
	ctx, cancel := context.WithCancel(context.Background())
	c := checker(t, "https://assay.test", slow)
	c.pages.client.Transport = cancelOnceRead{c.pages.client.Transport, cancel}
	r, err := c.Check(ctx, site(), slow)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, "slow", r, "page_unreachable")
	<-left
}

// cancelOnceRead ends the time for a check when the answer has begun.
type cancelOnceRead struct {
	http.RoundTripper
	cancel func()
}

// RoundTrip implements http.RoundTripper.
func (c cancelOnceRead) RoundTrip(r *http.Request) (*http.Response, error) {
	defer c.cancel()
	return c.RoundTripper.RoundTrip(r)
}

func TestServersSeeAStableNameAndNoCookies(t *testing.T) {
	var cookies, agents []string
	page := serve(t, func(w http.ResponseWriter, r *http.Request) {
		cookies, agents = append(cookies, r.Header.Get("Cookie")), append(agents, r.Header.Get("User-Agent"))
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/again", http.StatusFound)
		}
	})
	checked(t, checker(t, "https://assay.test", page), page+"/")
	if len(agents) != 2 || agents[0] != UserAgent || agents[1] != UserAgent || cookies[0]+cookies[1] != "" {
		t.Errorf("cookies %q, agents %q", cookies, agents)
	}
}

func TestWhatIsNoPageIsSaid(t *testing.T) {
	for wanted, h := range map[string]http.HandlerFunc{
		"page_status":     func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) },
		"page_unreadable": htmlOf(strings.Repeat("<b><form>", 2000)),
		"page_not_html":   func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "application/json") },
	} {
		page := serve(t, h)
		if r := checked(t, checker(t, "https://assay.test", page), page); r.Works || len(r.Findings) != 1 || r.Findings[0].Code != wanted {
			t.Errorf("%s: %+v", wanted, r)
		}
	}
	tls := httptest.NewUnstartedServer(htmlOf("x"))
	tls.Config.ErrorLog = log.New(io.Discard, "", 0)
	tls.StartTLS()
	defer tls.Close()
	wants(t, "certificate", checked(t, checker(t, "https://assay.test", tls.URL), tls.URL), "page_certificate")
}

func TestOnlyAddressesOfThePublicInternetArePublic(t *testing.T) {
	for text, want := range map[string]bool{
		"1.1.1.1": true, "93.184.216.34": true, "2606:4700::1111": true, "::ffff:1.1.1.1": true, "172.32.0.1": true, "100.128.0.1": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.31.0.1": false, "192.168.1.1": false, "169.254.1.1": false, "0.0.0.0": false, "0.1.2.3": false,
		"100.64.0.1": false, "198.18.0.1": false, "192.0.2.1": false, "224.0.0.1": false, "240.0.0.1": false, "255.255.255.255": false, "168.63.129.16": false,
		"::1": false, "::": false, "fe80::1": false, "fc00::1": false, "fec0::1": false, "ff02::1": false, "2001:db8::1": false, "2002:7f00:1::": false,
		"64:ff9b::1.1.1.1": false, "::ffff:127.0.0.1": false, "::127.0.0.1": false, "2001::1": false,
	} {
		if got := public(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
