package main

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"assay/server/internal/config"
	"assay/server/internal/demo"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/server/internal/modeling"
	"assay/shared/evidence"
	"assay/shared/score"
)

// touch is a touch as it goes over the wire. The yardstick decodes it into the
// same struct.
type touch struct {
	ID       string            `json:"id"`
	Type     string            `json:"type"`
	Site     string            `json:"site"`
	Visitor  string            `json:"visitor"`
	At       time.Time         `json:"at"`
	Form     string            `json:"form"`
	FormKind string            `json:"form_kind"`
	Page     string            `json:"page"`
	Referrer string            `json:"referrer"`
	UTM      utm               `json:"utm"`
	Profile  person            `json:"profile"`
	Answers  map[string]string `json:"answers"`
	Visits   []visit           `json:"visits"`
	Model    string            `json:"model"`
	Claim    *lead.Claim       `json:"claim"`
	Consent  bool              `json:"consent"`
}

type utm struct {
	Source   string `json:"source"`
	Medium   string `json:"medium"`
	Campaign string `json:"campaign"`
}

// person is what somebody says in the form.
type person struct {
	Email       string `json:"email"`
	Name        string `json:"name"`
	Phone       string `json:"phone"`
	Company     string `json:"company"`
	Role        string `json:"role"`
	CompanySize string `json:"company_size"`
	Industry    string `json:"industry"`
	Country     string `json:"country"`
	Timing      string `json:"timing"`
	Need        string `json:"need"`
}

// fields gives what was said by the names of fields.
func (p *person) fields() map[string]string {
	return map[string]string{"email": p.Email, "name": p.Name, "phone": p.Phone, "company": p.Company, "role": p.Role,
		"company_size": p.CompanySize, "industry": p.Industry, "country": p.Country, "timing": p.Timing, "need": p.Need}
}

type visit struct {
	Session  string `json:"session"`
	Evidence string `json:"evidence"` // base64url
}

// since is how long ago the visitors' sessions began: longer than their logs.
const since = 10 * time.Minute

// maker makes touches of buyers who fit and ask for a demo: each is a new
// person in a new browser, whose claim is what the server will compute, so that
// each makes a prospect, an alert, and is verified.
type maker struct {
	sessions *intake.Service
	model    *modeling.Compiled
	log      []byte
}

// newMaker makes a maker for servers with the keys in a file, which is made if
// it is not there. Sessions are signed as a boot answer would have been some
// minutes ago: nobody needs to wait for evidence to be old enough.
func newMaker(keyFile string) (*maker, error) {
	keys, err := config.LoadKeys(keyFile)
	if err != nil {
		return nil, err
	}
	model, err := modeling.Compile(modeling.StarterSource)
	if err != nil {
		return nil, err
	}
	then := func() time.Time { return time.Now().Add(-since) }
	return &maker{model: model, log: readingBuyer(),
		sessions: intake.New(nil, intake.Keys{Session: keys.Session, Identity: keys.Identity}, then, nil)}, nil
}

// load makes the requests of a round, of n new people.
func (m *maker) load(host string, n int) (*load, error) {
	l := &load{}
	for range n {
		body, err := m.next()
		if err != nil {
			return nil, err
		}
		l.add(host, body)
	}
	return l, nil
}

// next makes the body of one more person's touch. Ids are as random as browsers
// make them, and names as people's are: what comes together stands far apart in
// a store's indexes.
func (m *maker) next() ([]byte, error) {
	for {
		visitor, tag := browserID(), strings.ToLower(rand.Text()[:10])
		session, started := m.sessions.Open(demo.Key, visitor)
		t := &touch{
			ID: browserID(), Type: "submit", Site: demo.Key, Visitor: visitor, At: time.Now().UTC().Truncate(time.Millisecond),
			Form: "book-a-demo", FormKind: "demo", Page: "http://localhost:3000/demo/book-a-demo/", Referrer: "http://localhost:3000/demo/pricing/",
			UTM: utm{Source: "newsletter", Medium: "email", Campaign: "autumn"},
			Profile: person{Email: tag + "@" + tag + "-works.test", Name: tag + " Buyer", Phone: "+49 30 1234567",
				Company: tag + " Works", Role: "Head of Operations", CompanySize: "201-500", Industry: "manufacturing",
				Country: "DE", Timing: "under_3_months", Need: "Stock that the system says is there is not"},
			Answers: map[string]string{"how_heard": "A colleague told me", "plan": "team"},
			Visits:  []visit{{session, base64.RawURLEncoding.EncodeToString(m.log)}}, Model: m.model.Version, Consent: true,
		}
		s, err := m.score(t, started)
		if err != nil {
			return nil, err
		}
		if s.Gates != 0 { // one made-up domain in 80,000 is taken for one that a gate knows
			continue
		}
		t.Claim = lead.ClaimOf(s)
		return json.Marshal(t)
	}
}

// browserID is an id as the page's script makes it.
func browserID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return fmt.Sprintf("%d-%d-%d-%d", binary.LittleEndian.Uint32(b[:]), binary.LittleEndian.Uint32(b[4:]),
		binary.LittleEndian.Uint32(b[8:]), binary.LittleEndian.Uint32(b[12:]))
}

// score is what the engine in this visitor's browser would show.
func (m *maker) score(t *touch, started int64) (*score.Result, error) {
	return m.model.Rater.Alone(&lead.Touch{FormKind: t.FormKind, Profile: t.Profile.fields(), Received: t.At,
		Visits: []lead.Visit{{Start: started, Log: m.log}}})
}

// readingBuyer is the log of somebody who reads for four minutes and then asks
// for a demo, at a person's pace: sixty signals.
func readingBuyer() []byte {
	var l evidence.Log
	at := uint32(0)
	see := func(after uint32, kinds ...evidence.Kind) {
		for _, k := range kinds {
			_ = l.Append(k, at) // within every bound
			at += after
		}
	}
	for range 8 {
		see(2900, evidence.PageViewed, evidence.ScrolledHalf, evidence.ScrolledEnd)
	}
	see(2100, evidence.PricingViewed, evidence.ScrolledHalf, evidence.PlanViewed, evidence.Active60s)
	for range 4 {
		see(7300, evidence.ComparisonViewed, evidence.StoryViewed, evidence.DocsViewed)
	}
	see(5300, evidence.FormViewed, evidence.AskStarted, evidence.FieldAnswered, evidence.FieldAnswered)
	for range 6 {
		see(4700, evidence.OptionalAnswered, evidence.FieldCorrected)
	}
	see(1900, evidence.Active180s, evidence.FieldPasted, evidence.OptionalAnswered, evidence.AskSubmitted)
	return bytes.Clone(l.Bytes())
}
