package httpapi

import (
	"net/http"
	"strconv"

	"github.com/gorilla/mux"

	"assay/server/internal/auth"
	"assay/server/internal/catalog"
	"assay/shared/evidence"
	"assay/shared/score"
)

// boot is what the page's script begins with.
type boot struct {
	Session   string            `json:"session"` // signed
	Started   int64             `json:"started"` // unix seconds on our clock
	Model     string            `json:"model"`   // version
	EngineURL string            `json:"engine_url"`
	ModelURL  string            `json:"model_url"`
	Labels    map[string]string `json:"labels"` // by rule number
	Settings  settings          `json:"settings"`
}

type settings struct {
	Consent         string               `json:"consent"`
	Forms           map[string]auth.Form `json:"forms"`
	Pages           [][2]string          `json:"pages"` // signal, part of the path; the first match wins
	Answers         []string             `json:"answers"`
	Signals         []*string            `json:"signals"` // names that pages may use, by code from 1 on
	AllowAutomation bool                 `json:"allow_automation"`
	Live            bool                 `json:"live"`            // the page may tell who is on a form now
	Leave           bool                 `json:"leave"`           // and of forms that were begun and left
	Panel           *panel               `json:"panel,omitempty"` // nil: nothing is offered
	More            bool                 `json:"more"`            // whether a page needs more than the script itself
}

// panel is what a page may offer beside its forms, as far as it is switched on.
type panel struct {
	BookingURL string   `json:"booking_url,omitempty"`
	Ask        []string `json:"ask,omitempty"`
}

// getBoot opens a session for a page.
func (a *API) getBoot(w http.ResponseWriter, r *http.Request) error {
	crossOrigin(w)
	allow(w, r)
	if err := a.limited(a.limits.boots, r); err != nil {
		return err
	}
	site, err := a.siteFor(w, r, mux.Vars(r)["key"])
	if err != nil {
		return err
	}
	visitor := r.URL.Query().Get("visitor")
	if len(visitor) > maxID || !isID(visitor) {
		return invalidQuery(Fault{"/visitor", "invalid_id", "want at most 64 of A-Z, a-z, 0-9, _ and -"})
	}
	b := boot{Model: site.Published.Version, EngineURL: a.engineURL, ModelURL: "/models/" + site.Published.Version + ".bin",
		Labels: labels(site.Published), Settings: settingsOf(site)}
	b.Session, b.Started = a.Intake.Open(site.Key, visitor)
	a.Counters.Boots.Add(1)
	a.seenPage(r, site.Key, "page_seen")
	return writeCompressed(w, r, b)
}

func labels(m *catalog.Model) map[string]string {
	out := make(map[string]string, len(m.Labels)+1)
	for rule, label := range m.Labels {
		out[strconv.Itoa(int(rule))] = label
	}
	out[strconv.Itoa(score.RuleLimit)] = m.Label(score.RuleLimit)
	return out
}

func settingsOf(site *catalog.Site) settings {
	s := settings{Consent: auth.ConsentRequired, Forms: site.Forms, Pages: make([][2]string, 0, len(site.Pages)), Signals: pageSignals,
		Answers: append([]string{}, site.Answers...), AllowAutomation: site.AllowAutomation, Live: site.Live, Leave: site.Leave}
	if site.Consent == auth.ConsentNotRequired {
		s.Consent = auth.ConsentNotRequired
	}
	if s.Forms == nil {
		s.Forms = map[string]auth.Form{}
	}
	for _, p := range site.Pages {
		s.Pages = append(s.Pages, [2]string{p.Signal, p.Path})
	}
	if offer := site.Panel; offer.On || len(offer.Ask) > 0 {
		s.Panel = &panel{Ask: offer.Ask}
		if offer.On {
			s.Panel.BookingURL = offer.BookingURL
		}
	}
	s.More = s.Live || s.Leave || s.Panel != nil
	return s
}

// pageSignals are the names that a page may give signals, each in its code's
// place; what the page's script sees for itself has none.
var pageSignals = func() []*string {
	names := make([]*string, evidence.Custom)
	for k := evidence.PageViewed; k <= evidence.Custom; k++ {
		if k <= evidence.VideoPlayed || k >= evidence.CartFilled {
			name := k.String()
			names[k-1] = &name
		}
	}
	return names
}()
