package auth

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Panel is what a site's pages may offer beside a form. The zero value offers
// nothing.
type Panel struct {
	On         bool     `json:"on"`                    // "talk to us now", once a form is hot
	BookingURL string   `json:"booking_url,omitempty"` // where that leads: https, or http on this machine
	Ask        []string `json:"ask,omitempty"`         // profile fields of which one may be asked that the form does not ask
}

// Askable gives the profile fields with answers to choose from, in four
// languages (web/widget/presets.ts): those that Panel.Ask may name.
func Askable() []string { return slices.Clone(askable) }

var askable = []string{"company_size", "role", "industry", "need", "timing", "budget", "authority"}

// maxURL is the longest booking address in bytes.
const maxURL = 2000

var (
	errBooking = errors.New("want an address such as https://www.example.com/call, of at most 2000 bytes")
	errAsk     = errors.New("want " + strings.Join(askable[:len(askable)-1], ", ") + " or " + askable[len(askable)-1] + ", each once")
)

// check tells of what is wrong with an offer. One that is off may lack the
// address that it will need.
func (p *Panel) check(wrong func(is bool, pointer string, want error)) {
	wrong((p.On || p.BookingURL != "") && !isBooking(p.BookingURL), "/panel/booking_url", errBooking)
	for i, field := range p.Ask {
		wrong(!slices.Contains(askable, field) || slices.Contains(p.Ask[:i], field), "/panel/ask/"+strconv.Itoa(i), errAsk)
	}
}

// isBooking reports whether visitors can be led to an address: only over TLS, but
// for pages that are tried out on this machine, and never with somebody's name
// and password in it.
func isBooking(address string) bool {
	u, err := url.Parse(address)
	if err != nil || len(address) > maxURL || u.Hostname() == "" || u.User != nil {
		return false
	}
	_, _, local := localOrigin(u.Scheme + "://" + u.Host)
	return u.Scheme == "https" || local
}
