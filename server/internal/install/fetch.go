package install

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// Bounds of what is fetched.
const (
	maxPage      = 1 << 20 // bytes, unpacked
	maxHeader    = 64 << 10
	maxRedirects = 5
	fetchTime    = 8 * time.Second
)

// UserAgent is what a checked page's server sees. It does not change.
const UserAgent = "Mozilla/5.0 (compatible; AssayInstallCheck/1)"

// Why something is not fetched.
var (
	errAddress  = errors.New("install: the address is not of the public internet")
	errRedirect = errors.New("install: too many redirects, or one to where no page can be")
)

// fetcher fetches what somebody else has named. It keeps no cookies and no
// connections, and knows no proxy.
type fetcher struct{ client http.Client }

// answer is what was fetched.
type answer struct {
	url    *url.URL // in the end
	status int
	header http.Header
	body   []byte
	cut    bool // the body went on
}

// newFetcher makes a fetcher for addresses that anybody may name. Every address
// is looked at when its connection is made, after its name was resolved and for
// each redirect anew, so that no name can stand for another address later.
func newFetcher(allow func(netip.AddrPort) bool) *fetcher {
	guard := func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return errAddress
		}
		to = netip.AddrPortFrom(to.Addr().Unmap().WithZone(""), to.Port())
		if allow != nil && allow(to) || public(to.Addr()) && (to.Port() == 80 || to.Port() == 443) {
			return nil
		}
		return errAddress
	}
	return &fetcher{http.Client{
		Timeout:   fetchTime,
		Transport: transport(&net.Dialer{Timeout: fetchTime, Control: guard}),
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if _, err := CheckURL(r.URL.String()); err != nil || len(via) > maxRedirects {
				return errRedirect
			}
			return nil
		},
	}}
}

// ownFetcher makes a fetcher for this server's own public address, wherever that
// is. It follows no redirect.
func ownFetcher() *fetcher {
	return &fetcher{http.Client{
		Timeout:       fetchTime,
		Transport:     transport(&net.Dialer{Timeout: fetchTime}),
		CheckRedirect: func(*http.Request, []*http.Request) error { return errRedirect },
	}}
}

func transport(d *net.Dialer) *http.Transport {
	return &http.Transport{DialContext: d.DialContext, DisableKeepAlives: true, MaxResponseHeaderBytes: maxHeader,
		TLSHandshakeTimeout: fetchTime, ResponseHeaderTimeout: fetchTime}
}

// get fetches an address, for a page of an origin where one is given.
func (f *fetcher) get(ctx context.Context, at *url.URL, origin string) (*answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("User-Agent", UserAgent)
	r.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	r.Header.Set("Accept-Language", "en;q=0.9,*;q=0.5")
	if origin != "" {
		r.Header.Set("Origin", origin)
	}
	got, err := f.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer got.Body.Close()
	body, err := io.ReadAll(io.LimitReader(got.Body, maxPage+1))
	if err != nil {
		return nil, err
	}
	a := &answer{url: got.Request.URL, status: got.StatusCode, header: got.Header, body: body}
	if len(body) > maxPage {
		a.body, a.cut = body[:maxPage], true
	}
	return a, nil
}

// isCertificate reports whether a connection failed for its certificate.
func isCertificate(err error) bool {
	var verify *tls.CertificateVerificationError
	var host x509.HostnameError
	return errors.As(err, &verify) || errors.As(err, &host)
}
